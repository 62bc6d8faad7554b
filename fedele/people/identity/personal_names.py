"""First name and surname out of one text, in whichever of the two orders they stand in it."""

from __future__ import annotations

import re
from functools import lru_cache

from fedele.people.identity.characters import fold

#: First names in use in Italy, of natives and of those who came; folded. Surnames that are first names too are few among them.
GIVEN = frozenset(
    """
    abdul achille ada adele adelaide adolfo adrian adriana adriano agata agnese agostino ahmed aida alan alba albert alberta
    alberto alda aldo alessandra alessandro alessia alessio alex alexander alexandra alexandru alfio alfonso alfred alfredo ali
    alice alina alison amalia ambra ambrogio amedeo amelia amina ana anastasia andrea andreas andrei andreea angela angelica
    angelina angelo anita anja ann anna annabella annalisa annamaria annarita anne annibale annunziata anselmo antonella
    antonello antonia antonietta antonino antonio arianna armando arnaldo aroldo arturo assunta asia attilio augusto aurelia
    aurelio aurora azzurra barbara bartolomeo beatrice benedetta benedetto beniamino benito bernardo betty bianca biagio bianca
    brigida bruna brunella calogero camilla candida carla carlo carlotta carmela carmelo carmen carmine carol carolina
    caroline caterina catia cecilia celeste celestino cesare charles chiara chris christian christina christine ciro claire
    clara clarissa claudia claudio clelia clemente clementina concetta constantin corrado cosimo costantino costanza cristian
    cristiana cristiano cristina damiano daniel daniela daniele danilo dante daria dario david davide debora deborah delia
    denis denise desideria diana diego dina dino domenica domenico donatella donato dora doriana dorotea duccio edda edgardo
    edith edmondo edoardo egidio elena eleonora elia eliana elisa elisabetta elise elizabeth ella ellen elvira emanuela
    emanuele emiliano emilia emilio emma enea enrica enrico enza enzo ercole erica erika ermanno ermes erminia ernesto ester
    ettore eugenia eugenio eva evelina ezio fabia fabiana fabio fabiola fabrizia fabrizio fatima fausta fausto federica
    federico felice felicia ferdinando fernanda fernando ferruccio filiberto filippa filippo filomena fiorella fiorenza flavia
    flavio florian florin francesca francesco franca francois frank fred fulvia fulvio gabriel gabriela gabriele gabriella
    gaetana gaetano gaia gaspare gemma gennaro georg george geremia gerardo gherardo giacinta giacinto giacomina giacomo giada
    giampaolo giampiero gian giancarlo gianfranco gianluca gianluigi gianmarco gianna gianni gianpaolo gianpiero gigliola
    gilberto gina ginevra gino gioacchino gioele gioia giordana giorgia giorgio giovanna giovanni girolamo giuditta giulia
    giuliana giuliano giulietta giulio giuseppa giuseppe giuseppina giusy goffredo grace grazia graziana graziano graziella
    greta gualtiero guglielmo guido hans hannah hassan helen helga henry ian ida igino ignazio igor ilaria ilario ilenia
    imma immacolata ines innocenzo ioan ion irene iris irma isa isabel isabella isidoro italo ivan ivana ivano ivo ivonne
    jacopo james jan jane jean jennifer jessica joan johann john jonathan jose joseph josef juan julia karen karin karl
    kate katia kevin klaus lara laura lavinia lea leandro leda lelio leo leonardo leone leonora letizia lia liana libero
    licia lidia liliana lina linda lisa livia livio lodovico lorella lorena lorenza lorenzo loreta loretta loris luca
    lucia luciana luciano lucio lucrezia ludovica ludovico luigi luigia luigina luisa luiz maddalena mafalda mara marc
    marcella marcello marco margaret margherita maria mariagrazia marian mariana mariangela marianna maricica marie mariella
    marika marilena marina mario marisa marius mark markus marlene marta martha martin martina martino mary marzia massimiliano
    massimo matilde mattea matteo matthew mattia maura maurizia maurizio mauro melania melissa mercedes micaela michael michel
    michela michele michelle mihai mihaela milena miranda mirco mirella miriam mirko modesto mohamed mohammed monia monica
    morena moreno morgana mustafa nadia natale natalia natalina natascia nazzareno nello nerina nicola nicole nicoletta
    nicolas nicolo nino noemi norma nunzia nunzio odetta ofelia olga oliviero olivia omar orazio oreste orietta ornella oscar
    osvaldo ottavia ottavio paola paolina paolo pamela pascal pasquale pasqualina patrizia patrizio patrick paul paula
    peter petra piera pierangelo piergiorgio pierino pierluigi piero pierpaolo pierre pietro pina pino pio primo priscilla
    quinto quirino rachele raffaela raffaele raffaella raimondo ramona raul rebecca regina remo renata renato renzo
    riccardo richard rinaldo rita roberta robert roberto rocco rodolfo romana romano romeo romina romolo rosa rosalba
    rosalia rosanna rosaria rosario rosella rosina rossana rossella ruggero sabina sabrina salvatora salvatore samanta
    samuel samuela samuele sandra sandro santa sante santina santo santino sara sarah saverio savina sebastian sebastiana
    sebastiano serafina serafino serena sergio severino sharon silvana silvano silvia silvio simon simona simone simonetta
    sofia sonia stefan stefania stefano stella steven susan susanna sveva svetlana tania tatiana teodoro teresa teresina
    thomas tiberio tina tito tiziana tiziano tommasina tommaso tonia tonino tullio tullia ubaldo ugo ulisse umberta umberto
    urbano ursula uwe valentina valentino valeria valeriano valerio vanda vanessa vanna vasile vera veronica victor victoria
    vilma vincenza vincenzo viola viorica virgilio virginia vito vittoria vittorio viviana vladimir walter wanda werner
    william wolfgang xavier ylenia yuri yusuf yvonne zeno zoe
    """.split()
)
#: Words that belong to the surname behind them.
_PARTICLES = frozenset("de di da del della dello dei degli dal dalla dall lo la li le van von der den el al".split())
_TITLES = frozenset(
    """dott dottssa dottoressa dottore dr drssa ing avv arch geom rag prof profssa sig sigra sigg signor signora spett
    egr gentma mr mrs ms miss perind""".split()
)


