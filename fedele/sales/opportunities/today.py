"""What opportunities bring to Today: next steps due, what stands still, what is near its close, the lanes."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy

from fedele.base.house import house
from fedele.people.naming import SEEN_BY, named
from fedele.records.board.lanes import board_of
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.records.today.blocks import Block, today_block
from fedele.records.today.work import Work, adds_work, first_of, verbs_of
from fedele.sales.opportunities.models import Opportunity
from fedele.ui.amounts import money

MINE = "f=owner.in:me&f=outcome.in:open"
STEPS = (("d", "take_step"), ("p", "put_off"))
SELLERS = ("sales_rep", "sales_lead")


@adds_work("opportunity")
def next_steps(user: Any, today: dt.date) -> list[Work]:
    """Next steps that are due; when the role does not see them there are none."""
    if user.rights.hides("opportunity", "next_step") or user.rights.hides("opportunity", "next_step_on"):
        return []
    mine = Opportunity.objects.visible_to(user).filter(owner=user, outcome="open", next_step_on__lte=today)
    fields = ("name", "outcome", "next_step", "next_step_on", *SEEN_BY, *named("company"))
    due = first_of(mine.select_related("company").only(*fields), "opportunity", user, "-next_step_on", "-pk")
    return [
        Work(
            one,
            one.next_step or one.name,
            " · ".join(filter(None, (str(one.company), one.name))),
            one.next_step_on,
            offers=partial(verbs_of, one, user, STEPS),
        )
        for one in due
    ]


@today_block(
    "lanes", label=gettext_lazy("My opportunities"), icon="square-kanban", roles=SELLERS, order=20,
    heeds=("opportunity",), right=("view", "opportunity"),
)  # fmt: skip
def my_lanes(user: Any) -> Block | None:
    """The board in short: what each lane adds up to."""
    record_type = registry.by_key("opportunity")
    assert record_type.board is not None
    query = ListQuery.read(record_type, user, f"{record_type.board.only}&f=owner.in:me")
    columns, summary = board_of(query, record_type.lanes(""), only="totals")
    given = {"columns": columns, "weighted": summary.weighted}
    total = "" if summary.total is None else money(summary.total, house().currency, False)
    aside = " · ".join(filter(None, (str(summary.count), total)))
    url = f"{record_type.url()}board/?f=owner.in:me"
    return Block(aside=aside, url=url, template="sales/opportunities/_lanes.html", given=given)
