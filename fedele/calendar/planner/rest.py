"""When nobody works, as the grid draws it: grey behind everything, with the name of a day on which the company is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from fedele.calendar.hours.times import Times
from fedele.calendar.hours.week import Span
from fedele.calendar.planner.asking import Asked


def rest_events(plan: Asked, times: Times) -> list[dict[str, Any]]:
    named = [] if plan.view == "people" else [_named(day, why) for day, why in times.closed.items()]
    if plan.view == "people":
        return [
            _behind(day, (0, 24 * 60), str(one.pk))
            for one in plan.people
            for day in plan.days
            if not times.is_workday(one.pk, day)
        ]
    if plan.view == "month":
        return [*named, *(_whole(day) for day in plan.days if not _worked(plan, times, day))]
    return [*named, *(_behind(day, span) for day in plan.days for span in _free(_worked(plan, times, day)))]


def _worked(plan: Asked, times: Times, day: dt.date) -> tuple[Span, ...]:
    """The hours of the one shown; of several people beside each other, those of the company."""
    return times.spans(plan.people[0].pk if len(plan.people) == 1 else None, day)


def _free(worked: tuple[Span, ...]) -> Iterator[Span]:
    at = 0
    for begins, ends in worked:
        if begins > at:
            yield at, begins
        at = ends
    if at < 24 * 60:
        yield at, 24 * 60


def _behind(day: dt.date, span: Span, resource: str = "") -> dict[str, Any]:
    midnight = dt.datetime.combine(day, dt.time())
    begins, ends = (midnight + dt.timedelta(minutes=at) for at in span)
    event = {
        "id": f"rest-{begins:%Y%m%d%H%M}-{resource}", "display": "background", "classNames": ["rest"],
        "start": begins.isoformat(timespec="minutes"), "end": ends.isoformat(timespec="minutes"),
    }  # fmt: skip
    return {**event, "resourceId": resource} if resource else event


def _whole(day: dt.date) -> dict[str, Any]:
    return {**_behind(day, (0, 24 * 60)), "allDay": True}


def _named(day: dt.date, why: str) -> dict[str, Any]:
    """Above the hours of the day; nothing one could move."""
    return {**_whole(day), "id": f"closed-{day}", "title": why, "display": "auto", "classNames": ["closed"]}
