"""What sales knows of a customer: what it bought, what is open, and what was to happen next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fedele.people.handovers.briefing import Line, Lines, adds_briefing, known_to, read_once
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.opportunities.winning import Outcome
from fedele.ui.amounts import money
from fedele.ui.moments import date

#: Open ones, and purchases, that are named.
SHOWN = 6


@adds_briefing("company", label=_("Open opportunities and next steps"), order=30, phone=30)
def open_opportunities(records: Sequence[Any], reader: Any) -> Lines:
    return {
        pk: [_open_line(one, reader) for one in some if one.is_open] for pk, some in _known(records, reader).items()
    }


@adds_briefing("company", label=_("What they bought"), order=27, phone=20)
def bought(records: Sequence[Any], reader: Any) -> Lines:
    """The latest first; how many in all stands in the situation."""
    return {
        pk: [_won_line(one, reader) for one in some if not one.is_open] for pk, some in _known(records, reader).items()
    }


def _open_line(one: Opportunity, reader: Any) -> Line:
    day = f" ({date_format(one.next_step_on, 'SHORT_DATE_FORMAT')})" if one.next_step_on else ""
    parts = (str(one), str(one.stage), _amount(one, reader), f"{one.next_step}{day}")
    return Line(" – ".join(part for part in parts if part), _url(one), "warn" if one.is_late else "")


def _won_line(one: Opportunity, reader: Any) -> Line:
    parts = (date(one.closed_on), str(one), _amount(one, reader))
    return Line(" – ".join(part for part in parts if part), _url(one))


def _amount(one: Opportunity, reader: Any) -> str:
    return "" if reader.rights.hides("opportunity", "amount") or not one.amount else money(one.amount, one.currency)


def _url(one: Opportunity) -> str:
    return registry.by_key("opportunity").url(one.pk)


def _known(records: Sequence[Any], reader: Any) -> dict[int, list[Opportunity]]:
    """The largest open ones and the latest won ones of each company."""
    if not reader.rights.may("view", "opportunity"):
        return {}
    return read_once(records, reader, "opportunities", lambda: _read(records, reader))


def _read(records: Sequence[Any], reader: Any) -> dict[int, list[Opportunity]]:
    found: dict[int, list[Opportunity]] = defaultdict(list)
    wanted = known_to(reader, Opportunity.objects).filter(
        company__in=[record.pk for record in records], outcome__in=(Outcome.OPEN, Outcome.WON)
    )
    # Of open ones no closing day is known, so that their amounts decide.
    order = [F("closed_on").desc(nulls_last=True), F("amount").desc(), F("pk").asc()]
    numbered = wanted.annotate(nth=Window(RowNumber(), partition_by=["company", "outcome"], order_by=order))
    for one in numbered.filter(nth__lte=SHOWN).select_related("stage").order_by("company_id", "outcome", "nth"):
        found[one.company_id].append(one)
    return found
