"""Invented people and companies with dirty doubles and with traps, for measuring the engine of duplicates.

`people(count)` and `companies(count)` give rows with the number of whom they are about. A third have a double, written
down by somebody else: with slips, names exchanged, shortened or without accents, other spellings of phone and street,
fields missing. Traps are others who share much: relatives at one address, colleagues behind one switchboard, branches.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from fedele.demo.names import MEN, SURNAMES, WOMEN

Row = dict[str, Any]
_ENGLISH = (
    "James John Robert Michael William David Mary Patricia Jennifer Linda Elizabeth Susan Emma Oliver Harry Sophie"
).split()
_FAMILIES = (
    "Smith Jones Taylor Brown Wilson Evans Thomas Roberts Walker Wright Robinson Thompson Hughes Edwards Ashworth"
).split()
_STREETS = [
    *"Roma,Garibaldi,Mazzini,Dante Alighieri,Giuseppe Verdi,dei Mille,XX Settembre,San Martino,Guglielmo Marconi,Leopardi".split(","),
    *(f"{given} {family}" for given, family in zip(MEN, SURNAMES[:60], strict=False)), *SURNAMES[60:160],
]  # fmt: skip
_TOWNS = [
    ("Brescia", "25121", "BS", "030"), ("Milano", "20121", "MI", "02"), ("Bergamo", "24121", "BG", "035"),
    ("Verona", "37121", "VR", "045"), ("Torino", "10121", "TO", "011"), ("Forlì", "47121", "FC", "0543"),
    ("Reggio nell'Emilia", "42121", "RE", "0522"), ("San Giuliano Milanese", "20098", "MI", "02"), ("Cantù", "22063", "CO", "031"),
    *((f"{one} {other}", f"{2400 + 7 * number}{number % 10}", "BG", "035") for number, (one, other) in enumerate(
        (one, other) for one in "Castel,Borgo,Villa,San,Ponte,Monte".split(",")
        for other in "Rozzone,Covo,Nembro,Cassano,Mozzo,Dalmine,Seriate,Albino".split(",")
    )),
]  # fmt: skip
_TRADES = "Officine,Meccanica,Costruzioni,Trasporti,Impianti,Arredamenti,Tipografia,Alimentari,Carpenteria,Studio,Immobiliare".split(
    ","
)
_FORMS = {
    "S.r.l.": ("srl", "S.R.L.", "Società a responsabilità limitata", "s.r.l"), "S.p.A.": ("spa", "S.P.A.", "SpA"),
    "S.n.c.": ("snc", "SNC", ""), "S.a.s.": ("sas", "S.A.S."), "GmbH": ("gmbh", "GMBH"), "Ltd": ("Limited", "LTD", "ltd."),
}  # fmt: skip
_SHORT = {
    "Giuseppe": "Beppe",
    "Francesco": "Franco",
    "Giovanni": "Gianni",
    "Antonio": "Tonino",
    "Robert": "Bob",
    "William": "Bill",
}
_NEAR = {"a": "qsz", "e": "wrd", "i": "uok", "o": "ipl", "r": "etf", "s": "adx", "n": "bmh", "t": "ryg", "l": "kop"}


class Dirt:
    """Chance, and what it does to texts."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def pick(self, some: Any) -> Any:
        return self.chance.choice(some)

    def does(self, share: float) -> bool:
        return self.chance.random() < share

    def slip(self, text: str) -> str:
        if len(text) < 4:
            return text
        at = self.chance.randrange(1, len(text) - 1)
        kind = self.chance.randrange(4)
        if kind == 0:
            return text[:at] + text[at + 1 :]
        if kind == 1:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if kind == 2:
            return text[:at] + text[at] + text[at:]
        return text[:at] + self.pick(_NEAR.get(text[at].lower(), "eai")) + text[at + 1 :]

    def phone(self, digits: str) -> str:
        ways: tuple[Callable[[str], str], ...] = (
            lambda d: d, lambda d: f"+39 {d}", lambda d: f"0039{d}", lambda d: f"{d[:3]} {d[3:]}", lambda d: f"{d[:3]}/{d[3:6]}.{d[6:]}",
        )  # fmt: skip
        return self.pick(ways)(digits)

    def street(self, name: str, number: str) -> str:
        kind = self.pick(("Via", "via", "V.", "VIA"))
        return self.pick((f"{kind} {name}, {number}", f"{kind} {name} {number}", f"{kind} {name} n. {number}"))

    def plain(self, text: str) -> str:
        return text.translate(str.maketrans("àèéìòù", "aeeiou")).upper() + ("'" if text[-1:] in "àèéìòù" else "")


