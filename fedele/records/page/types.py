"""What kinds of things a timeline tells: the chips that narrow it, what is noise, and which entries open in place.

A department says it beside its sentences:
`story_type("message", label=_("E-mail"), icon="mail", kinds=("message.*",), department="inbox")`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fedele.journal.models import Entry

#: In place of a department: kinds that every record type has.
ANY = "*"


@dataclass(frozen=True)
class EntryAct:
    """What one does next about an entry: answer a message, say."""

    label: Any
    icon: str
    url: str


#: Answers what this user can do about an entry. Asked for each entry shown: no statement.
Acts = Callable[[Entry, Any], list[EntryAct]]
#: Answers where the body of an entry is, "" when this user has none to read. Asked for each entry shown: no statement.
Opening = Callable[[Entry, Any], str]


@dataclass(frozen=True)
class StoryType:
    key: str
    label: Any
    icon: str
    #: Kinds of entries, whole ("message.received"), all of a record type ("dispute.*") or of any ("*.noted").
    kinds: tuple[str, ...]
    #: The app label of the department it belongs to.
    department: str
    order: int
    #: Of little interest by itself: folded until somebody asks.
    noise: bool
    #: What else the data of its entries says: {"what": "call"}.
    where: dict[str, str]
    #: The door its entries come through anyhow: what they are says it already.
    door: str

    def covers(self, entry: Entry, kind: str) -> bool:
        return kind in self.kinds and all(entry.data.get(name) == value for name, value in self.where.items())

    def condition(self, path: str = "") -> Q:
        """Its entries, for a query; `path` leads to them."""
        found = Q()
        for kind in self.kinds:
            record_type, _dot, verb = kind.rpartition(".")
            if verb == "*":
                found |= Q(**{f"{path}record_type": record_type})
            elif record_type == ANY:
                found |= Q(**{f"{path}kind__endswith": f".{verb}"})
            else:
                found |= Q(**{f"{path}kind": kind})
        return found & Q(**{f"{path}data__{name}": value for name, value in self.where.items()})


_types: dict[str, StoryType] = {}
_openings: dict[str, Opening] = {}
_acts: dict[str, Acts] = {}


def story_type(
    key: str,
    *,
    label: Any,
    icon: str,
    kinds: tuple[str, ...],
    department: str,
    order: int = 50,
    noise: bool = False,
    where: dict[str, str] | None = None,
    door: str = "",
) -> None:
    _types[key] = StoryType(key, label, icon, kinds, department, order, noise, where or {}, door)


def story_types() -> list[StoryType]:
    return sorted(_types.values(), key=lambda one: (one.order, one.key))


def noise_types() -> list[StoryType]:
    return [one for one in story_types() if one.noise]


def type_named(key: str) -> StoryType | None:
    return _types.get(key)


def type_of(entry: Entry) -> StoryType | None:
    """The type that names its kind, or what happened to whatever record, or all of its record type, in this order."""
    record_type, _dot, verb = entry.kind.rpartition(".")
    for kind in (entry.kind, f"{ANY}.{verb}", f"{record_type}.*"):
        for one in _types.values():
            if one.covers(entry, kind):
                return one
    return None


def opens(kind: str) -> Callable[[Opening], Opening]:
    """An entry of this kind ("message.received") expands in place: its body is fetched from the address answered."""

    def declare(opening: Opening) -> Opening:
        _openings[kind] = opening
        return opening

    return declare


def opening_of(entry: Entry, user: Any) -> str:
    opening = _openings.get(entry.kind)
    return opening(entry, user) if opening else ""


def acts_on(kind: str) -> Callable[[Acts], Acts]:
    """Beside an entry of this kind stands what the function answers."""

    def declare(acts: Acts) -> Acts:
        _acts[kind] = acts
        return acts

    return declare


def acts_of(entry: Entry, user: Any) -> list[EntryAct]:
    acts = _acts.get(entry.kind)
    return acts(entry, user) if acts else []


story_type("note", label=_("Notes"), icon="sticky-note", kinds=("*.noted",), department=ANY, order=10)
story_type(
    "small",
    label=_("Changes"),
    icon="pencil",
    kinds=(
        "*.changed",
        "*.assigned",
        "*.followed",
        "*.taken_out",
        "*.gone_back",
        "*.undone",
        "*.told_apart",
        "*.asked_again",
    ),
    department=ANY,
    order=90,
    noise=True,
)
