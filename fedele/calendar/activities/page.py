"""What the pages of customers show of what is planned with them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from fedele.calendar.activities.asking import stands_in_for
from fedele.calendar.activities.contact import CUSTOMERS, effort
from fedele.calendar.activities.models import Activity
from fedele.records.adding import Banner, adds_banners, adds_panel, scope_of
from fedele.records.beforehand import asks_beforehand, may_have

ROWS = 3
SHOWN_AT = ("company", "contact", "lead", "opportunity")


@adds_panel(*SHOWN_AT, template="calendar/activities/_next.html", of_group=True, order=12)
def next_activities(record: Any, user: Any) -> dict[str, Any] | None:
    """The first that are planned, those overdue on top; one statement, none where nothing is."""
    if not user.rights.may("view", "activity"):
        return None
    key = record.record_type
    planned = Activity.objects.visible_to(user).filter(state="planned", **_of(key, scope_of(record)))
    ordered = planned.select_related("owner", "contact").order_by("due_on", "due_at", "pk")
    rows = list(ordered[: ROWS + 1]) if may_have(record, "activities") else []
    return {
        "rows": rows[:ROWS],
        "more": len(rows) > ROWS,
        "effort": effort(record, user) if key in CUSTOMERS else None,
        "all_url": f"/activities/?edited=1&f={key}.in:{','.join(map(str, scope_of(record)))}&f=state.in:planned"
        if key in ("company", "contact", "lead")
        else "",
        "new_url": new_url(record) if user.rights.may("create", "activity") else "",
        "log_url": f"/activities/log/{key}/{record.pk}/" if user.rights.may("create", "activity") else "",
    }


def new_url(record: Any) -> str:
    """The whole form where it has a field for the record, the short one where only that says what it is about."""
    key = record.record_type
    return f"/activities/new/?{key}={record.pk}" if key in CUSTOMERS else f"/activities/plan/{key}/{record.pk}/"


def _of(key: str, ids: Any) -> dict[str, Any]:
    return {f"{key}__in": ids} if key in ("company", "contact", "lead") else {"about_type": key, "about_id__in": ids}


@asks_beforehand(*SHOWN_AT)
def whether_planned(record_type: Any) -> dict[str, Any]:
    key = record_type.key
    about = (
        {key: OuterRef("pk")}
        if key in ("company", "contact", "lead")
        else {"about_type": key, "about_id": OuterRef("pk")}
    )
    planned = Activity.objects.filter(trashed_at=None, state="planned", **about)
    return {"activities": Exists(planned)}


@adds_banners("activity")
def asked_of_you(record: Any, user: Any) -> list[Banner]:
    """Until one says that one has seen it, who asked does not know. Who stands in may take it over."""
    if not record.is_unseen:
        return []
    words = {"who": asker(record), "owner": record.owner}
    if record.owner_id == user.pk:
        text, act = _("%(who)s asked you to do this."), _("I have seen it")
    elif stands_in_for(record.owner_id) == user.pk:
        text, act = _("%(who)s asked %(owner)s, who is away: you stand in."), _("I take it over")
    else:
        return []
    return [Banner(text % words, "info", f"/activities/{record.pk}/seen/", act, posts=True)]


def asker(record: Any) -> str:
    """Who asked, and of which department they are."""
    team = getattr(record.asked_by, "team", None)
    return f"{record.asked_by} ({team})" if team else str(record.asked_by)
