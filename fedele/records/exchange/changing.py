"""How the text of a cell changes before it is read: case, values that stand for others, the halves of a name."""

from __future__ import annotations

import re
from collections.abc import Callable

from fedele.records.exchange.chosen import Chosen
from fedele.records.exchange.mapping import fold

Change = Callable[[str], str]

#: Stay small inside of a name: «Carrozzeria di Mario e Figli».
_SMALL = frozenset(
    "di da del della dei delle degli e ed a al alla il lo la le gli i in per con su of and the und von".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", re.UNICODE)


def title_case(text: str) -> str:
    """«ROSSI MECCANICA DI D'ANGELO S.R.L.» → «Rossi Meccanica di D'Angelo S.r.l.»"""
    words = [_titled(word, is_first=not at) for at, word in enumerate(text.split(" "))]
    return " ".join(words)


def _titled(word: str, *, is_first: bool) -> str:
    plain = word.lower()
    if plain in _SMALL and not is_first:
        return plain
    if re.fullmatch(r"(?:[^\W\d_]\.){2,}[^\W\d_]?\.?", plain):  # an abbreviation: S.r.l.
        return plain[:1].upper() + plain[1:]
    return _WORD.sub(lambda found: _capital(found.group()), plain)


def _capital(word: str) -> str:
    """A part of one letter or two in front of an apostrophe has a capital behind it too: D'Angelo, but Unita'."""
    parts = re.split(r"([’'])", word)
    return "".join(
        part[:1].upper() + part[1:] if at == 0 or len(parts[0]) <= 2 else part for at, part in enumerate(parts)
    )


CASES: dict[str, Change] = {"title": title_case, "upper": str.upper, "lower": str.lower}


def change_of(chosen: Chosen, header: str) -> Change | None:
    """What is done to each non-empty cell; None for nothing, which is what most columns want."""
    steps: list[Change] = []
    if chosen.values:
        stands_for = {fold(cell) or cell: value for cell, value in chosen.values.items()}
        steps.append(lambda cell: stands_for.get(fold(cell) or cell, cell))
    steps += [CASES[one] for one in chosen.transform if one in CASES]
    if chosen.is_remark:
        steps.append(lambda cell: f"{header}: {cell}" if cell else "")
    return _one_after_the_other(steps)


def _one_after_the_other(steps: list[Change]) -> Change | None:
    if len(steps) < 2:
        return steps[0] if steps else None

    def all_of_them(cell: str) -> str:
        for step in steps:
            cell = step(cell)
        return cell

    return all_of_them
