"""How companies are called, and where in town they are."""

from __future__ import annotations

from fedele.demo.names import FRENCH, GERMAN, SURNAMES
from fedele.demo.places import STREETS, STREETS_ABROAD, Place
from fedele.demo.products import Trade
from fedele.demo.sheets import Sheets
from fedele.people.identity.characters import fold

_FORMS = ("S.r.l.",) * 11 + ("S.p.A.",) * 3 + ("S.n.c.",) * 2 + ("S.a.s.",) + ("",) * 3
_FORMS_ABROAD = {
    "AT": ("GmbH", "GmbH & Co. KG"),
    "DE": ("GmbH", "GmbH & Co. KG", "AG"),
    "CH": ("AG", "SA", "GmbH"),
    "FR": ("SAS", "SARL"),
}
_WORDS_ABROAD = {
    "AT": ("Maschinenbau", "Metallbau", "Präzisionstechnik", "Werkzeugbau"),
    "FR": ("Mécanique", "Décolletage", "Usinage", "Plastiques"),
    "DE": ("Maschinenbau", "Metalltechnik", "Zerspanung", "Kunststofftechnik"),
    "CH": ("Präzision", "Meccanica", "Apparatebau", "Mikrotechnik"),
}  # fmt: skip
#: What companies call themselves after, by province; elsewhere after their town.
_LAND = {
    "BS": "Franciacorta,Garda,Valtrompia,Mella,Sebino,Valcamonica,Benaco,Leonessa",
    "BG": "Orobie,Brembo,Serio,Valseriana,Adda", "TN": "Valsugana,Adige",
    "MI": "Ambrosiana,Naviglio,Martesana", "MB": "Brianza,Lambro", "CO": "Lariana,Lario", "LC": "Lario,Grigna",
    "VA": "Verbano,Olona", "CR": "Padana,Oglio",
    "MN": "Virgilio,Mincio", "VR": "Scaligera,Adige,Lessinia", "VI": "Berica,Astico", "PD": "Euganea,Brenta",
    "TV": "Piave,Marca", "BO": "Felsinea,Reno",
    "MO": "Estense,Secchia,Emiliana", "RE": "Enza,Emiliana", "PR": "Ducale,Taro", "TO": "Subalpina,Dora",
    "BZ": "Dolomiti", "SO": "Valtellina",
}  # fmt: skip
_HEADS, _TAILS = (
    "Tecno Mec Euro Nova Inox Ferro Alu Robo Omni Idro".split(),
    "mec tec plast form stamp fil metal line press system".split(),
)


def name_for(sheets: Sheets, place: Place, trade: Trade) -> tuple[str, str, str]:
    """(what it is known by, its name, its legal form)"""
    if place.country != "IT":
        surname = sheets.pick((FRENCH if place.country == "FR" else GERMAN)[2])
        form = sheets.pick(_FORMS_ABROAD[place.country])
        return surname, f"{surname} {sheets.pick(_WORDS_ABROAD[place.country])} {form}", form
    word, surname, form = sheets.pick(trade.words), sheets.pick(SURNAMES), sheets.pick(_FORMS)
    way = sheets.random.random()
    if form in ("S.n.c.", "S.a.s."):
        brand = surname
        name = f"{word} {surname} & {sheets.pick(SURNAMES)}" if way < 0.4 else f"{word} {surname} & C."
    elif way < 0.45:
        brand, name = surname, f"{word} {surname}"
    elif way < 0.62:
        brand, name = surname, f"{surname} {word}"
    elif way < 0.78:
        brand = sheets.pick(_LAND.get(place.province, place.city).split(","))
        name = f"{word} {brand}"
    elif way < 0.88:
        brand, name = f"F.lli {surname}", f"{word} F.lli {surname}"
    else:
        brand = f"{sheets.pick(_HEADS)}{sheets.pick(_TAILS)}"
        name = f"{brand} {surname}" if way < 0.94 else f"{brand} {place.city}"
    return brand, f"{name} {form}" if form else name, form


def address(sheets: Sheets, place: Place) -> str:
    number = 1 + int(sheets.random.random() ** 2 * 140)
    if place.country == "IT":
        return f"{sheets.pick(STREETS)}, {number}"
    street = sheets.pick(STREETS_ABROAD[place.country])
    return f"{number} {street}" if place.country == "FR" else f"{street} {number}"


def domain_of(sheets: Sheets, name: str, form: str, place: Place) -> str:
    """Where its mail goes. In a large base many are called the same, and say in which province they are."""
    words = fold(name.removesuffix(form))[:40]
    if not sheets.block:
        return f"{words}.example"
    return f"{words}-{(place.province if place.country == 'IT' else place.country).lower()}.example"
