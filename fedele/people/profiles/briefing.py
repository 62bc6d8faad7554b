"""What whoever takes a customer over must know: promises still open, and the newest saying of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.people.handovers.briefing import MOST_LINES, Line, Lines, adds_briefing, is_handing_over
from fedele.people.profiles.keeping import AgreementState
from fedele.people.profiles.kinds import FactKind
from fedele.people.profiles.models import Agreement, Observation, Side
from fedele.people.profiles.reading import Saying, profile_of
from fedele.records.registry import registry
from fedele.ui.moments import date

KEYS = ("company", "contact", "lead")


@adds_briefing(*KEYS, label=gettext_lazy("Open agreements"), order=25, phone=25)
def open_agreements(records: Sequence[Any], reader: Any) -> Lines:
    if _on_a_page(records):
        profile = profile_of(records[0], reader)
        return {records[0].pk: [_promise(one, one.by) for one in profile.agreements] if profile else []}
    key = records[0].record_type if records else "company"
    found: Lines = defaultdict(list)
    agreements = Agreement.objects.visible_to(reader).filter(
        state=AgreementState.OPEN, **{f"{key}__in": [record.pk for record in records]}
    )
    for one in agreements.select_related("owner").order_by(F("due_on").asc(nulls_last=True), "pk").iterator():
        lines = found[getattr(one, f"{key}_id")]
        if len(lines) < MOST_LINES:
            lines.append(_promise(_saying(one), str(one.owner or "")))
    return dict(found)


@adds_briefing(*KEYS, label=gettext_lazy("What we know"), order=50, phone=80)
def what_we_know(records: Sequence[Any], reader: Any) -> Lines:
    if _on_a_page(records):
        profile = profile_of(records[0], reader)
        known = profile.known.values() if profile else ()
        return {records[0].pk: [_known(one.latest.kind, one.latest.text, one.latest.day) for one in known]}
    key = records[0].record_type if records else "company"
    found: dict[int, dict[str, str]] = defaultdict(dict)
    said = Observation.objects.visible_to(reader).filter(**{f"{key}__in": [record.pk for record in records]})
    for one in said.order_by("-noted_on", "-pk").iterator():
        found[getattr(one, f"{key}_id")].setdefault(one.kind, _known(one.kind, one.text, one.noted_on))
    return {pk: list(lines.values()) for pk, lines in found.items()}


def _on_a_page(records: Sequence[Any]) -> bool:
    """Of a single one the profile is read anyway, for its warnings."""
    return len(records) == 1 and not is_handing_over()


def _promise(one: Saying, owner: str) -> Line:
    ours = one.kind == Side.US
    until = _(", until %(day)s") % {"day": date(one.until)} if one.until else ""
    whose = owner if ours else one.said_by
    side = _("we promised") if ours else _("they promised")
    # Texts are not collected out of an f-string.
    text = f"{side}: {one.text}{until}" + (f" ({whose})" if whose else "")
    return Line(text, registry.by_key("agreement").url(one.pk), "bad" if one.is_past else "")


def _saying(one: Agreement) -> Saying:
    return Saying(
        "agreement",
        one.pk,
        one.side,
        one.subject,
        None,
        one.said_by,
        one.source,
        one.made_on,
        one.due_on,
        one.state,
        "",
        "",
    )


def _known(kind: str, text: str, day: Any) -> str:
    return f"{FactKind(kind).label}: {text} ({date(day)})"
