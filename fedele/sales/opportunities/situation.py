"""How sales stand with an opportunity, and with a company, in a few numbers for the top of their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.base.house import house
from fedele.records.adding import adds_tiles, scope_of
from fedele.records.beforehand import may_have, related_name
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity
from fedele.ui.amounts import money
from fedele.ui.moments import date

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Sold:
    """The opportunities of one outcome."""

    count: int = 0
    worth: Decimal | None = None
    weighted: Decimal | None = None
    #: What the first of them is called, and the latest day one was closed on.
    first: str = ""
    last_on: dt.date | None = None


#: Of an outcome no opportunity has.
NOTHING = Sold()


def situation_of(opportunity: Opportunity, hides: Callable[[str], bool]) -> list[dict[str, Any]]:
    """Tiles of one opportunity."""
    tiles = []
    if not hides("amount"):
        tiles.append({"label": _("Amount"), "value": money(opportunity.amount, opportunity.currency)})
        if opportunity.is_open and not hides("probability"):
            share = _("%(share)s%% likely") % {"share": opportunity.probability or 0}
            tiles.append(
                {
                    "label": _("Weighted"),
                    "value": money(opportunity.weighted_amount, opportunity.currency, False),
                    "note": share,
                }
            )
    if opportunity.is_closed:
        tiles.append(
            {
                "label": _("Closed on"),
                "value": date(opportunity.closed_on),
                "note": opportunity.get_loss_reason_display(),
            }
        )
        return tiles
    if opportunity.closes_on and not hides("closes_on"):
        tiles.append(
            {
                "label": _("Expected close"),
                "value": date(opportunity.closes_on),
                "note": _until(opportunity.closes_on),
                "level": "bad" if opportunity.is_late else "",
            }
        )
    days = opportunity.days_in_stage
    usual = ngettext("usually %(n)s day", "usually %(n)s days", opportunity.stage.expected_days) % {
        "n": opportunity.stage.expected_days
    }
    value = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return [
        *tiles,
        {"label": _("In this stage"), "value": value, "note": usual, "level": "warn" if opportunity.is_stalled else ""},
    ]


def _until(day: dt.date) -> str:
    days = (day - timezone.localdate()).days
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
    return _("today") if days == 0 else ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}


def alarms_of(opportunity: Opportunity) -> list[tuple[str, str]]:
    """(level, text) of what asks for attention."""
    alarms = []
    if opportunity.is_late:
        alarms.append(("bad", _("close date passed")))
    if opportunity.is_stalled:
        days = opportunity.days_in_stage
        alarms.append(("warn", ngettext("stalled for %(n)s day", "stalled for %(n)s days", days) % {"n": days}))
    return alarms


@adds_tiles("company", "contact", of_group=True)
def sales_with(customer: Any, user: Any) -> list[dict[str, Any]]:
    """Open, won and lost opportunities of a customer, as far as this user may see them; one statement, nothing for a new one."""
    by = customer.record_type
    if not user.rights.may("view", "opportunity") or not may_have(customer, related_name("opportunity", by)):
        return []
    found = _by_outcome(Opportunity.objects.visible_to(user).filter(**{f"{by}__in": scope_of(customer)}))
    if not found:
        return []
    hidden = user.rights.hides("opportunity", "amount")
    base = f"{registry.by_key('opportunity').url()}?f={by}.in:{','.join(map(str, scope_of(customer)))}&f=outcome.in:"
    return [
        _open_tile(found.get("open", NOTHING), hidden, f"{base}open"),
        _won_tile(found.get("won", NOTHING), hidden, f"{base}won&f=closed_on.last:{YEAR.days}"),
        _lost_tile(found.get("lost", NOTHING), hidden, f"{base}lost"),
    ]


def _by_outcome(seen: Any) -> dict[str, Sold]:
    """Of each outcome its sums, of won ones those of a year, and the first of them: the latest won, the largest open."""
    counted = ~Q(outcome="won") | Q(closed_on__gte=timezone.localdate() - YEAR)
    first = seen.filter(outcome=OuterRef("outcome")).order_by(F("closed_on").desc(nulls_last=True), "-amount", "-pk")
    rows = seen.values("outcome").order_by()
    rows = rows.annotate(
        count=Count("pk", filter=counted),
        worth=Sum("amount", filter=counted),
        # Divided afterwards: in a database that divides whole numbers a rest would be lost.
        weighted=Sum(F("amount") * F("probability")),
        first=Subquery(first.values("name")[:1]),
        last_on=Max("closed_on"),
    )
    return {row.pop("outcome"): Sold(**row) for row in rows}


def _open_tile(sold: Sold, hidden: bool, url: str) -> dict[str, Any]:
    words = {"n": sold.count, "amount": money(Decimal(sold.weighted or 0) / 100, house().currency, False)}
    return {
        "label": _("Open opportunities"),
        "value": str(sold.count) if hidden else money(sold.worth or 0, house().currency, False),
        "named": sold.first,
        "note": "" if hidden or not sold.count else _("%(n)s · forecast %(amount)s") % words,
        "url": url,
    }


def _won_tile(sold: Sold, hidden: bool, url: str) -> dict[str, Any]:
    """What was bought last is named though it was long ago: the sum of a year alone would say that they bought nothing."""
    note = ngettext("%(n)s opportunity", "%(n)s opportunities", sold.count) % {"n": sold.count}
    return {
        "label": _("Bought in 12 months"),
        "value": str(sold.count) if hidden else money(sold.worth or 0, house().currency, False),
        "named": " · ".join(filter(None, (date(sold.last_on), sold.first))) if sold.first else "",
        "note": "" if hidden or not sold.count else note,
        "url": url,
    }


def _lost_tile(sold: Sold, hidden: bool, url: str) -> dict[str, Any]:
    """The last of the strip, as it asks for nothing."""
    worth = _("worth %(amount)s") % {"amount": money(sold.worth or 0, house().currency, False)}
    return {
        "label": _("Lost opportunities"),
        "value": str(sold.count),
        "note": "" if hidden or not sold.count else worth,
        "url": url,
        "order": 95,
    }
