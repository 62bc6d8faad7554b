"""What is planned with a customer, and who spoke to them last."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
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


#: When something was said, and the line that tells it.
Said = tuple[dt.datetime, Line]
_others: list[Callable[[Sequence[Any], Any], dict[int, list[Said]]]] = []


def adds_said(others: Any) -> Any:
    """Declares what else counts as having spoken to a customer: (records, reader) -> for each its last times."""
    _others.append(others)
    return others


@adds_briefing(*KEYS, label=gettext_lazy("Planned activities"), order=35, phone=35)
def planned(records: Sequence[Any], reader: Any) -> Lines:
    return {pk: [_planned(one) for one in some if one.is_planned] for pk, some in _known(records, reader).items()}


@adds_briefing(*KEYS, label=gettext_lazy("Who spoke to them last"), order=65, phone=28)
def spoken(records: Sequence[Any], reader: Any) -> Lines:
    """When, who, how, about what, and how it went; with what other departments know, the newest first."""
    found: dict[int, list[Said]] = defaultdict(list)
    for pk, some in _known(records, reader).items():
        found[pk] += [(one.done_at, _spoken(one)) for one in some if one.done_at and not one.is_planned]
    for others in _others:
        for pk, said in others(records, reader).items():
            found[pk] += said
    newest = {pk: sorted(some, key=lambda one: one[0], reverse=True)[:SHOWN] for pk, some in found.items()}
    return {pk: [line for _at, line in some] for pk, some in newest.items()}


def _planned(one: Activity) -> Line:
    parts = (date(one.due_on), f"{capfirst(one.get_kind_display())}: {one}", str(one.owner or ""))
    return Line(" – ".join(part for part in parts if part), _url(one), "bad" if one.is_late else "")


def _spoken(one: Activity) -> Line:
    said = one.report or (str(one.get_outcome_display()) if one.outcome != "done" else "")
    kind, subject = str(one.get_kind_display()), str(one)
    # What was written down without a subject is called by how its report begins, or by kind and outcome.
    if said.startswith(subject) or subject == f"{kind}: {said}":
        subject = ""
    what = f"{kind}: {subject}" if subject else kind
    parts = (date(one.done_at), str(one.owner or ""), what, said)
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
