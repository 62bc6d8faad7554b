"""The page of the calendar, and what its grid asks for again after something changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from fedele.calendar.activities.kinds import Kind
from fedele.calendar.hours.times import Times, times_of
from fedele.calendar.hours.words import clock, hours
from fedele.calendar.planner.asking import KEYS, VIEWS, Asked, asked
from fedele.calendar.planner.colleagues import MOST_SHOWN, TONES, by_team, colleagues
from fedele.calendar.planner.customer import asked_for, customer_of, page_of, whole_url
from fedele.calendar.planner.happenings import MOST, happenings
from fedele.calendar.planner.load import load_of
from fedele.calendar.planner.rest import rest_events
from fedele.calendar.planner.shown import Happening
from fedele.ui import render

#: Rows of one day in the list of a week or a month; there is a way to the whole day.
MOST_A_DAY = 12
#: Minutes of the day the grid begins and ends with, at least.
FIRST_SHOWN, LAST_SHOWN = 7 * 60, 20 * 60


@dataclass(frozen=True)
class Day:
    date: Any
    rows: list[Happening]
    is_workday: bool
    #: Why the company is closed on it.
    closed: str = ""
    #: How many more there are on that day.
    more: int = 0


def calendar(request: HttpRequest) -> HttpResponse:
    everybody, plan = _read(request)
    rows, more = happenings(request.user, plan.people, plan.first, plan.last, plan.kinds)
    tones = tones_of(plan, rows)
    times = times_of([one.pk for one in plan.people], plan.first, plan.last)
    customer = customer_of(plan.customer, request.user)
    context = {
        "plan": plan,
        "customer": customer,
        "customer_url": page_of(customer) if customer else "",
        # What each form of something new is told besides day and hour.
        "asked": asked_for(customer, request.user),
        "plain_new": whole_url(customer) or reverse("calendar_new"),
        "layouts": [(key, label, plan.address(view=key), KEYS[key]) for key, label in VIEWS.items()],
        "teams": by_team(everybody),
        "chosen": {one.pk for one in plan.people},
        "names": {one.pk: str(one) for one in plan.people},
        "kinds": Kind.choices,
        "days": _days(plan, rows, times),
        "tones": tones,
        "legend": _legend(plan, tones),
        "more": MOST if more else 0,
        "most_people": MOST_SHOWN,
        "today": timezone.localdate(),
        "may_create": request.user.rights.may("create", "activity"),
        "grid": quoted(json.dumps(_grid(plan, rows, tones, times), ensure_ascii=False, separators=(",", ":"))),
    }
    return render(request, "calendar/planner/calendar.html", context)


def quoted(text: str) -> Markup:
    """For an attribute in single quotes: in double ones each quote of it would take five letters more."""
    return Markup(text.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;"))  # noqa: S704


def events(request: HttpRequest) -> HttpResponse:
    """The same as the page holds, for the grid that is already there."""
    _everybody, plan = _read(request)
    rows, more = happenings(request.user, plan.people, plan.first, plan.last, plan.kinds)
    times = times_of([one.pk for one in plan.people], plan.first, plan.last)
    shown = [*_events(rows, tones_of(plan, rows)), *rest_events(plan, times)]
    answer = JsonResponse({"events": shown, "more": more})
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


def _days(plan: Asked, rows: list[Happening], times: Times) -> list[Day]:
    by_day: dict[Any, list[Happening]] = {}
    for row in rows:
        for day in row.days(plan.first, plan.last):
            by_day.setdefault(day, []).append(row)
    most = MOST if plan.view in ("day", "list") else MOST_A_DAY
    return [_day(plan, day, by_day.get(day, []), most, times) for day in plan.days]


def _day(plan: Asked, day: Any, rows: list[Happening], most: int, times: Times) -> Day:
    works = any(times.is_workday(one.pk, day) for one in plan.people)
    return Day(day, rows[:most], works, times.closed.get(day, ""), max(0, len(rows) - most))


def _events(rows: list[Happening], tones: dict[Any, int]) -> list[dict[str, Any]]:
    return [{**row.as_event(), "classNames": [f"tone-{_tone(row, tones)}", *row.marks]} for row in rows]


def _grid(plan: Asked, rows: list[Happening], tones: dict[Any, int], times: Times) -> dict[str, Any]:
    """All the grid needs to draw itself."""
    load = load_of(plan, rows, times)
    weeks = [times.week_of(one.pk) for one in plan.people]
    opens, closes = min(week.opens for week in weeks), max(week.closes for week in weeks)
    return {
        "view": plan.view,
        "first": plan.first.isoformat(),
        "day": plan.day.isoformat(),
        "scroll": clock(max(0, opens - 60)),
        # Early and late work is outside, and reached by scrolling.
        "from": clock(min(FIRST_SHOWN, max(0, opens - 60))),
        "to": clock(min(24 * 60, max(LAST_SHOWN, closes + 60))),
        "resources": [
            {"id": str(one.pk), "title": str(one), "extendedProps": {"load": hours(load[one.pk])}} for one in plan.people
        ],
        "events": [*_events(rows, tones), *rest_events(plan, times)],
        "feed": f"/calendar/events/{plan.address()}",
        "owner": str(plan.people[0].pk) if len(plan.people) == 1 else "",
    }  # fmt: skip
