"""The page of the calendar, and what its grid asks for again after something changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.calendar.activities.kinds import Kind
from fedele.calendar.planner.asking import KEYS, VIEWS, Asked, asked
from fedele.calendar.planner.colleagues import MOST_SHOWN, TONES, by_team, colleagues
from fedele.calendar.planner.happenings import MOST, Happening, happenings
from fedele.calendar.planner.hours import CLOSES, FIRST_SHOWN, OPENS, WORKDAYS, hours
from fedele.ui import render


@dataclass(frozen=True)
class Day:
    date: Any
    rows: list[Happening]
    is_workday: bool


def calendar(request: HttpRequest) -> HttpResponse:
    everybody, plan = _read(request)
    rows, more = happenings(request.user, plan.people, plan.first, plan.last, plan.kinds)
    tones = tones_of(plan, rows)
    context = {
        "plan": plan,
        "layouts": [(key, label, plan.address(view=key), KEYS[key]) for key, label in VIEWS.items()],
        "teams": by_team(everybody),
        "chosen": {one.pk for one in plan.people},
        "names": {one.pk: str(one) for one in plan.people},
        "kinds": Kind.choices,
        "days": _days(plan, rows),
        "tones": tones,
        "legend": _legend(plan, tones),
        "load": _load(plan.people, rows),
        "more": MOST if more else 0,
        "most_people": MOST_SHOWN,
        "today": timezone.localdate(),
        "may_create": request.user.rights.may("create", "activity"),
        "grid": json.dumps(_grid(plan, rows, tones)),
    }
    return render(request, "calendar/planner/calendar.html", context)


def events(request: HttpRequest) -> HttpResponse:
    """The same as the page holds, for the grid that is already there."""
    _everybody, plan = _read(request)
    rows, more = happenings(request.user, plan.people, plan.first, plan.last, plan.kinds)
    answer = JsonResponse({"events": _events(rows, tones_of(plan, rows)), "more": more})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _read(request: HttpRequest) -> tuple[list[Any], Asked]:
    if not request.user.rights.may("view", "activity"):
        raise PermissionDenied(_("Your role does not include activities."))
    everybody = colleagues(request.user)
    return everybody, asked(request.GET, everybody, request.user)


def tones_of(plan: Asked, rows: Iterable[Happening]) -> dict[Any, int]:
    """One colour a person; when there is only one person, one a kind."""
    if len(plan.people) > 1:
        return {one.pk: at % TONES for at, one in enumerate(plan.people)}
    return {kind: at % TONES for at, kind in enumerate(Kind.values)}


def _tone(row: Happening, tones: dict[Any, int]) -> int:
    return tones.get(row.owner_id, tones.get(row.kind, 0))


def _legend(plan: Asked, tones: dict[Any, int]) -> list[tuple[str, int]]:
    if len(plan.people) > 1:
        return [(str(one), tones[one.pk]) for one in plan.people]
    return [(str(kind.label).capitalize(), tones[kind.value]) for kind in Kind]


def _days(plan: Asked, rows: list[Happening]) -> list[Day]:
    by_day: dict[Any, list[Happening]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    return [Day(day, by_day.get(day, []), day.weekday() in WORKDAYS) for day in plan.days]


def _load(people: Iterable[Any], rows: Iterable[Happening]) -> dict[int, int]:
    """Minutes of what has a time, by person: for who looks where there is room."""
    load = {one.pk: 0 for one in people}
    for row in rows:
        if row.at and row.state != "done" and row.owner_id in load:
            load[row.owner_id] += row.minutes
    return load


def _events(rows: list[Happening], tones: dict[Any, int]) -> list[dict[str, Any]]:
    return [{**row.as_event(), "classNames": [f"tone-{_tone(row, tones)}", *row.marks]} for row in rows]


def _grid(plan: Asked, rows: list[Happening], tones: dict[Any, int]) -> dict[str, Any]:
    """All the grid needs to draw itself."""
    load = _load(plan.people, rows)
    return {
        "view": plan.view,
        "first": plan.first.isoformat(),
        "day": plan.day.isoformat(),
        "scroll": (OPENS if plan.view != "day" else FIRST_SHOWN).isoformat(),
        "from": FIRST_SHOWN.isoformat(),
        "to": CLOSES.replace(hour=CLOSES.hour + 2).isoformat(),
        "resources": [
            {"id": str(one.pk), "title": str(one), "extendedProps": {"load": hours(load[one.pk])}} for one in plan.people
        ],
        "events": _events(rows, tones),
        "feed": f"/calendar/events/{plan.address()}",
        "owner": str(plan.people[0].pk) if len(plan.people) == 1 else "",
    }  # fmt: skip
