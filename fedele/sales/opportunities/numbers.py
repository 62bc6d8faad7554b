"""What a person sold, in numbers for their Today."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fedele.base.house import house
from fedele.records.moments import period
from fedele.records.registry import registry
from fedele.records.today.indicators import Figure, indicator
from fedele.sales.opportunities.models import Opportunity
from fedele.ui.amounts import money
from fedele.ui.amounts import percent as share_of

SEEN = ("view", "opportunity")


def _url(conditions: str) -> str:
    return f"{registry.by_key('opportunity').url()}?edited=1&f=owner.in:me&{conditions}"


def _closed_in(user: Any, name: str) -> Any:
    """My opportunities closed in a period, as the list of the same period finds them."""
    first, last = period(name, timezone.localdate())
    return Opportunity.objects.visible_to(user).filter(owner=user, closed_on__gte=first, closed_on__lte=last)


def _won_in(user: Any, name: str) -> Figure:
    """The amounts won, or how many where amounts are hidden."""
    found = _closed_in(user, name).filter(outcome="won").aggregate(n=Count("pk"), amount=Sum("amount"))
    note = ngettext("%(n)s opportunity", "%(n)s opportunities", found["n"]) % {"n": found["n"]}
    url = _url(f"f=outcome.in:won&f=closed_on.in_period:{name}")
    if user.rights.hides("opportunity", "amount"):
        return Figure(str(found["n"]), url)
    return Figure(money(found["amount"] or 0, house().currency, False), url, note)


@indicator(
    "won_month", label=gettext_lazy("Won this month"), right=SEEN, order=10,
    formula=gettext_lazy("The amounts of my opportunities closed as won since the first of this month."),
)  # fmt: skip
def won_this_month(user: Any) -> Figure | None:
    return _won_in(user, "month") if sells(user) else None


@indicator(
    "won_quarter", label=gettext_lazy("Won this quarter"), right=SEEN, order=20,
    formula=gettext_lazy("The amounts of my opportunities closed as won since the first day of this quarter."),
)  # fmt: skip
def won_this_quarter(user: Any) -> Figure | None:
    return _won_in(user, "quarter") if sells(user) else None


@indicator(
    "close_rate", label=gettext_lazy("Close rate this year"), right=SEEN, order=30,
    formula=gettext_lazy("Of my opportunities closed since the first of January: those won, divided by those won or lost."),
)  # fmt: skip
def close_rate(user: Any) -> Figure | None:
    """None before anything was closed: a rate of nothing says nothing."""
    closed = _closed_in(user, "year").filter(outcome__in=("won", "lost"))
    found = closed.aggregate(n=Count("pk"), won=Count("pk", filter=Q(outcome="won")))
    if not found["n"]:
        return None
    note = _("%(won)s of %(n)s") % found
    return Figure(share_of(found["won"] / found["n"]), _url("f=outcome.in:won,lost&f=closed_on.in_period:year"), note)


def sells(user: Any) -> bool:
    return bool(user.rights.may("create", "opportunity"))
