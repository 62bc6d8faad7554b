"""What was typed into a search box, understood."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from fedele.search.forms import stems
from fedele.search.phones import Number, dialled
from fedele.search.words import _CODE, _JOINT, fold, parts, pieces, plain, sayable

ASKED_LENGTH = 200
MOST_UNITS = 8

#: Beginnings of words that must all be there. One that ends with a blank is a whole word.
Together = tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """One word of the question. It is there when one of its alternatives is."""

    typed: str
    #: As typed, or as the same telephone or tax number is written otherwise.
    literal: tuple[Together, ...]
    #: Whole words the record may have instead: its stems, or the words it is a part of.
    instead: tuple[str, ...] = ()
    #: The pieces of a compound, each the beginning of a word anywhere.
    split: Together = ()


@dataclass(frozen=True)
class Question:
    text: str
    units: tuple[Unit, ...]

    def only(self, numbers: Container[int]) -> Question:
        """The units of these numbers."""
        return Question(self.text, tuple(unit for at, unit in enumerate(self.units) if at in numbers))

    def without(self, numbers: Container[int]) -> Question:
        """All other units."""
        return Question(self.text, tuple(unit for at, unit in enumerate(self.units) if at not in numbers))

    def corrected(self, spellings: dict[str, list[str]]) -> Question:
        """The same question, where each word may also be one of its `spellings`."""
        units = (
            replace(unit, literal=(*unit.literal, *((f"{word} ",) for word in spellings.get(unit.typed, ()))))
            for unit in self.units
        )
        return Question(self.text, tuple(units))

    def spelt_out(self, words: dict[str, list[str]]) -> Question:
        """The same question, where a beginning is given by the `words` that begin so."""
        units = (
            replace(unit, literal=tuple((f"{word} ",) for word in found))
            if (found := words.get(unit.typed)) and unit.literal == ((unit.typed,),)
            else unit
            for unit in self.units
        )
        return Question(self.text, tuple(units))

    def widened(self, around: dict[str, list[str]]) -> Question:
        """The same question, where each word may also be one of the words `around` it: `ossi` one of rossi, grossi."""
        units = (replace(unit, instead=(*unit.instead, *around.get(unit.typed, ()))) for unit in self.units)
        return Question(self.text, tuple(units))


def ask(text: str) -> Question | None:
    """None when there is no word in `text`. Only the first 200 characters and eight words count."""
    folded = fold(sayable(text[:ASKED_LENGTH]))[:ASKED_LENGTH]
    units = {unit.typed: unit for unit in _units(folded)}
    if not units:
        return None
    return Question(" ".join(map(plain, pieces(folded))), tuple(units.values())[:MOST_UNITS])


def _units(folded: str) -> Iterator[Unit]:
    numbers = list(dialled(folded))
    waiting = [list(number.groups) for number in numbers]
    for piece in pieces(folded):
        if waiting and _continues(piece, waiting[0]):
            if not waiting[0]:
                waiting.pop(0)
                yield _number(numbers.pop(0))
        else:
            yield _word(piece)


def _continues(piece: str, groups: list[str]) -> bool:
    """Whether `piece` is made of the next `groups`, which are then taken."""
    own = parts(piece)
    if own != groups[: len(own)]:
        return False
    del groups[: len(own)]
    return True


def _number(number: Number) -> Unit:
    ways: list[Together] = [(number.digits,)]
    if number.international:
        ways.append((number.national(),))
    long = tuple(group for group in number.groups if len(group) >= 3)
    return Unit(number.digits, tuple(ways), split=long if len(long) > 1 else ())


def _word(piece: str) -> Unit:
    word = plain(piece)
    literal: list[Together] = [(word,)] if "@" not in word else []
    if _JOINT.search(word):
        literal.append((f"@{word}",))
    if code := _CODE.fullmatch(word):
        literal.append((code[1],))
    split = tuple(part[:64] for part in parts(piece)[:MOST_UNITS])
    return Unit(word, tuple(literal), stems(word), split if len(split) > 1 else ())
