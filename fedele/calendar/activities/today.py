"""What activities bring to Today: what is to be done, what was asked of others, and what was done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.calendar.activities.kinds import Kind
from fedele.calendar.activities.models import Activity
from fedele.people.naming import SEEN_BY, named
from fedele.records.registry import registry
from fedele.records.today.blocks import MOST, ROWS, Block, Row, today_block
from fedele.records.today.doors import Door, today_door
from fedele.records.today.work import Doing, Work, Worklist, adds_work, first_of, said, verbs_of
from fedele.records.unseen import Unseen, hide_unseen

ICONS = {
    Kind.TASK: "square-check", Kind.CALL: "phone", Kind.MEETING: "calendar", Kind.EMAIL: "mail",
    Kind.FOLLOW_UP: "reply",
}  # fmt: skip
#: The relations a row names, fetched with it.
NAMED = ("company", "contact", "lead", "asked_by")
SHOWN = (
    "subject", "kind", "state", "due_on", "due_at", "urgent", "place", "seen_at", "private", "minutes", "until_on", "until_at",
    "repeats", *SEEN_BY,
    *named("company", "contact", "lead"), "asked_by__first_name", "asked_by__last_name", "asked_by__email",
)  # fmt: skip
#: Somebody asked, and whose it is has not said that they saw it.
UNSEEN = Q(asked_by__isnull=False, seen_at=None) & ~Q(asked_by=F("owner"))
VERBS = (("d", "complete"), ("p", "postpone"), ("h", "hand_over"))


@adds_work("activity")
def what_is_planned(user: Any, today: dt.date) -> list[Work]:
    """What is due, the nearest to today first; and what a colleague asked and is not seen yet, whenever it is due."""
    mine = Activity.objects.visible_to(user).filter(owner=user, state="planned").select_related(*NAMED).only(*SHOWN)
    due = first_of(mine.filter(due_on__lte=today), "activity", user, "-due_on", "-due_at", "-pk")
    known = {one.pk for one in due}
    asked = first_of(mine.filter(UNSEEN), "activity", user, "-pk")
    return [_work(one, user) for one in [*due, *(one for one in asked if one.pk not in known)]]


def _work(one: Activity, user: Any) -> Work:
    return Work(
        record=one, title=one.subject, line=whom(one), due=one.due_on, at=one.due_at, icon=ICONS.get(Kind(one.kind), ""),
        until=one.until_on, over_at=one.over_at,
        urgent=one.urgent, asked_by=str(one.asked_by) if one.is_unseen else "", is_call=one.kind == Kind.CALL,
        offers=lambda: _doings(one, user),
    )  # fmt: skip


def _doings(one: Activity, user: Any) -> list[Doing]:
    doings = verbs_of(one, user, VERBS)
    if one.is_unseen:
        doings.insert(0, Doing("s", _("I have seen it"), "eye", f"/activities/{one.pk}/seen/", posts=True))
    if doings and number_of(one):
        doings.insert(0, Doing("c", _("Call"), "phone-call", f"/today/calls/{one.pk}/"))
    return doings


def whom(one: Activity) -> str:
    """Person and company, as far as they may be named; the place of a visit."""
    person = str(one.contact or one.lead or "")
    return " · ".join(dict.fromkeys(filter(None, (person, str(one.company or ""), one.place))))


def number_of(one: Activity) -> str:
    """The first number one would dial."""
    for related in (one.contact, one.lead, one.company):
        if related is None or isinstance(related, Unseen):
            continue
        if number := getattr(related, "call_number", "") or related.phone:
            return str(number)
    return ""


@today_door(order=10)
def to_the_calendar(user: Any, worklist: Worklist) -> Door | None:
    if not user.rights.may("view", "activity"):
        return None
    return Door(_("Calendar"), "/calendar/", "calendar")


@today_door(order=90)
def begin_the_calls(user: Any, worklist: Worklist) -> Door | None:
    count = len(worklist.calls)
    if not count:
        return None
    return Door(
        _("Start the calls (%(n)s)") % {"n": said(count)}, "/today/calls/", "phone-call", key="Shift+C", primary=True
    )


@today_block(
    "asked", label=gettext_lazy("Asked of others, not seen yet"), icon="forward", order=40, heeds=("activity",),
    right=("view", "activity"),
)  # fmt: skip
def asked_of_others(user: Any) -> Block | None:
    """What I handed out and nobody has acknowledged; left out when there is nothing of the kind."""
    mine = Activity.objects.visible_to(user).filter(UNSEEN, asked_by=user, state="planned")
    found = list(mine.select_related("owner", *NAMED[:3]).order_by("-pk")[: MOST + 1])
    if not found:
        return None
    hide_unseen(registry.by_key("activity"), found[:ROWS], user)
    return Block([_asked(one) for one in found[:ROWS]], len(found))


def _asked(one: Activity) -> Row:
    return Row(one.subject, f"/activities/{one.pk}/", whom(one), person=str(one.owner or ""), badge=one.when)
