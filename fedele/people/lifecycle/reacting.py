"""Which companies something written concerns; and the signs of this department: how satisfied customers say they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from fedele.base.models import records_written
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.lifecycle.facts import Sign, gives_signs
from fedele.people.lifecycle.phases import PROSPECTS, Phase
from fedele.people.lifecycle.settling import settle_buyers
from fedele.people.profiles.kinds import FactKind
from fedele.people.profiles.models import Observation


def companies_of(records: Sequence[Any], changed: set[str] | None) -> set[int | None]:
    """Those the records belong to, and those they belonged to until this write."""
    found = {record.company_id for record in records}
    if changed and "company" in changed:
        found |= _left(records)
    return found


def _left(records: Sequence[Any]) -> Iterable[int | None]:
    entries = Entry.objects.filter(
        record_type=records[0].record_type, record_id__in=[record.pk for record in records], changes__has_key="company"
    )
    latest = {key: changes["company"] for key, changes in entries.order_by("id").values_list("record_id", "changes")}
    return {before for before, _after in latest.values()}


@gives_signs(
    "satisfaction", of="observation", label=_("satisfaction of at most (1 to 5)"), unit="mark", limit=2,
    words=_("satisfaction %(value)s of 5, said on %(since)s"),
)  # fmt: skip
def how_satisfied(companies: Sequence[int]) -> dict[int, Sign]:
    """The latest mark of each; one no longer valid ends with its day."""
    said = Observation.objects.filter(
        company__in=companies, kind=FactKind.SATISFACTION, value__isnull=False, trashed_at=None
    ).order_by("noted_on", "pk")
    rows = said.values_list("company_id", "noted_on", "valid_until", "value")
    return {company: Sign(day, until, float(value)) for company, day, until, value in rows}


@receiver(records_written, sender=Company, dispatch_uid="life cycle of who is called something else")
def follow_kind(records: Sequence[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    """Decided by the database: what is in memory may be from before a purchase of this very act."""
    if changed is not None and "kind" in changed:
        known = Company.objects.filter(pk__in=[one.pk for one in records], phase__in=("", Phase.PROSPECT))
        known.filter(kind__in=PROSPECTS).exclude(phase=Phase.PROSPECT).update(phase=Phase.PROSPECT)
        known.exclude(kind__in=PROSPECTS).exclude(phase="").update(phase="")


@receiver(records_written, sender=Observation, dispatch_uid="life cycle of who said something")
def hear(records: Sequence[Any], changed: set[str] | None, **_kwargs: Any) -> None:
    said = [one for one in records if one.kind == FactKind.SATISFACTION or (changed and "kind" in changed)]
    if said:
        settle_buyers(companies_of(said, changed))
