"""Streets: the kind of street, its name and the number, however they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fedele.people.duplicates.engine.letters import words

_KINDS = frozenset(
    """
    via v viale vle vl piazza pza pzza pz p piazzale ple ple corso cso c strada str sp ss vicolo vco vic largo lgo
    contrada cda cd localita loc frazione fraz fr borgo bgo galleria lungomare lungarno salita traversa trav rampa
    street st avenue ave av road rd lane ln drive dr court crt ct place pl square sq boulevard blvd blv highway hwy
    terrace tce crescent cres cr close cl circuit cct cir way parade pde grove gr rue allee platz strasse str weg
    calle camino plaza parkway pkwy broadway
""".split()
)
_LEFT_OUT = frozenset(
    "di del della dei delle dello degli da de d of the la le il n nr no num numero civico snc".split()
)
_NUMBER = re.compile(r"(\d+)([a-z]{0,2})\Z")
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_SHORT = {
    "s": "san", "sta": "santa", "ft": "fort", "mt": "mount", "north": "n", "east": "e", "west": "w", "first": "1st",
    "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th",
    "ninth": "9th", "tenth": "10th", "eleventh": "11th", "twelfth": "12th",
}  # fmt: skip


class Street(NamedTuple):
    """`name` joined without its kind («via», «street»), `parts` its words, `number` of the house («12a»)."""

    name: str
    parts: tuple[str, ...]
    number: str


NOWHERE = Street("", (), "")


@lru_cache(maxsize=50_000)
def street_of(text: str, house: str = "") -> Street:
    """«V.le G. Marconi, 12/A» → name gmarconi, parts (g, marconi), number 12a."""
    if not text and not house:
        return NOWHERE
    found = [word for word in words(text) if word not in _LEFT_OUT]
    number, found = ("".join(words(house)), found) if house else _number(found)
    kinds = [at for at, word in enumerate(found) if word in _KINDS]
    kept = _without_kind(found, kinds)
    parts = tuple(_SHORT.get(word, word) for word in kept)
    return Street("".join(parts), parts, number)


def _without_kind(found: list[str], kinds: list[int]) -> list[str]:
    """The kind stands first («via Roma») or last («Forbes Street»); a name that is nothing else stays."""
    if not kinds or len(found) < 2:
        return found
    if kinds[0] == 0:
        return found[1:]
    return [word for at, word in enumerate(found) if at not in kinds] or found


def _number(found: list[str]) -> tuple[str, list[str]]:
    """The house number out of the words, with the letter behind it; the day in «via 25 aprile» is none."""
    for at, word in enumerate(found):
        match = _NUMBER.match(word) if word[0].isdigit() else None
        if match is None or match[2] in _ORDINALS or len(found) == 1 or _is_date(found, at):
            continue
        letter, after = match[2], at + 1
        if at and after < len(found) and len(found[after]) == 1 and found[after].isalpha():
            letter, after = found[after], after + 1
        return str(int(match[1])) + letter, found[:at] + found[after:]
    return "", found


_MONTHS = frozenset(
    """
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre martiri
    january february march april may june july august september october november december
""".split()
)


def _is_date(found: list[str], at: int) -> bool:
    return at + 1 < len(found) and found[at + 1] in _MONTHS


def is_street(text: str) -> bool:
    """Whether it begins or, before a number, ends with a kind of street: «via Roma 3», «12 Forbes Street»."""
    found = words(text)
    return len(found) > 1 and (found[0] in _KINDS or (found[0].isdigit() and any(word in _KINDS for word in found[1:])))
