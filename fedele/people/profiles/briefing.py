"""What whoever takes a customer over must know: promises still open, and the newest saying of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.people.handovers.briefing import MOST_LINES, Line, Lines, adds_briefing
from fedele.people.profiles.keeping import AgreementState
from fedele.people.profiles.models import Agreement, Observation, Side
from fedele.records.registry import registry
from fedele.ui.moments import date

KEYS = ("company", "contact", "lead")


@adds_briefing(*KEYS, label=gettext_lazy("Open agreements"), order=25, phone=40)
def open_agreements(records: Sequence[Any], reader: Any) -> Lines:
    key = records[0].record_type if records else "company"
    found: Lines = defaultdict(list)
    agreements = Agreement.objects.visible_to(reader).filter(
        state=AgreementState.OPEN, **{f"{key}__in": [record.pk for record in records]}
    )
    for one in agreements.select_related("owner").order_by(F("due_on").asc(nulls_last=True), "pk").iterator():
        lines = found[getattr(one, f"{key}_id")]
        if len(lines) < MOST_LINES:
            who = _("we promised") if one.side == Side.US else _("they promised")
            until = _(", until %(day)s") % {"day": date(one.due_on)} if one.due_on else ""
            whose = one.owner if one.side == Side.US else one.said_by
            text = f"{who}: {one.subject}{until}" + (f" ({whose})" if whose else "")
            lines.append(Line(text, registry.by_key("agreement").url(one.pk), "bad" if one.is_overdue else ""))
    return dict(found)


@adds_briefing(*KEYS, label=gettext_lazy("What we know"), order=50, phone=80)
def what_we_know(records: Sequence[Any], reader: Any) -> Lines:
    key = records[0].record_type if records else "company"
    found: dict[int, dict[str, str]] = defaultdict(dict)
    said = Observation.objects.visible_to(reader).filter(**{f"{key}__in": [record.pk for record in records]})
    for one in said.order_by("-noted_on", "-pk").iterator():
        found[getattr(one, f"{key}_id")].setdefault(
            one.kind, f"{one.get_kind_display()}: {one.text} ({date(one.noted_on)})"
        )
    return {pk: list(lines.values()) for pk, lines in found.items()}
