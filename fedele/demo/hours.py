"""When «Officine Aurora» works and when it is closed; and what is not at a customer’s: a fair, a series, a private hour."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from fedele.calendar.models import Activity, Closing, WorkingHours
from fedele.demo.agenda import keep

WEEK = [["08:30", "12:30", "13:30", "17:30"]] * 5
#: Who mends machines begins early.
EARLY = [["07:30", "12:00", "13:00", "16:30"]] * 5
#: Who fetches children from school.
HALF = [["08:30", "13:30"]] * 5
#: Those who work otherwise than the company does.
OTHERS = {"marco": EARLY, "elisa": HALF}
CLOSINGS = (
    ("Santi Faustino e Giovita", (2, 15), (2, 15)),
    ("Chiusura estiva", (8, 10), (8, 21)),
    ("Chiusura natalizia", (12, 24), (12, 31)),
)


def set_hours(today: dt.date) -> int:
    """Returns how many activities it planned."""
    people = {one.email.partition("@")[0]: one for one in get_user_model().objects.filter(is_active=True)}
    WorkingHours.objects.create(days=[*WEEK, [], []])
    for who in sorted(OTHERS.keys() & people.keys()):
        WorkingHours.objects.create(user=people[who], days=[*OTHERS[who], [], []])
    Closing.objects.bulk_create(
        Closing(
            name=name,
            first_day=dt.date(today.year - 1, *first),
            last_day=dt.date(today.year - 1, *last),
            every_year=True,
        )
        for name, first, last in CLOSINGS
    )
    return keep([row for who, values in _planned(today) if who in people for row in [_of(people[who], today, values)]])


def _planned(today: dt.date) -> list[tuple[str, dict[str, Any]]]:
    monday = today - dt.timedelta(days=today.weekday())
    on = lambda n: monday + dt.timedelta(days=n)  # noqa: E731
    meeting = {
        "kind": "meeting",
        "subject": "Riunione commerciale",
        "due_at": "08:30",
        "minutes": 60,
        "repeats": "weekly",
    }
    fair = {
        "kind": "meeting",
        "subject": "Fiera MECSPE, Bologna",
        "due_at": "09:00",
        "until_at": "18:00",
        "place": "BolognaFiere",
    }
    private = {"kind": "task", "subject": "Visita dal dentista", "due_at": "17:00", "minutes": 45, "private": True}
    return [
        ("luca", {**meeting, "due_on": on(7)}), ("giulia", {**meeting, "due_on": on(7)}),
        ("giulia", {**fair, "due_on": on(9), "until_on": on(11)}), ("giulia", {**private, "due_on": on(10)}),
        ("marco", {**private, "subject": "Colloquio a scuola", "due_on": on(8), "due_at": "16:00"}),
    ]  # fmt: skip


def _of(user: Any, today: dt.date, values: dict[str, Any]) -> Activity:
    planned = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=9), dt.time(9)))
    return Activity(owner=user, team=user.team, created_at=planned, updated_at=planned, **values)
