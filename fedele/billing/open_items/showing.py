"""What a customer owes, where people look at the customer: warnings, tiles and a block, each only for who may know."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.paying import PaymentState
from fedele.billing.open_items.standing import Position, position_of
from fedele.people.companies.models import Company
from fedele.records.adding import adds_panel, adds_tiles, adds_warnings, scope_of
from fedele.records.registry import registry
from fedele.ui.amounts import money

#: Documents the block of a company names.
SHOWN = 5
OPEN = "f=state.in:open,part,over"


def may_know(user: Any, key: str) -> bool:
    """Whoever may see any of these, if only their own, knows the totals of each customer; not who may not see amounts."""
    return bool(user.rights.may("view", key) and not user.rights.hides(key, "amount"))


def _position(company: Company | None, user: Any) -> Position | None:
    return (
        position_of(company)
        if company is not None and (may_know(user, "openitem") or may_know(user, "dispute"))
        else None
    )


@adds_warnings("company")
def warn_of_company(company: Company, user: Any) -> list[tuple[str, str]]:
    position = _position(company, user)
    if position is None:
        return []
    found = []
    if may_know(user, "openitem"):
        found = [("bad", _overdue(one)) for one in position.overdue]
    if position.disputes and may_know(user, "dispute"):
        text = ngettext("Dispute open", "%(n)s disputes open", position.disputes) % {"n": position.disputes}
        found.append(("warn", text))
    return found


@adds_warnings("opportunity")
def warn_of_opportunity(opportunity: Any, user: Any) -> list[tuple[str, str]]:
    """Before one offers more on credit."""
    return warn_of_company(opportunity.company, user) if opportunity.is_open else []


def _overdue(one: Any) -> str:
    words = {"amount": money(one.overdue, one.currency, False), "days": one.overdue_days}
    if not one.overdue_days:
        return _("Overdue %(amount)s") % words
    return (
        ngettext("Overdue %(amount)s for %(days)s day", "Overdue %(amount)s for %(days)s days", one.overdue_days)
        % words
    )


@adds_tiles("company", of_group=True)
def tile_of_company(company: Company, user: Any) -> list[dict[str, Any]]:
    position = _position(company, user)
    if position is None or not may_know(user, "openitem"):
        return []
    return [_tile(company, one) for one in position.standings if one.open_count]


def _tile(company: Company, one: Any) -> dict[str, Any]:
    late = _("overdue %(amount)s") % {"amount": money(one.overdue, one.currency, False)} if one.overdue > 0 else ""
    return {
        "label": _("Receivables"),
        "value": money(one.open, one.currency, False),
        "note": late or _("nothing overdue"),
        "level": "bad" if late else "",
        "url": f"{registry.by_key('openitem').url()}?{_of(company)}&{OPEN}",
    }


@adds_panel("company", template="billing/open_items/_position.html", of_group=True, order=14)
def block_of_company(company: Company, user: Any) -> dict[str, Any] | None:
    """The oldest open documents this user may see, how the company pays, and its disputes."""
    position = _position(company, user)
    if position is None or not (position.standings or position.disputes):
        return None
    sees_items, url = may_know(user, "openitem"), registry.by_key("openitem").url()
    there = any(one.open_count for one in position.standings)
    return {
        "items": _oldest(company, user) if sees_items and there else [],
        "standings": position.standings if sees_items else (),
        "habits": position.habits if sees_items else None,
        "disputes": position.disputes if may_know(user, "dispute") else 0,
        "disputed": position.disputed,
        "all_url": f"{url}?{_of(company)}&{OPEN}",
        "paid_url": f"{url}?{_of(company)}&f=state.in:settled",
        "disputes_url": f"{registry.by_key('dispute').url()}?{_of(company)}&view=open",
        "new_dispute": (
            f"{registry.by_key('dispute').url()}new/?company={company.pk}"
            if user.rights.may("create", "dispute")
            else ""
        ),
        "item_type": registry.by_key("openitem"),
        "today": timezone.localdate(),
    }


def _of(company: Company) -> str:
    """The company, or its whole group, as a condition of a list."""
    return f"f=company.in:{','.join(map(str, scope_of(company)))}"


def _oldest(company: Company, user: Any) -> list[OpenItem]:
    items = OpenItem.objects.visible_to(user).filter(company__in=scope_of(company)).exclude(state=PaymentState.PAID)
    return list(items.order_by("due_on", "id")[:SHOWN])


def alarms_of(item: OpenItem, user: Any) -> list[tuple[str, str]]:
    """Of one document: how late it is, and that it is disputed."""
    found = []
    if item.overdue_days and not item.is_credit:
        days = item.overdue_days
        found.append(("bad", ngettext("overdue for %(n)s day", "overdue for %(n)s days", days) % {"n": days}))
    if item.dispute and item.dispute.is_living and user.rights.may("view", "dispute"):
        found.append(("warn", _("disputed")))
    if item.is_open and item.promised_on and item.promised_on < timezone.localdate():
        found.append(("warn", _("promise to pay not kept")))
    return found


def tiles_of(item: OpenItem, user: Any) -> list[dict[str, Any]]:
    tiles = []
    if not user.rights.hides("openitem", "residual") and not user.rights.hides("openitem", "amount"):
        note = _("of %(amount)s") % {"amount": money(item.amount, item.currency)}
        tiles.append({"label": _("Residual"), "value": money(item.residual, item.currency), "note": note})
    if item.days_late is not None and not item.is_open:
        tiles.append({"label": _("Paid"), "value": _lateness(item.days_late), "note": ""})
    return tiles


def _lateness(days: int) -> str:
    if days > 0:
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    return _("on time") if days == 0 else ngettext("%(n)s day early", "%(n)s days early", -days) % {"n": -days}


def day_range(first: dt.date | None, last: dt.date) -> str:
    """The due days of a band as a condition of the list's filter language."""
    if first is None:
        return f"f=due_on.before:{(last + dt.timedelta(days=1)).isoformat()}"
    return f"f=due_on.between:{first.isoformat()},{last.isoformat()}"
