"""What a reader narrows a timeline to: a type, a department, words, a month, the whole group. It stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from fedele.base.places import place_in
from fedele.records.page.types import StoryType, noise_types, story_types, type_named

#: What `show` may say besides the key of a type.
IMPORTANT, CHANGES = "important", "changes"


@dataclass(frozen=True)
class Lens:
    show: str = ""
    department: str = ""
    text: str = ""
    #: "2025-11": what happened until the end of that month.
    month: str = ""
    #: The `older` of the page above.
    before: str = ""
    #: The `place` of an entry: the story from there back, as a colleague sent the address.
    start: str = ""
    #: Of the whole group of companies.
    whole: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Lens:
        known = {one.department for one in story_types()}
        department = asked.get("dep", "") if asked.get("dep", "") in known else ""
        return cls(
            show=_shown(asked.get("show", ""), department),
            department=department,
            text=asked.get("q", "").replace("\x00", "").strip()[:100],
            month=asked.get("at", "") if _month_after(asked.get("at", "")) else "",
            before=asked.get("before", ""),
            start=asked.get("from", "") if place_in(asked.get("from", "")) else "",
            whole=asked.get("group", "") == "1",
        )

    def but(self, **changes: Any) -> Lens:
        return replace(self, before="", **changes)

    @property
    def address(self) -> str:
        """As the query of an address, with its question mark; "" when nothing is narrowed."""
        named = {"show": self.show, "dep": self.department, "q": self.text, "at": self.month, "from": self.start}
        found = {name: value for name, value in named.items() if value} | ({"group": "1"} if self.whole else {})
        return f"?{urlencode(found)}" if found else ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.show or self.department or self.text or self.month or self.start)

    @property
    def folds(self) -> bool:
        """Who asks for the changes wants to see them."""
        return self.show != CHANGES and not (self.chosen and all(one.noise for one in self.chosen))

    @property
    def chosen(self) -> list[StoryType]:
        if one := type_named(self.show):
            return [one]
        return [one for one in story_types() if one.department == self.department] if self.department else []

    @property
    def until(self) -> dt.datetime | None:
        return _month_after(self.month)

    def matching(self, path: str = "") -> Q:
        """The condition on entries; `path` leads to them. Kinds are compared whole wherever they are known."""
        found = Q()
        if self.chosen:
            found &= _any(one.condition(path) for one in self.chosen)
        if self.show == IMPORTANT:
            found &= ~_any(one.condition(path) for one in noise_types())
        elif self.show == CHANGES:
            found &= ~Q(**{f"{path}changes": {}})
        if self.text:
            found &= _any(Q(**{f"{path}{where}__icontains": self.text}) for where in SEARCHED)
        return found


SEARCHED = ("title", "data__text", "data__note", "data__subject", "data__snippet")


def _shown(show: str, department: str) -> str:
    """A type of another department than the one chosen would narrow to nothing, with no chip to say so."""
    one = type_named(show)
    if one is not None:
        return show if department in ("", one.department) else ""
    return show if show in (IMPORTANT, CHANGES) else ""


def _any(conditions: Any) -> Q:
    found = Q()
    for one in conditions:
        found |= one
    return found


def _month_after(month: str) -> dt.datetime | None:
    """Midnight after the last day of "2025-11"."""
    year, _dash, number = month.partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(year) == 4 and 1 <= int(number) <= 12 and int(year) > 1900):
        return None
    day = dt.date(int(year) + int(number) // 12, int(number) % 12 + 1, 1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
