"""Bringing a file of a calendar in: what it asks for becomes activities of one colleague, changes them, calls them off.

Who did not send an appointment cannot change it: what was once taken in answers only to the one who invited.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.calendar.activities.kinds import Kind, State
from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.repeating import next_day
from fedele.calendar.ics.reading import Appointment, local, moment_key, read
from fedele.calendar.ics.writing import uid_of
from fedele.calendar.invitations.answering import note_reply
from fedele.calendar.invitations.guests import customer_of
from fedele.calendar.invitations.models import Answer, Invitation
from fedele.journal.acting import act_as
from fedele.journal.writing import open_batch


@dataclass
class Taken:
    """What became of a file. `left` says in words why something was left as it is."""

    made: list[Activity] = field(default_factory=list)
    changed: list[Activity] = field(default_factory=list)
    called_off: list[Activity] = field(default_factory=list)
    answered: list[Activity] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def activities(self) -> list[Activity]:
        return [*self.made, *self.changed, *self.called_off, *self.answered]


def take(content: bytes, user: Any, *, sender: str = "", addressed: str = "") -> Taken:
    """For the calendar of `user`. Raises `UnreadableError` of calendar/ics/reading.py with words for people.

    `sender`: who sent the message it came with, if it came by mail: no other than who invited may change or call off.
    `addressed`: the address it came to, in whose name it is answered; otherwise the user's own.
    """
    method, found = read(content)
    taken = Taken()
    with (
        transaction.atomic(),
        act_as(user),
        act_as(batch=open_batch("act", record_type="activity", title=found[0].title)),
    ):
        for one in found:
            if method == "REPLY":
                note_reply(one, user, sender, taken)
            else:
                _take_one(one, user, method, sender, addressed, taken)
    return taken


def _take_one(one: Appointment, user: Any, method: str, sender: str, addressed: str, taken: Taken) -> None:
    kept = list(
        Invitation.objects.select_for_update(of=("self",)).select_related("activity").filter(user=user, uid=one.uid)
    )
    if any(not _may_change(row, one, sender) for row in kept):
        taken.left.append(_("%(what)s: only who invited can change it.") % {"what": one.title})
    elif method == "CANCEL" or one.is_off:
        _call_off(one, kept, taken)
    elif _is_ours(one):
        taken.left.append(_("%(what)s: this was sent from here.") % {"what": one.title})
    else:
        for single in _laid_out(one):
            _put(single, user, addressed, {row.recurrence: row for row in kept}, taken)


def _may_change(row: Invitation, one: Appointment, sender: str) -> bool:
    organizer = one.organizer.email if one.organizer else ""
    return row.organizer == organizer and (not sender or not organizer or sender.lower() == organizer)


def _is_ours(one: Appointment) -> bool:
    """Our own invitation, come back: of an activity that is there already."""
    key = one.uid.partition("-")[0]
    mine = Activity.objects.filter(pk=int(key)).first() if key.isdigit() and len(key) < 19 else None
    return mine is not None and uid_of(mine) == one.uid


def _laid_out(one: Appointment) -> list[Appointment]:
    """One appointment, a series of ours, or each of its next dates. What is past of a series is left out."""
    if one.recurring is None or one.recurrence:
        return [one]
    today = timezone.localdate()
    if one.recurring.repeats:
        day = one.day
        for count in range(1, 4000):
            if day >= today:
                break
            day = next_day(one.day, one.recurring.repeats, count)
        return [one.on(day if not one.recurring.until or day <= one.recurring.until else one.day)]
    dates = [_at(one, start) for start in one.recurring.starts]
    return [date for date in dates if date.day >= today] or dates[-1:] or [one]


def _at(one: Appointment, start: Any) -> Appointment:
    begins = local(start)
    day, at = begins if isinstance(begins, tuple) else (begins, "")
    return replace(one.on(day), at=at, recurrence=moment_key(start), recurring=None)


def _put(one: Appointment, user: Any, addressed: str, kept: dict[str, Invitation], taken: Taken) -> None:
    row = kept.get(one.recurrence)
    if row is not None and row.activity.is_trashed:
        # Thrown away, or taken in and taken back: coming again it is new.
        row.delete()
        row = None
    if row is None:
        taken.made.append(_make(one, user, addressed))
        return
    if one.sequence < row.sequence:
        taken.left.append(_("%(what)s: a newer version is here already.") % {"what": one.title})
        return
    activity = row.activity
    if activity.state == State.DONE:
        taken.left.append(_("%(what)s: already done.") % {"what": one.title})
        return
    moved = (activity.due_on, activity.due_at, activity.until_on) != (one.day, one.at, one.until)
    if activity.state == State.OFF:
        activity.state, activity.done_at = State.PLANNED, None
    _fill(activity, one)
    if activity.changes():
        activity.save(data={"by": row.organizer or str(user)})
        taken.changed.append(activity)
    # Who said yes to Tuesday has not said yes to Thursday.
    row.answer = Answer.NONE if moved else row.answer
    row.sequence = one.sequence
    row.save(update_fields=["sequence", "answer"])


def _make(one: Appointment, user: Any, addressed: str) -> Activity:
    activity = Activity(owner=user, team=user.team, kind=Kind.MEETING, notes=one.notes, private=one.private)
    _fill(activity, one)
    activity.put(customer_of(one, user))
    if activity.begins_at and activity.begins_at + dt.timedelta(minutes=activity.length) < timezone.now():
        activity.state, activity.done_at = State.DONE, activity.begins_at
    activity.save()
    organizer = one.organizer.email if one.organizer else ""
    mine = addressed.lower() or user.email.lower()
    Invitation.objects.create(
        activity=activity, user=user, uid=one.uid, recurrence=one.recurrence, sequence=one.sequence,
        organizer=organizer, attendee=mine if organizer != user.email.lower() else "",
    )  # fmt: skip
    return activity


def _fill(activity: Activity, one: Appointment) -> None:
    activity.subject, activity.place = one.title, one.place
    activity.due_on, activity.due_at, activity.minutes = one.day, one.at, one.minutes
    activity.until_on, activity.until_at = one.until, one.until_at
    if one.recurring and one.recurring.repeats:
        activity.repeats, activity.repeats_until = one.recurring.repeats, one.recurring.until


def _call_off(one: Appointment, kept: list[Invitation], taken: Taken) -> None:
    """The one date that was named, or all of them."""
    rows = [row for row in kept if row.recurrence == one.recurrence or not one.recurrence]
    if not rows:
        taken.left.append(_("%(what)s: called off, and not here.") % {"what": one.title})
    for row in rows:
        if one.sequence >= row.sequence and row.activity.is_planned and not row.activity.is_trashed:
            row.activity.call_off(_("called off by who invited"))
            taken.called_off.append(row.activity)