@lru_cache(maxsize=20_000)
def split_name(text: str) -> tuple[str, str]:
    """(first name, surname) of «Anna De Luca», «ROSSI MARIO», «Bianchi, Carlo Maria»; one word alone is a surname."""
    if "," in text:
        last, _comma, first = (part.strip() for part in text.partition(","))
        return first, last
    words = _without_titles(text.split())
    if len(words) < 2:
        return "", " ".join(words)
    at = _end_of_first(words)
    if at:
        return " ".join(words[:at]), " ".join(words[at:])
    back = _begin_of_last(words)
    return " ".join(words[back:]), " ".join(words[:back])


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and fold(words[0]) in _TITLES:
        words = words[1:]
    return words


def _is_given(word: str) -> bool:
    return all(fold(part) in GIVEN for part in re.split(r"[-'’]", word) if part)


def _end_of_first(words: list[str]) -> int:
    """Where the surname begins when the first name stands in front; 0 when the surname does."""
    if not _is_given(words[0]):
        known_at_end = _is_given(words[-1]) and fold(words[0]) not in GIVEN
        return 0 if known_at_end or fold(words[0]) in _PARTICLES else _before_particles(words, len(words) - 1)
    end = 1
    while end < len(words) - 1 and _is_given(words[end]):
        end += 1
    return end


def _before_particles(words: list[str], at: int) -> int:
    """A surname of several words begins with the first of its particles."""
    while at > 1 and fold(words[at - 1]) in _PARTICLES:
        at -= 1
    return at


def _begin_of_last(words: list[str]) -> int:
    """Where the first names begin that stand behind the surname."""
    at = len(words) - 1
    while at > 1 and _is_given(words[at - 1]) and fold(words[at - 2]) not in _PARTICLES:
        at -= 1
    return at
