"""The month of a record type: every record on the day of its declared date."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from fedele.records.listing.filters import chips_of, quick_filters
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.ui import render

#: Shown on one day; the rest is a number that leads to the list of that day.
PER_DAY = 4


@dataclass
class Day:
    date: dt.date
    inside: bool
    count: int = 0
    records: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""


def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    record_type = registry.by_slug(slug)
    if record_type.calendar is None:
        raise Http404
    if not request.user.rights.may("view", record_type.key):
        return render(request, "records/no_permission.html", {"record_type": record_type}, status=403)
    data = request.GET.copy()
    named = {condition.partition(".")[0] for condition in data.getlist("f")}
    only = [one for one in QueryDict(record_type.calendar.only).getlist("f") if one.partition(".")[0] not in named]
    data.setlist("f", [*data.getlist("f"), *only])
    data.pop("view", None)
    query = ListQuery.read(record_type, request.user, data)
    first = _month(request.GET.get("month", ""))
    context = {
        "record_type": record_type,
        "query": query,
        "weeks": _weeks(query, first),
        "first": first,
        "layout": "calendar",
        "before": (first - dt.timedelta(days=1)).strftime("%Y-%m"),
        "after": (first + dt.timedelta(days=32)).strftime("%Y-%m"),
        "today": timezone.localdate(),
        "chips": chips_of(query),
        "quick": quick_filters(query),
        "may": {"create": request.user.rights.may("create", record_type.key)},
    }
    return render(request, "records/calendar.html", context)


def _month(text: str) -> dt.date:
    """The first day of the month named; of this one when it is no month people plan in."""
    try:
        first = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        first = dt.date.min
    return first if 1900 <= first.year <= 2999 else timezone.localdate().replace(day=1)


def _weeks(query: ListQuery, first: dt.date) -> list[list[Day]]:
    weeks = [
        [Day(day, day.month == first.month) for day in week]
        for week in months.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    ]
    days = {day.date: day for week in weeks for day in week}
    _fill(query, days)
    return weeks


def _fill(query: ListQuery, days: dict[dt.date, Day]) -> None:
    """Two statements: how many on each day, and the first few of them all."""
    assert query.record_type.calendar is not None
    name = query.record_type.calendar.date
    records = query.records().filter(**{f"{name}__gte": min(days), f"{name}__lte": max(days)})
    for row in records.order_by().values(name).annotate(n=Count("pk")):
        days[row[name]].count = row["n"]
    for record in _first_of_each(query, records, name, days):
        day = days[getattr(record, name)]
        if len(day.records) < PER_DAY:
            day.records.append((str(record), query.record_type.url(record.pk)))
    base = query.record_type.url()
    for day in days.values():
        conditions = "&".join(f"f={condition}" for condition in map(str, query.conditions))
        day.url = f"{base}?{conditions}&f={name}.on:{day.date.isoformat()}"


def _first_of_each(query: ListQuery, records: Any, name: str, days: dict[dt.date, Day]) -> list[Any]:
    """At most PER_DAY of each day, also when one day holds thousands."""
    busy = [day for day in days.values() if day.count > PER_DAY * 5]
    calm = [day.date for day in days.values() if 0 < day.count <= PER_DAY * 5]
    found: list[Any] = list(records.filter(**{f"{name}__in": calm}).order_by(name, "pk"))
    for day in busy[:5]:
        found += list(records.filter(**{name: day.date}).order_by("pk")[:PER_DAY])
    return found
