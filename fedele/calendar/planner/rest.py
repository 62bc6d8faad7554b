"""When nobody works, as the grid draws it: grey behind everything, with the name of a day on which the company is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from fedele.calendar.hours.times import Times
from fedele.calendar.hours.week import Span, joined
from fedele.calendar.planner.asking import Asked


def rest_events(plan: Asked, times: Times) -> list[dict[str, Any]]:
    if plan.view == "people":
        return [
            _behind(day, (0, 24 * 60), str(one.pk))
            for one in plan.people
            for day in plan.days
            if not times.is_workday(one.pk, day)
        ]
    named = [_named(plan, day, why) for day, why in times.closed.items()]
    if plan.view == "month":
        return [*named, *(_whole(day) for day in plan.days if not _worked(plan, times, day))]
    if plan.is_side_by_side:
        return [*named, *(_behind(plan.day, span, str(pk)) for pk, span in _free_of_each(plan, times))]
    return [*named, *(_behind(day, span) for day in plan.days for span in _free(_worked(plan, times, day)))]


def _worked(plan: Asked, times: Times, day: dt.date) -> tuple[Span, ...]:
    """The hours in which anybody shown works: what is grey suits nobody."""
    return joined(span for one in plan.people for span in times.spans(one.pk, day))


def _free_of_each(plan: Asked, times: Times) -> Iterator[tuple[int, Span]]:
    for one in plan.people:
        for span in _free(times.spans(one.pk, plan.day)):
            yield one.pk, span


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


def _named(plan: Asked, day: dt.date, why: str) -> dict[str, Any]:
    """Above the hours of the day, in the column of each; nothing one could move."""
    of_all = {"resourceIds": [str(one.pk) for one in plan.people]} if plan.is_side_by_side else {}
    return {**_whole(day), "id": f"closed-{day}", "title": why, "display": "auto", "classNames": ["closed"], **of_all}
