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
from fedele.people.handovers.briefing import Line, Lines, adds_briefing, known_to
from fedele.records.registry import registry
from fedele.ui.moments import date

KEYS = ("company", "contact", "lead")
#: Planned and past ones that are named.
PLANNED, SPOKEN = 5, 3


@adds_briefing(*KEYS, label=gettext_lazy("Planned activities"), order=35, phone=35)
def planned(records: Sequence[Any], reader: Any) -> Lines:
    found: Lines = defaultdict(list)
    key, url = _key(records), registry.by_key("activity").url
    order = [F("due_on").asc(nulls_last=True), F("pk").asc()]
    for one in _some(records, reader, Q(state=State.PLANNED), PLANNED, order):
        parts = (date(one.due_on), f"{capfirst(one.get_kind_display())}: {one}", str(one.owner or ""))
        text = " – ".join(part for part in parts if part)
        found[getattr(one, f"{key}_id")].append(Line(text, url(one.pk), "bad" if one.is_late else ""))
    return found


@adds_briefing(*KEYS, label=gettext_lazy("Who spoke to them last"), order=65, phone=60)
def spoken(records: Sequence[Any], reader: Any) -> Lines:
    """When, who, how, about what, and how it went."""
    found: Lines = defaultdict(list)
    key, url = _key(records), registry.by_key("activity").url
    order = [F("done_at").desc(nulls_last=True), F("pk").desc()]
    for one in _some(records, reader, Q(state=State.DONE) & ~Q(kind=Kind.TASK), SPOKEN, order):
        said = one.report or (one.get_outcome_display() if one.outcome != "done" else "")
        parts = (date(one.done_at), str(one.owner or ""), f"{one.get_kind_display()}: {one}", said)
        found[getattr(one, f"{key}_id")].append(Line(" – ".join(part for part in parts if part), url(one.pk)))
    return found


def _some(records: Sequence[Any], reader: Any, wanted: Q, most: int, order: list[Any]) -> Any:
    """The first few of each customer, in one statement."""
    if not reader.rights.may("view", "activity"):
        return []
    key = _key(records)
    found = known_to(reader, Activity.objects).filter(wanted, **{f"{key}__in": [record.pk for record in records]})
    numbered = found.annotate(nth=Window(RowNumber(), partition_by=key, order_by=order)).filter(nth__lte=most)
    return numbered.select_related("owner").order_by(key, "nth")


def _key(records: Sequence[Any]) -> str:
    return str(records[0].record_type) if records else "company"
