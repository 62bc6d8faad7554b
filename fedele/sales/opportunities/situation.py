"""How sales stand with an opportunity, and with a company, in a few numbers for the top of their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
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
#: Of an outcome no opportunity has: count, amount, weighted amount.
NOTHING = (0, 0, 0)


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


@adds_tiles("company", of_group=True)
def sales_with(company: Any, user: Any) -> list[dict[str, Any]]:
    """Open and won opportunities of a company, as far as this user may see them; one statement, nothing for a new company."""
    if not user.rights.may("view", "opportunity") or not may_have(company, related_name("opportunity", "company")):
        return []
    counted = ~Q(outcome="won") | Q(closed_on__gte=timezone.localdate() - YEAR)
    # Divided afterwards: in a database that divides whole numbers a rest would be lost.
    weighted = Sum(F("amount") * F("probability"))
    rows = (
        Opportunity.objects.visible_to(user)
        .filter(counted, company__in=scope_of(company))
        .values_list("outcome")
        .order_by()
    )
    found = {row[0]: row[1:] for row in rows.annotate(n=Count("pk"), sum=Sum("amount"), weighted=weighted)}
    if not found:
        return []
    hidden = user.rights.hides("opportunity", "amount")
    base = f"{registry.by_key('opportunity').url()}?f=company.in:{','.join(map(str, scope_of(company)))}&f=outcome.in:"
    return [
        _open_tile(*found.get("open", NOTHING), hidden, f"{base}open"),
        _won_tile(*found.get("won", NOTHING), hidden, f"{base}won&f=closed_on.last:{YEAR.days}"),
        _lost_tile(*found.get("lost", NOTHING), hidden, f"{base}lost"),
    ]


def _open_tile(count: int, amount: Any, weighted: Any, hidden: bool, url: str) -> dict[str, Any]:
    forecast = _("%(n)s · forecast %(amount)s") % {
        "n": count,
        "amount": money(Decimal(weighted or 0) / 100, house().currency, False),
    }
    value = str(count) if hidden else money(amount or 0, house().currency, False)
    return {
        "label": _("Open opportunities"),
        "value": value,
        "note": "" if hidden or not count else forecast,
        "url": url,
    }


def _won_tile(count: int, amount: Any, _weighted: Any, hidden: bool, url: str) -> dict[str, Any]:
    value = str(count) if hidden else money(amount or 0, house().currency, False)
    note = ngettext("%(n)s opportunity", "%(n)s opportunities", count) % {"n": count}
    return {"label": _("Won in 12 months"), "value": value, "note": "" if hidden or not count else note, "url": url}


def _lost_tile(count: int, amount: Any, _weighted: Any, hidden: bool, url: str) -> dict[str, Any]:
    note = (
        "" if hidden or not count else _("worth %(amount)s") % {"amount": money(amount or 0, house().currency, False)}
    )
    return {"label": _("Lost opportunities"), "value": str(count), "note": note, "url": url}