def surnames(dirt: Dirt, count: int) -> list[str]:
    parts = (
        "ba be bi bo ca ce co da de di fa fe gi go la le li lo ma me mi mo na ne pa ra re ri sa se ta va zan pel tri"
    ).split()
    rare = {"".join(dirt.chance.choices(parts, k=dirt.chance.randint(2, 4))).capitalize() for _ in range(count)}
    return [*SURNAMES, *_FAMILIES, *sorted(rare)]


def people(count: int, seed: int = 3) -> Iterator[tuple[int, Row]]:
    dirt = Dirt(seed)
    families = surnames(dirt, count)
    given = [*MEN, *WOMEN, *_ENGLISH]
    for number in range(count):
        town, code, province, area = dirt.pick(_TOWNS)
        row = {
            "Nome": dirt.pick(given), "Cognome": dirt.pick(families), "Telefono": area + str(dirt.chance.randrange(10**5, 10**7)),
            "Cellulare": f"3{dirt.chance.randrange(20, 99)}{dirt.chance.randrange(10**6, 10**7)}", "Indirizzo": dirt.pick(_STREETS),
            "Civico": str(dirt.chance.randrange(1, 90)), "CAP": code, "Comune": town, "Provincia": province,
            "Nascita": f"{dirt.chance.randrange(1940, 2004)}-{dirt.chance.randrange(1, 13):02}-{dirt.chance.randrange(1, 29):02}",
        }  # fmt: skip
        row["E-mail"] = (
            f"{row['Nome']}.{row['Cognome']}{number % 50}@gmail.com".lower().replace("'", "").replace(" ", "")
        )
        yield number, row | {"Indirizzo": dirt.street(row["Indirizzo"], row["Civico"])}
        if dirt.does(0.33):
            yield number, _dirty_person(dirt, row)
        if dirt.does(0.05):
            yield count + number, _relative(dirt, row, given)


def _relative(dirt: Dirt, row: Row, given: list[str]) -> Row:
    """A son, a wife: the same surname, address and telephone; everything of their own is different."""
    other = {**row, "Nome": dirt.pick([name for name in given if name != row["Nome"]])}
    other |= {
        "Cellulare": f"34{dirt.chance.randrange(10**7, 10**8)}",
        "Nascita": f"{dirt.chance.randrange(1940, 2004)}-03-11",
    }
    other["E-mail"] = f"{other['Nome']}{dirt.chance.randrange(999)}@libero.it".lower()
    return other | {"Indirizzo": dirt.street(row["Indirizzo"], row["Civico"])}


def _dirty_person(dirt: Dirt, row: Row) -> Row:
    other = dict(row)
    other["Indirizzo"] = dirt.street(row["Indirizzo"], row["Civico"])
    for name in ("Telefono", "Cellulare"):
        other[name] = dirt.phone(row[name])
    if dirt.does(0.15):
        other["Nome"], other["Cognome"] = other["Cognome"], other["Nome"]
    elif dirt.does(0.15):
        other["Nome"] = f"{row['Nome'][0]}."
    elif row["Nome"] in _SHORT and dirt.does(0.5):
        other["Nome"] = _SHORT[row["Nome"]]
    for name in ("Nome", "Cognome", "Indirizzo", "Comune"):
        if dirt.does(0.15):
            other[name] = dirt.slip(other[name])
        if dirt.does(0.2):
            other[name] = dirt.plain(other[name])
    year, month, day = row["Nascita"].split("-")
    other["Nascita"] = f"{year}-{day}-{month}" if dirt.does(0.1) and int(day) < 13 else row["Nascita"]
    for name in ("Telefono", "Cellulare", "E-mail", "Indirizzo", "CAP", "Comune", "Nascita", "Provincia"):
        if dirt.does(0.25):
            other[name] = ""
    return other


