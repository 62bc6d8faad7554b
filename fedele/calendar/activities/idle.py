"""Those for whom nothing is planned: leads in work, and customers, without a next action."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fedele.access.private import not_private_to_others
from fedele.calendar.activities.models import Activity
from fedele.people.companies.models import Company
from fedele.people.leads.life import LeadStage
from fedele.people.leads.models import Lead
from fedele.people.lifecycle.phases import Phase
from fedele.people.lifecycle.showing import may_see
from fedele.records.registry import registry
from fedele.records.today.blocks import MOST, Act, Block, Row, today_block
from fedele.ui.moments import ago

#: Those somebody has begun to work; hot ones come first.
WORKED = (LeadStage.HOT, LeadStage.LEAD)
#: Customers to be kept; those at risk have a block of their own.
KEPT = (Phase.FIRST, Phase.RENEWAL, Phase.LOYAL)


@today_block(
    "idle", label=gettext_lazy("Leads without a next action"), icon="circle-dashed", roles=("sales_rep", "sales_lead"),
    order=50, column="main", heeds=("activity", "lead"), right=("view", "lead"),
)  # fmt: skip
def leads_without_action(user: Any) -> Block | None:
    """Mine, in work, and nothing is planned with them. The alphabet of the stages happens to put the hot ones first."""
    if not user.rights.may("view", "activity") or user.rights.hides("lead", "stage"):
        return None
    planned = _planned(user).filter(lead=OuterRef("pk"))
    mine = Lead.objects.visible_to(user).filter(owner=user, stage__in=WORKED)
    found = list(mine.filter(~Exists(planned)).order_by("stage", "pk")[: MOST + 1])
    second = registry.by_key("lead").second_line
    may_plan = user.rights.may("create", "activity")
    rows = [_row(one, second(one), may_plan) for one in found[:MOST]]
    return Block(rows, len(found) or None, empty=_("Something is planned with every lead in work."))


def _row(one: Lead, line: str, may_plan: bool) -> Row:
    text = " · ".join(filter(None, (line, _("since %(day)s") % {"day": ago(one.stage_since.date())})))
    act = Act(pgettext("to do", "Plan"), f"/activities/plan/lead/{one.pk}/", dialog=True) if may_plan else None
    level = "bad" if one.stage == LeadStage.HOT else ""
    return Row(
        str(one), f"/leads/{one.pk}/", text, person=str(one), badge=one.get_stage_display(), level=level, act=act
    )


@today_block(
    "unplanned", label=gettext_lazy("Customers without a next action"), icon="calendar-plus", order=37, column="side",
    roles=("sales_rep", "sales_lead"), heeds=("activity", "company"), right=("view", "company"),
)  # fmt: skip
def customers_without_action(user: Any) -> Block | None:
    """Mine, who bought and are not at risk, and nothing is planned with them: the longest in their phase first."""
    if not user.rights.may("view", "activity") or not may_see(user):
        return None
    planned = _planned(user).filter(company=OuterRef("pk"))
    mine = Company.objects.visible_to(user).filter(owner=user, phase__in=KEPT)
    found = list(mine.filter(~Exists(planned)).order_by("phase_since", "pk")[: MOST + 1])
    may_plan = user.rights.may("create", "activity")
    rows = [_kept(one, may_plan) for one in found[:MOST]]
    return Block(rows, len(found) or None, empty=_("Something is planned with every customer of yours."))


def _kept(one: Company, may_plan: bool) -> Row:
    act = Act(pgettext("to do", "Plan"), f"/activities/plan/company/{one.pk}/", dialog=True) if may_plan else None
    text = " · ".join(
        filter(None, (one.city, _("since %(day)s") % {"day": ago(one.phase_since)} if one.phase_since else ""))
    )
    return Row(one.name, f"/companies/{one.pk}/", text, "building-2", badge=one.get_phase_display(), act=act)


def _planned(user: Any) -> Any:
    """By anybody; but that something private is planned is nobody else's business, either."""
    return Activity.objects.filter(not_private_to_others(user.pk), trashed_at=None, state="planned")
