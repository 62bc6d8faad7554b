"""Answering an invitation, inviting to an activity, and what comes back: files, sent by whoever has mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.calendar.activities.models import Activity
from fedele.calendar.ics.lines import person
from fedele.calendar.ics.reading import Appointment
from fedele.calendar.ics.writing import calendar_of, event_of, uid_of
from fedele.calendar.invitations.models import Answer, Invitation

if TYPE_CHECKING:
    from fedele.calendar.invitations.taking import Taken

SAID = {"ACCEPTED": Answer.ACCEPTED, "DECLINED": Answer.DECLINED}


def invitation_of(activity: Activity) -> Invitation | None:
    return Invitation.objects.filter(activity=activity).first()


def can_answer(invitation: Invitation | None) -> bool:
    """Somebody else invited, and is there to be answered."""
    return invitation is not None and bool(invitation.organizer) and bool(invitation.attendee)


def reply(activity: Activity, accepted: bool) -> bytes:
    """The file that tells who invited that the owner comes, or does not; kept as the answer. Raises Refused."""
    invitation = invitation_of(activity)
    if invitation is None or not can_answer(invitation):
        raise Refused(_("There is nobody to answer."))
    answer = Answer.ACCEPTED if accepted else Answer.DECLINED
    if invitation.answer != answer:
        invitation.answer = answer
        invitation.save(update_fields=["answer"])
        activity.journal("answered", who=str(activity.owner or ""), answer=answer.value)
    return reply_file(activity, invitation)


def reply_file(activity: Activity, invitation: Invitation) -> bytes:
    said = "ACCEPTED" if invitation.answer == Answer.ACCEPTED else "DECLINED"
    people = [
        person("ORGANIZER", invitation.organizer),
        person("ATTENDEE", invitation.attendee, str(activity.owner or ""), partstat=said),
    ]
    # Of the version that was answered, not of ours.
    event = event_of(activity, title=activity.subject, alarm=False, sequence=invitation.sequence, people=people)
    return calendar_of([event], method="REPLY")


def request_file(activity: Activity, user: Any) -> bytes:
    """The invitation of the customer to an activity: METHOD REQUEST, or CANCEL when it was called off."""
    organizer = activity.owner or user
    people = [person("ORGANIZER", organizer.email, str(organizer))]
    people += [
        person("ATTENDEE", guest.email, str(guest), partstat="NEEDS-ACTION", rsvp="TRUE", role="REQ-PARTICIPANT")
        for guest in (activity.contact, activity.lead)
        if guest is not None and guest.email
    ]
    event = event_of(activity, title=activity.subject, alarm=False, people=people)
    return calendar_of([event], method="REQUEST" if activity.state != "off" else "CANCEL")


def note_reply(one: Appointment, user: Any, sender: str, taken: Taken) -> None:
    """What a guest of ours answered: told on the timeline, if it is one who was invited and they said it themselves."""
    key = one.uid.partition("-")[0]
    known = key.isdigit() and len(key) < 19
    activity = Activity.objects.visible_to(user).filter(pk=int(key)).first() if known else None
    if activity is None or uid_of(activity) != one.uid:
        taken.left.append(_("%(what)s: an answer to something that is not here.") % {"what": one.title})
        return
    guests = {guest.email.lower() for guest in (activity.contact, activity.lead) if guest is not None and guest.email}
    for attendee in one.attendees:
        own = not sender or sender.lower() == attendee.email
        if attendee.email in guests and attendee.answer in SAID and own:
            who = attendee.name or attendee.email
            activity.journal("answered", who=who, answer=SAID[attendee.answer].value)
            taken.answered.append(activity)
            return
    taken.left.append(_("%(what)s: an answer of somebody who was not invited.") % {"what": one.title})
