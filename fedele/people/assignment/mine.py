"""What was given to me, newest first: why, from where, and what happened to it so far one click away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from fedele.people.assignment.models import Handout
from fedele.people.assignment.shown import show
from fedele.records.registry import registry

PAGE = 50


@dataclass(frozen=True)
class Row:
    handout: Handout
    record: Any
    url: str
    line: str
    source: str


def mine(request: HttpRequest) -> HttpResponse:
    """?after= id of the last one seen."""
    found = Handout.objects.filter(user=request.user).select_related("absent", "actor").order_by("-at", "-id")
    if (after := request.GET.get("after", "")[:18]).isdigit():
        last = Handout.objects.filter(user=request.user, pk=int(after)).first()
        found = found.filter(at__lte=last.at, pk__lt=last.pk) if last else found
    handouts = list(found[: PAGE + 1])
    context = {
        "rows": rows_of(handouts[:PAGE], request.user),
        "more": handouts[PAGE - 1].pk if len(handouts) > PAGE else None,
    }
    return show(request, "mine.html", "mine", context)


def rows_of(handouts: list[Handout], user: Any) -> list[Row]:
    """Only what the user may still see; a statement for each type."""
    known: dict[tuple[str, int], Any] = {}
    for key in {one.record_type for one in handouts}:
        ids = [one.record_id for one in handouts if one.record_type == key]
        for record in registry.by_key(key).model.objects.visible_to(user).filter(pk__in=ids):
            known[key, record.pk] = record
    rows = []
    for one in handouts:
        record = known.get((one.record_type, one.record_id))
        if record is not None:
            record_type = registry.by_key(one.record_type)
            source = record.get_source_display() if hasattr(record, "get_source_display") else ""
            rows.append(Row(one, record, record_type.url(record.pk), record_type.second_line(record), source))
    return rows
