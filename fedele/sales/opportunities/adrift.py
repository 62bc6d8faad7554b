"""Opportunities that ask for attention: past their expected close, standing still, without a next step.

Each kind is a list of the opportunities page, in its filter language: the rows, the count and «show all» cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.core.cache import caches
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fedele.base.house import house
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.records.today.blocks import MOST, ROWS, Block, Row, today_block
from fedele.records.unseen import hide_unseen
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import Stage
from fedele.ui.amounts import money
from fedele.ui.moments import ago

MINE = "f=owner.in:me&f=outcome.in:open"
SELLERS = ("sales_rep", "sales_lead")


@dataclass(frozen=True)
class Kind:
    label: str
    level: str
    count: str
    url: str


def kinds_of(only: str) -> list[tuple[str, str, str, str]]:
    """(label of many, of one, level, query) of what asks for attention among the opportunities that `only` leaves."""
    return [
        (_("past their expected close"), _("past its close"), "bad", f"{only}&f=closes_on.before:today"),
        (_("too long in their stage"), _("stands still"), "warn", f"{only}&{stalled()}"),
        (_("without a next step"), _("no next step"), "warn", f"{only}&f=next_step_on.empty"),
    ]


def stalled() -> str:
    """Longer in their stage than it usually takes: for each stage, either another one or too long."""
    # A handful, changed once in a while, asked for by every Today.
    stages = caches["process"].get_or_set("sales-stages", lambda: list(Stage.objects.all()[:25]), 5)
    groups = (f"any={quote(f'stage.not_in:{one.pk}|stage_since.older:{one.expected_days}')}" for one in stages)
    return "&".join(groups)


@today_block(
    "adrift", label=gettext_lazy("Opportunities that need a push"), icon="triangle-alert", roles=SELLERS, order=30, column="main",
    heeds=("opportunity",), right=("view", "opportunity"),
)  # fmt: skip
def adrift(user: Any) -> Block:
    """The first of each kind, each opportunity once; and how many of each there are."""
    rows: dict[int, Row] = {}
    kinds: list[Kind] = []
    for label, badge, level, query in kinds_of(MINE):
        asked = ListQuery.read(registry.by_key("opportunity"), user, f"{query}&edited=1")
        if asked.unknown:
            continue
        found = list(asked.records().select_related("company").order_by("-amount", "-pk")[: MOST + 1])
        hide_unseen(registry.by_key("opportunity"), found[:ROWS], user)
        for one in found[:ROWS]:
            rows.setdefault(one.pk, _row(one, badge, level, user))
        if found:
            count = f"{MOST}+" if len(found) > MOST else str(len(found))
            kinds.append(Kind(label, level, count, f"/opportunities/?{query}&edited=1"))
    return Block(
        list(rows.values())[:ROWS], template="sales/opportunities/_adrift.html", given={"kinds": kinds},
        empty=_("All opportunities have a next step and are on time."),
    )  # fmt: skip


def _row(one: Opportunity, badge: str, level: str, user: Any) -> Row:
    amount = "" if user.rights.hides("opportunity", "amount") else money(one.amount, one.currency, False)
    line = " · ".join(filter(None, (str(one.company), amount)))
    return Row(one.name, f"/opportunities/{one.pk}/", line, "square-kanban", badge=badge, level=level)


@today_block(
    "closing", label=gettext_lazy("Closing this month"), icon="target", roles=SELLERS, order=40,
    heeds=("opportunity",), right=("view", "opportunity"),
)  # fmt: skip
def closing(user: Any) -> Block | None:
    query = f"{MINE}&f=closes_on.in_period:month"
    asked = ListQuery.read(registry.by_key("opportunity"), user, f"{query}&edited=1")
    if asked.unknown:
        return None
    found = list(asked.records().select_related("company").order_by("closes_on", "-pk")[: MOST + 1])
    hide_unseen(registry.by_key("opportunity"), found[:ROWS], user)
    rows = [_closing(one, user) for one in found[:ROWS]]
    url = f"/opportunities/?{query}&edited=1&sort=closes_on" if found else ""
    return Block(
        rows, len(found) or None, url, empty=pgettext("opportunities", "None is expected to close this month.")
    )


def _closing(one: Opportunity, user: Any) -> Row:
    amount = "" if user.rights.hides("opportunity", "amount") else money(one.amount, house().currency, False)
    line = " · ".join(filter(None, (str(one.company), amount)))
    return Row(
        one.name,
        f"/opportunities/{one.pk}/",
        line,
        "square-kanban",
        badge=ago(one.closes_on),
        level="bad" if one.is_late else "",
    )
