"""What is planned with a customer, and who spoke to them last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from fedele.calendar.activities.kinds import Kind, State
from fedele.calendar.activities.models import Activity
from fedele.people.handovers.briefing import Line, Lines, adds_briefing, known_to, read_once
from fedele.records.registry import registry
from fedele.ui.moments import date

KEYS = ("company", "contact", "lead")
#: Planned and past ones that are named.
SHOWN = 5


@adds_briefing(*KEYS, label=gettext_lazy("Planned activities"), order=35, phone=35)
def planned(records: Sequence[Any], reader: Any) -> Lines:
    return {pk: [_planned(one) for one in some if one.is_planned] for pk, some in _known(records, reader).items()}


@adds_briefing(*KEYS, label=gettext_lazy("Who spoke to them last"), order=65, phone=60)
def spoken(records: Sequence[Any], reader: Any) -> Lines:
    """When, who, how, about what, and how it went."""
    return {pk: [_spoken(one) for one in some if not one.is_planned] for pk, some in _known(records, reader).items()}


def _planned(one: Activity) -> Line:
    parts = (date(one.due_on), f"{capfirst(one.get_kind_display())}: {one}", str(one.owner or ""))
    return Line(" – ".join(part for part in parts if part), _url(one), "bad" if one.is_late else "")


def _spoken(one: Activity) -> Line:
    said = one.report or (one.get_outcome_display() if one.outcome != "done" else "")
    parts = (date(one.done_at), str(one.owner or ""), f"{one.get_kind_display()}: {one}", said)
    return Line(" – ".join(part for part in parts if part), _url(one))


def _url(one: Activity) -> str:
    return registry.by_key("activity").url(one.pk)


def _known(records: Sequence[Any], reader: Any) -> dict[int, list[Activity]]:
    if not records or not reader.rights.may("view", "activity"):
        return {}
    return read_once(records, reader, "activities", lambda: _read(records, reader))


def _read(records: Sequence[Any], reader: Any) -> dict[int, list[Activity]]:
    """The next planned ones and the last times each customer was spoken to; tasks are no talk."""
    found: dict[int, list[Activity]] = defaultdict(list)
    key = str(records[0].record_type)
    wanted = known_to(reader, Activity.objects).filter(
        Q(state=State.PLANNED) | Q(state=State.DONE) & ~Q(kind=Kind.TASK),
        **{f"{key}__in": [record.pk for record in records]},
    )
    # What is planned was done on no day, so that its own day decides.
    order = [F("done_at").desc(nulls_last=True), F("due_on").asc(nulls_last=True), F("pk").asc()]
    numbered = wanted.annotate(nth=Window(RowNumber(), partition_by=[key, "state"], order_by=order))
    for one in numbered.filter(nth__lte=SHOWN).select_related("owner").order_by(key, "state", "nth"):
        found[getattr(one, f"{key}_id")].append(one)
    return found
