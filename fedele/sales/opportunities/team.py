"""How the sales of those one leads stand: what is open, and what asks for attention."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fedele.base.house import house
from fedele.calendar.activities.team import PEOPLE, Cell, counted, leads_people, led_by
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.records.tally.models import Tally
from fedele.records.today.blocks import Block, today_block
from fedele.records.today.work import said
from fedele.sales.opportunities.adrift import stalled
from fedele.sales.opportunities.models import Opportunity
from fedele.ui.amounts import money

OPEN = "f=outcome.in:open"


def leads_sellers(user: Any) -> bool:
    return leads_people(user) and user.rights.reach("opportunity") in ("team", "below", "all")


@today_block(
    "team_sales", label=gettext_lazy("Open opportunities of the team"), icon="square-kanban", order=15, column="main",
    scope="team", heeds=("opportunity",), right=leads_sellers,
)  # fmt: skip
def team_sales(user: Any) -> Block | None:
    """Two statements: counts that end by themselves, and sums from the kept totals."""
    record_type = registry.by_key("opportunity")
    standing = ListQuery.read(record_type, user, f"{OPEN}&{stalled()}&edited=1")
    if standing.unknown:
        return None
    opened = Opportunity.objects.visible_to(user).filter(outcome="open")
    people = list(
        led_by(user).annotate(
            open=counted(opened),
            late=counted(opened.filter(closes_on__lt=timezone.localdate())),
            stalled=counted(standing.records()),
            adrift=counted(opened.filter(next_step_on=None)),
        )[:PEOPLE]
    )
    hidden = user.rights.hides("opportunity", "amount")
    sums = {} if hidden else _sums(user, [one.pk for one in people])
    heads = [
        pgettext("opportunities", "Open"),
        *([] if hidden else [_("Amount")]),
        _("Past close"),
        _("Standing still"),
        _("No next step"),
    ]
    rows = [(one, _cells(one, sums, hidden)) for one in people if one.open]
    given = {"heads": heads, "rows": rows}
    return Block(
        template="records/today/_people.html", given=given, empty=_("Nobody in the team has open opportunities.")
    )


def _sums(user: Any, owners: list[int]) -> dict[int, Any]:
    """From the kept totals, as far as this user may see the opportunities."""
    kept = Tally.objects.filter(record_type="opportunity", state="open", owner_id__in=owners)
    reach, mine = user.rights.reach("opportunity"), Q(owner_id=user.pk)
    if reach == "below":
        kept = kept.filter(mine | Q(team_id__in=user.rights.teams_below))
    elif reach == "team":
        kept = kept.filter(mine | Q(team_id=user.rights.team_id))
    return dict(kept.order_by().values_list("owner_id").annotate(sum=Sum("total")))


def _cells(one: Any, sums: dict[int, Any], hidden: bool) -> list[Cell]:
    base = f"/opportunities/?edited=1&f=owner.in:{one.pk}&{OPEN}"
    amount = [] if hidden else [Cell(money(sums.get(one.pk) or 0, house().currency, False), base)]
    return [
        Cell(said(one.open), base),
        *amount,
        Cell(said(one.late), f"{base}&f=closes_on.before:today", "bad" if one.late else ""),
        Cell(said(one.stalled), f"{base}&{stalled()}", "warn" if one.stalled else ""),
        Cell(said(one.adrift), f"{base}&f=next_step_on.empty", "warn" if one.adrift else ""),
    ]
