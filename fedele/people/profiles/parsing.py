"""One line of a colleague in a hurry: «accordo: sconto 5 % fino al 31/12», "need: faster delivery"."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from fedele.people.profiles.kinds import FactKind

#: What a line may begin with, without accents, in Italian and English.
PREFIXES: dict[str, str] = {
    "accordo": "agreement", "accordi": "agreement", "promessa": "agreement", "promesso": "agreement", "impegno": "agreement",
    "agreement": "agreement", "agreed": "agreement", "promise": "agreement", "promised": "agreement",
    "ci promette": "theirs", "promessa del cliente": "theirs", "loro promessa": "theirs", "impegno del cliente": "theirs",
    "their promise": "theirs", "customer promise": "theirs", "they promise": "theirs",
    "bisogno": FactKind.NEED, "bisogni": FactKind.NEED, "esigenza": FactKind.NEED, "necessita": FactKind.NEED,
    "need": FactKind.NEED, "needs": FactKind.NEED,
    "abitudine": FactKind.HABIT, "abitudini": FactKind.HABIT, "compra": FactKind.HABIT, "habit": FactKind.HABIT,
    "buys": FactKind.HABIT,
    "potenziale": FactKind.POTENTIAL, "potential": FactKind.POTENTIAL, "spesa": FactKind.POTENTIAL,
    "quota": FactKind.SHARE, "quota nostra": FactKind.SHARE, "share": FactKind.SHARE, "share of wallet": FactKind.SHARE,
    "tecnologia": FactKind.TECHNOLOGY, "technology": FactKind.TECHNOLOGY,
    "canale": FactKind.CHANNEL, "channel": FactKind.CHANNEL,
    "qualita": FactKind.QUALITY, "quality": FactKind.QUALITY,
    "disponibilita": FactKind.READINESS, "estensione": FactKind.READINESS, "willingness": FactKind.READINESS,
    "readiness": FactKind.READINESS,
    "soddisfazione": FactKind.SATISFACTION, "satisfaction": FactKind.SATISFACTION, "umore": FactKind.SATISFACTION,
    "mood": FactKind.SATISFACTION,
}  # fmt: skip
_MONTHS = (
    ("gennaio", "january"), ("febbraio", "february"), ("marzo", "march"), ("aprile", "april"), ("maggio", "may"),
    ("giugno", "june"), ("luglio", "july"), ("agosto", "august"),
    ("settembre", "september"), ("ottobre", "october"),
    ("novembre", "november"),
    ("dicembre", "december"),
)  # fmt: skip
_UNTIL = r"(?:fino al|fino all['’]|fino a|entro il|entro l['’]|entro|by the|by|until the|until|till|before)"
_NUMBERS = r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})(?:[/.\-](?P<year>\d{4}|\d{2}))?"
_WORDS = r"(?P<day>\d{1,2})°? (?P<name>[^\W\d_]{3,9})\.?(?: (?P<year>\d{4}))?"
_ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_DUE = tuple(
    re.compile(rf"(?:^|[\s,;(])(?:{_UNTIL}\s*){when}\s*\)?\.?\s*$", re.IGNORECASE) for when in (_ISO, _NUMBERS, _WORDS)
)
_WRITTEN = re.compile(
    r"\b(?:per iscritto|scritto|firmat\w|contratto|formale|in writing|written|signed|contract)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Line:
    #: A kind of fact, "agreement", or "theirs" for what the customer promised.
    kind: str
    text: str
    until: dt.date | None = None
    in_writing: bool = False

    @property
    def is_agreement(self) -> bool:
        return self.kind in ("agreement", "theirs")


def read(line: str, kind: str, today: dt.date) -> Line:
    """The kind the line names itself, else the `kind` chosen beside it; a day at its end is until when it holds."""
    text = " ".join(line.split())
    head, colon, rest = text.partition(":")
    named = PREFIXES.get(_plain(head)) if colon and rest.strip() else None
    if named:
        kind, text = named, rest.strip()
    until, text = _until(text, today)
    return Line(str(kind), text, until, bool(_WRITTEN.search(text)))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().strip())
    return "".join(one for one in letters if not unicodedata.combining(one))


def _until(text: str, today: dt.date) -> tuple[dt.date | None, str]:
    for pattern in _DUE:
        if (found := pattern.search(text)) and (day := _day(found.groupdict(), today)):
            return day, text[: found.start()].rstrip(" ,;(") or text
    return None, text


def _day(parts: dict[str, str | None], today: dt.date) -> dt.date | None:
    """Without a year the next such day, today included."""
    month = int(parts["month"]) if parts.get("month") else _month(parts.get("name") or "")
    year = int(parts["year"]) if parts.get("year") else 0
    try:
        if year:
            return dt.date(year if year > 99 else 2000 + year, month, int(parts["day"] or 0))
        this = dt.date(today.year, month, int(parts["day"] or 0))
        return this if this >= today else this.replace(year=today.year + 1)
    except ValueError:
        return None


def _month(name: str) -> int:
    """By its first three letters or more, in either language; 0 for none."""
    name = name.casefold()
    return next((n for n, both in enumerate(_MONTHS, 1) if any(one.startswith(name) for one in both)), 0)
