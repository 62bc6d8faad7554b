"""Putting a notice, or all of a record, off until later; it comes back unread by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.notices.deciding import held_until, kind_of
from fedele.notices.manners import Mute, manner_of
from fedele.notices.models import Notice

EVENING, MORNING = dt.time(18), dt.time(8)


@dataclass(frozen=True)
class Moment:
    key: str
    label: str
    at: dt.datetime


def moments() -> list[Moment]:
    """What is offered now; "this evening" only while it lies ahead, and on Sundays the next week begins tomorrow."""
    first_at = {one.at: one for one in reversed(_ahead())}
    return sorted(first_at.values(), key=lambda one: one.at)


def _ahead() -> list[Moment]:
    now = timezone.localtime()
    today = now.date()
    offered = [
        Moment("hour", _("In an hour"), now + dt.timedelta(hours=1)),
        Moment("evening", _("This evening"), _at(today, EVENING)),
        Moment("tomorrow", _("Tomorrow morning"), _at(today + dt.timedelta(days=1), MORNING)),
        Moment("week", _("Next week"), _at(today + dt.timedelta(days=7 - today.weekday()), MORNING)),
    ]
    return [one for one in offered if one.at > now]


def moment_of(key: str, day: str = "") -> dt.datetime | None:
    """From what a form says: one of the moments, or the morning of a day to come. None: neither."""
    if key != "day":
        return next((one.at for one in _ahead() if one.key == key), None)
    try:
        at = _at(dt.date.fromisoformat(day), MORNING)
    except ValueError:
        return None
    return at if timezone.now() < at < timezone.now() + dt.timedelta(days=730) else None


def snooze(notice: Notice, until: dt.datetime, *, whole: bool = False) -> int:
    """Until then it is out of the inbox. `whole`: also all else about the record, and what will yet be told of it."""
    with transaction.atomic():
        mine = Notice.objects.filter(user_id=notice.user_id)
        if whole and notice.record_id:
            _mute(notice, until)
            mine = mine.about(notice).unread().filter(shown_at__lt=until) | mine.filter(pk=notice.pk)
        else:
            mine = mine.filter(pk=notice.pk)
        notice.shown_at = until
        held = held_until(notice, kind_of(notice), manner_of(notice.user))
        return mine.update(shown_at=until, read_at=None, held_until=held)


def wake(notice: Notice) -> None:
    """Back in the inbox now."""
    Notice.objects.filter(pk=notice.pk).update(shown_at=timezone.now(), held_until=None)


def mute(notice: Notice) -> None:
    """Nothing more is told of the record; what was told counts as read."""
    with transaction.atomic():
        _mute(notice, None)
        Notice.objects.about(notice).unread().update(read_at=timezone.now(), held_until=None)


def unmute(user: Any, record_type: str, record_id: int) -> None:
    Mute.objects.filter(user=user, record_type=record_type, record_id=record_id).delete()


def _mute(notice: Notice, until: dt.datetime | None) -> None:
    about = {"user_id": notice.user_id, "record_type": notice.record_type, "record_id": notice.record_id}
    Mute.objects.update_or_create(**about, defaults={"until": until})


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
