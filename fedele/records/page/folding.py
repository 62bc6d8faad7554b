"""The page of a timeline by days; what is of little interest, one after the other, folded to a line that opens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.records.page.telling import Told
from fedele.ui.moments import day as spelled


@dataclass(frozen=True)
class Fold:
    """Several small things in a row."""

    told: list[Told]

    @property
    def at(self) -> dt.datetime:
        return self.told[0].at

    @property
    def sentence(self) -> str:
        changed = sum(len(one.changes) for one in self.told)
        actors = {one.actor for one in self.told}
        if len(actors) == 1 and self.told[0].actor and changed and all(one.changes for one in self.told):
            words = ngettext("%(who)s changed %(n)s field", "%(who)s changed %(n)s fields", changed)
            return words % {"who": self.told[0].actor, "n": changed}
        number = len(self.told)
        return ngettext("%(n)s small change", "%(n)s small changes", number) % {"n": number}


@dataclass(frozen=True)
class Day:
    heading: str
    lines: list[Told | Fold]

    @property
    def told(self) -> list[Told]:
        return [one for line in self.lines for one in (line.told if isinstance(line, Fold) else [line])]

    @property
    def count(self) -> int:
        return len(self.told)


def by_day(told: list[Told], *, fold: bool = True) -> list[Day]:
    days = groupby(told, key=lambda one: timezone.localtime(one.at).date())
    return [Day(_heading(day), _folded(list(entries)) if fold else list(entries)) for day, entries in days]


def _folded(told: list[Told]) -> list[Any]:
    lines: list[Told | Fold] = []
    for noise, some in groupby(told, key=lambda one: one.noise):
        entries = list(some)
        lines += [Fold(entries)] if noise and len(entries) > 1 else entries
    return lines


def _heading(day: dt.date) -> str:
    distance = (timezone.localdate() - day).days
    return {0: _("Today"), 1: _("Yesterday")}.get(distance) or spelled(day)
