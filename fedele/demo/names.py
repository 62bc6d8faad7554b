"""Names of people."""

from __future__ import annotations

MEN = tuple(
    """Alberto Alessandro Alessio Andrea Angelo Antonio Bruno Carlo Christian Claudio Cristian Daniele Davide Diego Domenico Edoardo
    Emanuele Enrico Ermanno Fabio Fabrizio Federico Filippo Flavio Francesco Franco Gabriele Giacomo Gianluca Gianni Giorgio Giovanni
    Giulio Giuseppe Ivan Lorenzo Luca Luigi Marco Mario Massimo Matteo Maurizio Mauro Michele Nicola Nicolò Omar Paolo Pietro Riccardo
    Roberto Rocco Salvatore Sandro Sergio Silvio Simone Stefano Tommaso Umberto Valerio Vincenzo Vittorio Walter""".split()
)
WOMEN = tuple(
    """Alessandra Alessia Alice Anna Arianna Barbara Beatrice Camilla Carla Caterina Chiara Cinzia Claudia Cristina Daniela Debora Elena
    Eleonora Elisa Elisabetta Emanuela Erica Federica Francesca Gaia Giada Giorgia Giovanna Ilaria Irene Laura Lucia Luisa Maddalena
    Manuela Mara Margherita Maria Marta Martina Michela Monica Nadia Nicoletta Noemi Paola Patrizia Raffaella Roberta Rosa Sabrina
    Sara Serena Silvia Simona Sofia Sonia Stefania Susanna Valentina Valeria Vanessa Veronica Viola""".split()
)
_NORTH = """Archetti Arrigoni Barbieri Baronio Bartolini Bassetti Bellini Belotti Beretta Bernardi Berti Bertoli Bertoncello Bettoni
    Bianchi Bonacina Bonetti Bonini Bortolotti Boscolo Bosio Brambilla Bresciani Camozzi Carminati Casadei Castelli Cattaneo Cavazzuti
    Colombo Cominelli Conti Corti Cortesi Cossutta Costantini Crippa Cunico Dalpiaz Davoli Degasperi Fabbri Facchetti Faustini Favaro
    Ferrari Ferrarini Ferretti Foresti Franzoni Frassi Fumagalli Furlan Galli Gallo Gasperini Ghidini Giovannini Gnutti Goffi Gritti
    Gualtieri Guerini Guidetti Invernizzi Iori Lancini Lanzi Leonardi Locatelli Lodi Lonati Longoni Lorenzon Malagoli Manfredini Mangili
    Marangoni Marini Martinelli Mauri Mazzoleni Meroni Montanari Monti Mora Moro Negri Pasini Pasotti Pavan Pedersoli Pedretti Pelizzari
    Pellizzari Pezzotta Piva Plebani Pozzi Prandi Ragazzoli Redaelli Reggiani Rinaldi Riva Rizzi Ropele Rossi Rota Sala Saleri Salvarani
    Sartori Savoldi Scalvini Scarpa Serra Tessari Tomasi Tomasoni Tonoli Tosi Trevisan Turelli Vaccari Valentini Valsecchi Vezzoli
    Vianello Villa Zambelli Zanella Zanetti Zani Zanon Zanoni Zeni Ziliani Zini Zonta""".split()
_SOUTH = """Amato Basile Bruno Caputo Carta Coppola Esposito Ferrara Fiore Gentile Grassi Greco Leone Longo Mancini Marino Melis Neri
    Orlando Pace Palumbo Parisi Piras Ricci Romano Ruggiero Russo Sanna Santoro Silvestri Testa Vitale""".split()
_TWO_WORDS = ["Dall'Acqua", "Dal Lago", "Dalla Valle", "De Luca", "De Santis", "Della Torre", "D'Angelo", "Lo Presti"]
#: Those of the north, where the customers are, come up twice as often.
SURNAMES = tuple(_NORTH * 2 + _SOUTH + _TWO_WORDS)

GERMAN = (
    tuple("Andreas Bernd Christian Florian Georg Hannes Johann Klaus Markus Martin Michael Peter Stefan Thomas Wolfgang".split()),
    tuple("Andrea Anja Birgit Claudia Eva Heike Katharina Lisa Maria Monika Petra Sabine Silke Stefanie Ursula".split()),
    tuple("Bauer Berger Eder Fischer Fuchs Gruber Hofer Huber Keller Koch Maier Moser Müller Pichler Schmid Steiner Wagner Weber".split()),
)
FRENCH = (
    tuple("Alain Bruno Christophe David Éric François Jean Laurent Marc Michel Nicolas Olivier Philippe Thierry Vincent".split()),
    tuple("Anne Catherine Céline Claire Isabelle Julie Laurence Marie Nathalie Sandrine Sophie Stéphanie Sylvie Valérie".split()),
    tuple("Bernard Blanc Bonnet Chevalier Dubois Durand Fontaine Garnier Girard Laurent Lefèvre Martin Mercier Moreau Perrin".split()),
)
