"""Names of people."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    """The names in a text; those of two words are joined by an underscore there."""
    return tuple(word.replace("_", " ") for word in text.split())


MEN = _words("""
    Alberto Alessandro Alessio Andrea Angelo Antonio Bruno Carlo Christian Claudio Cristian Daniele Davide Diego
    Domenico Edoardo Emanuele Enrico Ermanno Fabio Fabrizio Federico Filippo Flavio Francesco Franco Gabriele
    Giacomo Gianluca Gianni Giorgio Giovanni Giulio Giuseppe Ivan Lorenzo Luca Luigi Marco Mario Massimo Matteo
    Maurizio Mauro Michele Nicola Nicolò Omar Paolo Pietro Riccardo Roberto Rocco Salvatore Sandro Sergio Silvio
    Simone Stefano Tommaso Umberto Valerio Vincenzo Vittorio Walter
""")
WOMEN = _words("""
    Alessandra Alessia Alice Anna Arianna Barbara Beatrice Camilla Carla Caterina Chiara Cinzia Claudia Cristina
    Daniela Debora Elena Eleonora Elisa Elisabetta Emanuela Erica Federica Francesca Gaia Giada Giorgia Giovanna
    Ilaria Irene Laura Lucia Luisa Maddalena Manuela Mara Margherita Maria Marta Martina Michela Monica Nadia
    Nicoletta Noemi Paola Patrizia Raffaella Roberta Rosa Sabrina Sara Serena Silvia Simona Sofia Sonia Stefania
    Susanna Valentina Valeria Vanessa Veronica Viola
""")
_NORTH = _words("""
    Archetti Arrigoni Barbieri Baronio Bartolini Bassetti Bellini Belotti Beretta Bernardi Berti Bertoli Bertoncello
    Bettoni Bianchi Bonacina Bonetti Bonini Bortolotti Boscolo Bosio Brambilla Bresciani Camozzi Carminati Casadei
    Castelli Cattaneo Cavazzuti Colombo Cominelli Conti Corti Cortesi Cossutta Costantini Crippa Cunico Dalpiaz
    Davoli Degasperi Fabbri Facchetti Faustini Favaro Ferrari Ferrarini Ferretti Foresti Franzoni Frassi Fumagalli
    Furlan Galli Gallo Gasperini Ghidini Giovannini Gnutti Goffi Gritti Gualtieri Guerini Guidetti Invernizzi Iori
    Lancini Lanzi Leonardi Locatelli Lodi Lonati Longoni Lorenzon Malagoli Manfredini Mangili Marangoni Marini
    Martinelli Mauri Mazzoleni Meroni Montanari Monti Mora Moro Negri Pasini Pasotti Pavan Pedersoli Pedretti
    Pelizzari Pellizzari Pezzotta Piva Plebani Pozzi Prandi Ragazzoli Redaelli Reggiani Rinaldi Riva Rizzi Ropele
    Rossi Rota Sala Saleri Salvarani Sartori Savoldi Scalvini Scarpa Serra Tessari Tomasi Tomasoni Tonoli Tosi
    Trevisan Turelli Vaccari Valentini Valsecchi Vezzoli Vianello Villa Zambelli Zanella Zanetti Zani Zanon Zanoni
    Zeni Ziliani Zini Zonta
""")
_SOUTH = _words("""
    Amato Basile Bruno Caputo Carta Coppola Esposito Ferrara Fiore Gentile Grassi Greco Leone Longo Mancini Marino
    Melis Neri Orlando Pace Palumbo Parisi Piras Ricci Romano Ruggiero Russo Sanna Santoro Silvestri Testa Vitale
    Dall'Acqua Dal_Lago Dalla_Valle De_Luca De_Santis Della_Torre D'Angelo Lo_Presti
""")
#: Those of the north, where the customers are, come up twice as often.
SURNAMES = _NORTH * 2 + _SOUTH

#: First names of men and of women, and surnames.
GERMAN = (
    _words("""
    Andreas Bernd Christian Florian Georg Hannes Johann Klaus Markus Martin Michael Peter Stefan Thomas Wolfgang
    """),
    _words("""
    Andrea Anja Birgit Claudia Eva Heike Katharina Lisa Maria Monika Petra Sabine Silke Stefanie Ursula
    """),
    _words("""
    Bauer Berger Eder Fischer Fuchs Gruber Hofer Huber Keller Koch Maier Moser Müller Pichler Schmid Steiner Wagner
    Weber
    """),
)
FRENCH = (
    _words("""
    Alain Bruno Christophe David Éric François Jean Laurent Marc Michel Nicolas Olivier Philippe Thierry Vincent
    """),
    _words("""
    Anne Catherine Céline Claire Isabelle Julie Laurence Marie Nathalie Sandrine Sophie Stéphanie Sylvie Valérie
    """),
    _words("""
    Bernard Blanc Bonnet Chevalier Dubois Durand Fontaine Garnier Girard Laurent Lefèvre Martin Mercier Moreau
    Perrin
    """),
)
