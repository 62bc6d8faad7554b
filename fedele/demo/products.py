"""What Officine Aurora sells, and to which trades."""

from __future__ import annotations

from typing import NamedTuple


class Product(NamedTuple):
    name: str
    #: Usual prices in euro, the lowest and the highest.
    low: int
    high: int


_PRICES = """
centro5|Centro di lavoro 5 assi|140|480;centro|Centro di lavoro verticale|55|160;tornio|Tornio CNC|45|170
pluri|Tornio plurimandrino|160|480;fresa|Fresatrice CNC|40|130;retti|Rettificatrice tangenziale|50|170
piega|Pressa piegatrice|40|150;laser|Taglio laser a fibra|180|460;pressa|Pressa P400|38|120
isola|Isola robotizzata|64|260;robot|Robot di asservimento|45|120;sbava|Linea di sbavatura|28|110
lava|Impianto di lavaggio pezzi|22|75;magaz|Magazzino automatico|60|220;aspira|Kit aspirazione nebbie oleose|4|14
retro|Retrofit quadro elettrico|9|38;utens|Rinnovo parco utensili|6|35;manut|Manutenzione full service|4|24
ricam|Mandrini e ricambi|3|18;visio|Sistema di visione|15|60;palle|Linea di pallettizzazione|90|300
cobot|Cobot di fine linea|30|75;cam|Licenze CAM e formazione|5|25;usato|Tornio usato revisionato|14|48
pann|Pannellatrice|85|240;trasp|Nastri e trasporto pezzi|12|55;misura|Macchina di misura a coordinate|35|110
"""
PRODUCTS = {
    key: Product(name, int(low) * 1000, int(high) * 1000)
    for key, name, low, high in (line.split("|") for line in _PRICES.strip().replace("\n", ";").split(";"))
}
#: What everybody buys now and then; the last of what a trade wants.
_ALWAYS = "manut ricam retro"
ALWAYS = len(_ALWAYS.split())

#: Why it is bought; goes behind the product's name.
REASONS = (
    "nuovo capannone", "reparto stampi", "seconda linea", "commessa automotive", "sostituzione impianto",
    "Transizione 5.0", "turno notturno",
    "reparto tornitura", "reparto carpenteria", "cella 2", "cella 3", "linea L3", "linea L5", "commessa Germania",
    "piccole serie",
    "pezzi grandi", "fine linea", "ampliamento", "prototipi", "reparto montaggio",
)  # fmt: skip

COMPETITORS = (
    "Utensilmac", "Meccanica Lariana Impianti", "Robotech Emilia", "Nordtech Maschinen", "Tecno Macchine Torino",
    "Sistemi Adda",
    "Vega Automazioni", "Il costruttore, in diretta",
)  # fmt: skip


class Trade(NamedTuple):
    """A sector: how its companies call themselves and what they buy."""

    name: str
    words: tuple[str, ...]
    wants: tuple[Product, ...]


_TRADES = """
10|Lavorazioni meccaniche|Torneria,Officina Meccanica,Officine,Minuterie|tornio pluri centro robot utens
8|Carpenteria e lamiera|Carpenteria,Lamiere,Costruzioni Metalliche|laser piega pann sbava isola magaz
6|Stampi e attrezzature|Stampi,Stamperia,Attrezzeria,Officina Stampi,Modelleria|centro5 fresa retti cam utens misura
5|Materie plastiche|Plastiche,Stampaggio,Tecnoplast,Materie Plastiche,Plast|cobot robot trasp visio palle
5|Alimentare|Salumificio,Pastificio,Dolciaria,Alimentari,Conserve,Molino|palle cobot visio trasp magaz
3|Lattiero-caseario|Caseificio,Latteria,Formaggi,Burrificio|palle cobot lava visio
4|Legno e arredo|Falegnameria,Arredi,Serramenti,Mobilificio,Legno|aspira fresa magaz cobot
4|Oleodinamica e pneumatica|Oleodinamica,Pneumatica,Cilindri,Valvole,Fluid|tornio centro lava misura robot
4|Automotive e componenti|Componenti,Autotecnica,Motori,Freni,Ingranaggi|isola centro5 pluri lava misura visio
4|Fonderia e trattamenti|Fonderia,Pressofusione,Trattamenti Termici,Galvanica,Fusioni|sbava isola lava robot pressa
3|Rubinetteria e valvole|Rubinetterie,Valvosanitaria,Raccordi,Ottone|pluri tornio lava robot sbava
3|Imballaggio|Packaging,Imballaggi,Confezioni,Scatolificio|palle cobot visio trasp
3|Macchine e impianti|Costruzioni Meccaniche,Impianti,Automazioni,Macchine,Tecnologie|centro tornio fresa isola cam
2|Elettronica|Elettronica,Quadri Elettrici,Elettromeccanica,Cablaggi|cobot visio magaz
2|Elettrodomestici e casalinghi|Casalinghi,Posaterie,Pentole,Coltellerie|pressa isola sbava laser
2|Tessile|Tessitura,Filatura,Maglificio,Ricami|magaz trasp cobot
2|Farmaceutico e cosmetico|Cosmetici,Farmaceutici,Laboratori|visio palle cobot magaz
2|Marmo e pietra|Marmi,Graniti,Pietre|fresa aspira trasp
2|Armi e ottica|Armi,Ottica,Canne|centro5 tornio retti misura
1|Energia e ambiente|Energia,Caldaie,Pompe,Scambiatori|laser tornio isola
"""


def _trades() -> tuple[Trade, ...]:
    found = []
    for line in _TRADES.strip().split("\n"):
        weight, name, words, wants = line.split("|")
        products = tuple(PRODUCTS[key] for key in f"{wants} {_ALWAYS}".split())
        found += [Trade(name, tuple(words.split(",")), products)] * int(weight)
    return tuple(found)


#: Every trade as often as its share of the customers.
TRADES = _trades()
TRADE_OF = {trade.name: trade for trade in TRADES}