def companies(count: int, seed: int = 5) -> Iterator[tuple[int, Row]]:
    dirt = Dirt(seed)
    families = surnames(dirt, count)
    for number in range(count):
        town, code, province, area = dirt.pick(_TOWNS)
        form, words = dirt.pick(list(_FORMS)), [dirt.pick(_TRADES), dirt.pick(families)]
        if dirt.does(0.3):
            words.append(dirt.pick(("Group", "Italia", "& C.", town, dirt.pick(families))))
        row = {
            "Ragione sociale": " ".join(words), "form": form, "Partita IVA": str(dirt.chance.randrange(10**9, 10**10)).zfill(11),
            "Telefono": area + str(dirt.chance.randrange(10**5, 10**7)), "Indirizzo": dirt.pick(_STREETS), "CAP": code, "Città": town,
            "Civico": str(dirt.chance.randrange(1, 90)), "Prov.": province,
        }  # fmt: skip
        row["E-mail"] = f"info@{''.join(words).lower().translate(str.maketrans('', '', ' &.'))}.it".replace("'", "")
        yield number, _written(dirt, row)
        if dirt.does(0.33):
            yield number, _dirty_company(dirt, row)
        if dirt.does(0.05):
            yield count + number, _other_company(dirt, row, families)


def _written(dirt: Dirt, row: Row) -> Row:
    return {
        **{name: value for name, value in row.items() if name not in ("form", "Civico")},
        "Ragione sociale": f"{row['Ragione sociale']} {row['form']}", "Indirizzo": dirt.street(row["Indirizzo"], row["Civico"]),
    }  # fmt: skip


def _dirty_company(dirt: Dirt, row: Row) -> Row:
    name = row["Ragione sociale"]
    if dirt.does(0.3):
        name = dirt.slip(name)
    if dirt.does(0.2):
        name = name.replace("Officine", "Off.").replace("Meccanica", "Mecc.").replace("Costruzioni", "Costr.")
    if dirt.does(0.15):
        name = " ".join(reversed(name.split()))
    if dirt.does(0.2):
        name = dirt.plain(name)
    other = _written(dirt, {**row, "Ragione sociale": name, "form": dirt.pick((row["form"], *_FORMS[row["form"]]))})
    other["Telefono"] = dirt.phone(row["Telefono"])
    for field in ("Telefono", "E-mail", "Indirizzo", "CAP", "Città", "Prov."):
        if dirt.does(0.25):
            other[field] = ""
    other["Partita IVA"] = "" if dirt.does(0.6) else f"IT{row['Partita IVA']}" if dirt.does(0.3) else row["Partita IVA"]
    return other


def _other_company(dirt: Dirt, row: Row, families: list[str]) -> Row:
    """Another firm: of the same name in another town, or of another name behind the same door and phone."""
    number = str(dirt.chance.randrange(10**9, 10**10)).zfill(11)
    if dirt.does(0.5):
        town, code, province, area = dirt.pick([town for town in _TOWNS if town[0] != row["Città"]])
        change = {
            "Città": town, "CAP": code, "Prov.": province, "Telefono": area + str(dirt.chance.randrange(10**5, 10**7)),
            "Indirizzo": dirt.pick(_STREETS), "Civico": str(dirt.chance.randrange(90, 180)), "E-mail": "",
        }  # fmt: skip
    else:
        change = {"Ragione sociale": f"{dirt.pick(_TRADES)} {dirt.pick(families)}", "E-mail": ""}
    return _written(dirt, {**row, **change, "Partita IVA": number if dirt.does(0.7) else ""})
