"""An invitation that came by mail: into one's calendar, accepted or declined, and the answer goes back by mail."""

from __future__ import annotations

import email
from email import policy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.base.verbs import Refused
from fedele.calendar.ics.reading import UnreadableError
from fedele.calendar.invitations.answering import reply
from fedele.calendar.invitations.taking import Taken, take
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import Kind
from fedele.inbox.messages.models import Message
from fedele.inbox.sending.writing import Letter, answering, post
from fedele.inbox.threads.views import message_of
from fedele.knowledge.files.models import StoredFile
from fedele.ui import redirect

#: A file of a calendar is small; what is bigger is none.
MOST_BYTES = 1 << 20


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """POST say=take | accept | decline."""
    message, user, say = message_of(request, pk), request.user, request.POST.get("say", "")
    if message.kind != Kind.INVITATION or message.is_ours or say not in ("take", "accept", "decline"):
        raise Http404
    if not user.rights.may("create", "activity"):
        raise PermissionDenied(_("You may not plan activities."))
    home = f"/mail/{message.thread_id}/"
    try:
        with transaction.atomic():
            taken = take(calendar_in(message), user, sender=message.sender, addressed=_addressed(message))
            words = _said(taken)
            if say != "take":
                _send_back(message, taken, user, accepted=say == "accept")
                words = _("Accepted: who invited is told.") if say == "accept" else _("Declined: who invited is told.")
    except UnreadableError as unreadable:
        return redirect(request, home, str(unreadable), level="warn")
    except Refused as refused:
        return redirect(request, home, str(refused), level="warn")
    return redirect(request, home, words)


def calendar_in(message: Message) -> bytes:
    """The file of a calendar as it came. Http404 when there is none."""
    if message.raw is None:
        raise Http404
    with message.raw.file.open("rb") as file:
        parsed = email.message_from_binary_file(file, policy=policy.compat32)
    for part in parsed.walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and 0 < len(content) <= MOST_BYTES:
                return content
    raise Http404


def _addressed(message: Message) -> str:
    """Which of its addresses are ours: in its name one answers."""
    ours = message.mailbox.addresses if message.mailbox else []
    return next(
        (one for one in message.addresses("to", "cc") if one in ours),
        message.mailbox.address if ours and message.mailbox else "",
    )


def _said(taken: Taken) -> str:
    if taken.made:
        return _("It stands in your calendar.")
    if taken.called_off:
        return _("It is called off in your calendar.")
    if taken.changed:
        return _("Your calendar is as it says now.")
    return taken.left[0] if taken.left else _("Your calendar knew that already.")


def _send_back(message: Message, taken: Taken, user: Any, *, accepted: bool) -> None:
    """From the mailbox it came to. Refused when one may not write from there, or nobody is to be answered."""
    if not taken.activities:
        raise Refused(_said(taken))
    mailbox = Mailbox.objects.visible_to(user).filter(pk=message.mailbox_id).first()
    if mailbox is None or not user.rights.may("create", "message"):
        raise Refused(_("You cannot write from the mailbox this came to."))
    stored = StoredFile.keep(reply(taken.activities[0], accepted))
    text = _("%(who)s accepts.") if accepted else _("%(who)s declines.")
    letter = Letter(
        mailbox=mailbox,
        to=[(message.sender_name, message.sender)],
        subject=answering(message.subject),
        text=text % {"who": user},
        files=[(stored, "invite.ics", "text/calendar")],
        answers=message,
    )
    post(letter, user)
