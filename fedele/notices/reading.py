"""Notices as their reader sees them: in the reader's language, and without what the reader may no longer see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.notices.kinds import Kind, kinds
from fedele.notices.models import Notice


@dataclass(frozen=True)
class Told:
    notice: Notice
    text: str
    title: str
    icon: str
    #: About a record this reader may no longer see: nothing of it is told.
    is_hidden: bool = False

    @property
    def is_later(self) -> bool:
        """Put off: it comes back by itself."""
        return self.notice.shown_at > timezone.now() and self.notice.read_at is None

    @property
    def kind(self) -> Kind | None:
        return kinds.get(self.notice.kind)


@dataclass(frozen=True)
class Group:
    """What is told of one record on one day, newest first."""

    title: str
    url: str
    told: list[Told]

    @property
    def is_unread(self) -> bool:
        return any(one.notice.read_at is None for one in self.told)


@dataclass(frozen=True)
class Day:
    date: date
    groups: list[Group]


def read(notices: Iterable[Notice], user: Any) -> list[Told]:
    """One statement a record type, however many notices."""
    notices = list(notices)
    seen = _seen(notices, user)
    return [_told(notice, seen) for notice in notices]


def by_day(told: Iterable[Told]) -> list[Day]:
    days = groupby(told, key=lambda one: timezone.localdate(one.notice.shown_at))
    return [Day(day, by_record(list(of_day))) for day, of_day in days]


def by_record(told: list[Told]) -> list[Group]:
    """In the order of the newest of each."""
    together: dict[str, list[Told]] = {}
    for one in told:
        together.setdefault(one.notice.group, []).append(one)
    return [Group(of[0].title, "" if of[0].is_hidden else of[0].notice.url, of) for of in together.values()]


def names_of(records: Iterable[tuple[str, int]], user: Any) -> dict[tuple[str, int], str]:
    """What those of these records are called that the user may see."""
    found: dict[tuple[str, int], str] = {}
    for name, seen in _visible(records, user):
        found |= {(name, record.pk): str(record) for record in seen}
    return found


def _seen(notices: list[Notice], user: Any) -> set[tuple[str, int]]:
    records = [(notice.record_type, notice.record_id) for notice in notices if notice.record_id]
    return {(name, pk) for name, seen in _visible(records, user) for pk in seen.values_list("pk", flat=True)}


def _visible(records: Iterable[tuple[str, int]], user: Any) -> Iterator[tuple[str, Any]]:
    """One statement a record type."""
    from fedele.records.registry import registry

    wanted: dict[str, set[int]] = {}
    for name, pk in records:
        wanted.setdefault(name, set()).add(pk)
    for name, ids in wanted.items():
        if known := registry.get(name):
            yield name, known.model.objects.visible_to(user).filter(pk__in=ids)


def _told(notice: Notice, seen: set[tuple[str, int]]) -> Told:
    if notice.record_id and (notice.record_type, notice.record_id) not in seen:
        return Told(notice, _("This is about something you can no longer see."), "", "eye-off", is_hidden=True)
    kind = kinds.get(notice.kind)
    actor = str(notice.actor) if notice.actor else _("Fedele")
    text = kind.sentence(actor, notice.title, notice.data) if kind else notice.title
    return Told(notice, text, notice.title, kind.icon if kind else "bell")
