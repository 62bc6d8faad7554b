"""The side of Today of those who lead: who has overdue work, and what was handed over and not seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import over_before
from fedele.calendar.activities.today import NAMED, UNSEEN, whom
from fedele.records.registry import registry
from fedele.records.today.blocks import MOST, Block, Row, today_block
from fedele.records.today.doors import Door, today_door
from fedele.records.today.work import said
from fedele.records.unseen import hide_unseen

#: Colleagues shown at the most: who leads more reads the lists.
PEOPLE = 30


class Bounded(Subquery):
    """How many rows a subquery gives; it ends by itself, so that nobody's backlog makes the page slow."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS bounded)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Cell:
    count: str
    url: str
    level: str = ""


def leads_people(user: Any) -> bool:
    """May change the activities of others: that is what leading means here."""
    return user.rights.reach("activity", "edit") in ("team", "below", "all")


def led_by(user: Any) -> Any:
    """The active colleagues of the teams one leads, in order of their names."""
    found = get_user_model().objects.filter(is_active=True)
    reach = user.rights.reach("activity", "edit")
    if reach == "team":
        found = found.filter(team_id=user.rights.team_id)
    elif reach == "below":
        found = found.filter(team_id__in=user.rights.teams_below)
    return found.order_by("first_name", "last_name", "pk")


def counted(records: Any) -> Bounded:
    """`records` of each colleague, to be counted as far as MOST + 1."""
    return Bounded(records.filter(owner=OuterRef("pk")).order_by().values("pk")[: MOST + 1])


@today_block(
    "team_load", label=gettext_lazy("Who has how much to do"), icon="users", order=10, column="main", scope="team",
    heeds=("activity",), right=leads_people,
)  # fmt: skip
def team_load(user: Any) -> Block:
    """One statement: overdue, due within a week, handed over and not seen; each number opens its rows."""
    today = timezone.localdate()
    planned = Activity.objects.visible_to(user).filter(state="planned")
    people = led_by(user).annotate(
        late=counted(planned.filter(over_before(today))),
        week=counted(planned.filter(due_on__gte=today, due_on__lte=today + dt.timedelta(days=7))),
        unseen=counted(planned.filter(UNSEEN)),
    )
    rows = [(one, _cells(one)) for one in people[:PEOPLE] if one.late or one.week or one.unseen]
    heads = [pgettext("activities", "Overdue"), _("Within 7 days"), _("Not seen")]
    given = {"heads": heads, "rows": rows}
    return Block(template="records/today/_people.html", given=given, empty=_("Nothing is planned in the team."))


def _cells(one: Any) -> list[Cell]:
    base = f"/activities/?edited=1&f=owner.in:{one.pk}&f=state.in:planned"
    return [
        Cell(said(one.late), f"{base}&f=ends_on.before:today&sort=ends_on", "bad" if one.late else ""),
        Cell(said(one.week), f"{base}&f=due_on.next:7"),
        Cell(said(one.unseen), "/today/block/team_unseen/", "warn" if one.unseen else ""),
    ]


@today_block(
    "team_unseen", label=gettext_lazy("Handed over, not seen yet"), icon="eye-off", order=20, scope="team",
    heeds=("activity",), right=leads_people,
)  # fmt: skip
def team_unseen(user: Any) -> Block:
    """What somebody asked of the people one leads and nobody has acknowledged; the oldest on top."""
    asked = Activity.objects.visible_to(user).filter(UNSEEN, state="planned", owner__in=led_by(user).values("pk"))
    found = list(asked.select_related("owner", *NAMED).order_by("pk")[: MOST + 1])
    hide_unseen(registry.by_key("activity"), found, user)
    empty = _("Everything handed over has been seen.")
    return Block([_unseen(one) for one in found[:MOST]], len(found) or None, empty=empty)


def _unseen(one: Activity) -> Row:
    asked = _("%(asker)s asked %(owner)s") % {"asker": one.asked_by, "owner": one.owner}
    line = " · ".join(filter(None, (asked, whom(one))))
    return Row(one.subject, f"/activities/{one.pk}/", line, person=str(one.owner or ""), badge=one.when)


@today_door(scope="team")
def to_hand_out(user: Any, _worklist: Any) -> Door | None:
    return (
        Door(_("Hand out work"), reverse("calendar_distribute"), "forward", primary=True)
        if leads_people(user)
        else None
    )
