"""What sales knows of a customer: what it bought, what is open, and what was to happen next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fedele.people.handovers.briefing import Line, Lines, adds_briefing, known_to
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.opportunities.winning import Outcome
from fedele.ui.amounts import money
from fedele.ui.moments import date

#: Purchases that are named.
SHOWN = 5


@adds_briefing("company", label=_("Open opportunities and next steps"), order=30, phone=30)
def open_opportunities(records: Sequence[Any], reader: Any) -> Lines:
    if not reader.rights.may("view", "opportunity"):
        return {}
    found: Lines = defaultdict(list)
    url, hidden = registry.by_key("opportunity").url, reader.rights.hides("opportunity", "amount")
    wanted = known_to(reader, Opportunity.objects).filter(company__in=_ids(records), outcome=Outcome.OPEN)
    for one in wanted.select_related("stage").order_by("company_id", "-amount", "pk"):
        step = (
            f"{one.next_step} ({date_format(one.next_step_on, 'SHORT_DATE_FORMAT')})"
            if one.next_step_on
            else one.next_step
        )
        amount = "" if hidden or not one.amount else money(one.amount, one.currency)
        text = " – ".join(part for part in (str(one), str(one.stage), amount, step) if part)
        found[one.company_id].append(Line(text, url(one.pk), "warn" if one.is_late else ""))
    return found


@adds_briefing("company", label=_("What they bought"), order=27, phone=20)
def bought(records: Sequence[Any], reader: Any) -> Lines:
    """The latest first; how many in all stands in the situation."""
    if not reader.rights.may("view", "opportunity"):
        return {}
    found: Lines = defaultdict(list)
    url, hidden = registry.by_key("opportunity").url, reader.rights.hides("opportunity", "amount")
    for one in _latest_won(records, reader):
        amount = "" if hidden or not one.amount else money(one.amount, one.currency)
        text = " – ".join(part for part in (date(one.closed_on), str(one), amount) if part)
        found[one.company_id].append(Line(text, url(one.pk)))
    return found


def _latest_won(records: Sequence[Any], reader: Any) -> Any:
    """So many of each company, in one statement."""
    won = known_to(reader, Opportunity.objects).filter(company__in=_ids(records), outcome=Outcome.WON)
    row = Window(RowNumber(), partition_by="company", order_by=[F("closed_on").desc(nulls_last=True), F("pk").desc()])
    return won.annotate(nth=row).filter(nth__lte=SHOWN).order_by("company_id", "nth")


def _ids(records: Sequence[Any]) -> list[int]:
    return [record.pk for record in records]
