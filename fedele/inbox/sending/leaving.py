"""The job that sends one message: tried again while it certainly did not leave, never when it may have."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message
from fedele.inbox.sending.copying import keep_copy, wants_copy
from fedele.inbox.sending.letters import compose, connection_of
from fedele.inbox.sending.refusals import kept_back, leave_out, note_refused
from fedele.inbox.sending.telling import tell_author, tell_sent
from fedele.inbox.unreachable.counting import left_for
from fedele.knowledge.files.models import StoredFile
from fedele.notices.handing import Bounced, Deferred, Uncertain, hand_over
from fedele.tasks.jobs import job
from fedele.tasks.running import this_run

logger = logging.getLogger("fedele.inbox")

#: One minute, doubled up to six hours: more than four days in all.
TRIES = {"retries": 24, "backoff": 60, "cap": 6 * 3600}
#: A server has answered by then, or the process that waited for it is dead.
LONGEST = timedelta(minutes=15)
ENDED = "the process ended while sending"


@job(**TRIES, priority=20)
def send(message_id: int) -> str:
    """Sends the message, unless that was done, taken back, or begun and never answered."""
    message = Message.objects.select_related("mailbox", "author", "thread").get(pk=message_id)
    if message.state not in (State.QUEUED, State.SENDING):
        return message.state
    # Committed before the server is given anything: whoever finds it so later knows that a try was under way.
    if not _turn(message, State.QUEUED, State.SENDING, tries=message.tries + 1, sent_at=timezone.now()):
        return _gave_up_on(message)
    message.refresh_from_db(fields=["tries", "sent_at", "state"])
    held = kept_back(message)
    try:
        refused = _hand_over(message, held)
    except Deferred as error:
        return _later(message, error)
    except Bounced as error:
        return _failed(message, State.FAILED, str(error), error.refused)
    except Uncertain as error:
        return _failed(message, State.UNCERTAIN, str(error))
    return _sent(message, refused, held)


def settle_uncertain() -> int:
    """Messages whose sending never got an answer because the process died, and no job is left to say so."""
    old = Message.objects.filter(state=State.SENDING, sent_at__lt=timezone.now() - LONGEST)
    found = list(old.select_related("author", "thread")[:200])
    for message in found:
        _failed(message, State.UNCERTAIN, ENDED)
    return len(found)


def _hand_over(message: Message, held: dict[str, str]) -> dict[str, str]:
    letter = compose(message)
    if held and not leave_out(letter, held):
        raise Bounced(" ".join(held.values()))
    raw = letter.message().as_bytes(linesep="\r\n")
    # What leaves is what is kept, whatever becomes of mailbox and signature.
    Message.objects.filter(pk=message.pk).update(raw=StoredFile.keep(raw), size=len(raw))
    return hand_over(letter, connection_of(message.mailbox))


def _gave_up_on(message: Message) -> str:
    """This is the only job of this message: whoever began to send it is dead, or asleep, and may have got it out."""
    return _failed(message, State.UNCERTAIN, ENDED)


def _later(message: Message, error: Deferred) -> str:
    if this_run().is_last:
        return _failed(message, State.FAILED, str(error))
    _turn(message, State.SENDING, State.QUEUED, trouble=str(error)[:300])
    raise error


def _failed(message: Message, state: State, words: str, refused: dict[str, str] | None = None) -> str:
    logger.warning("message %s is %s: %s", message.pk, state, words)
    with transaction.atomic():
        note_refused(message, refused or {})
        if _turn(message, State.SENDING, state, trouble=words[:300]):
            tell_author(message, state)
    return str(state)


def _sent(message: Message, refused: dict[str, str], held: dict[str, str]) -> str:
    with transaction.atomic():
        # Also when it was already counted as uncertain: the answer came after all.
        Message.objects.filter(pk=message.pk).update(state=State.SENT, at=timezone.now(), trouble="")
        note_refused(message, refused)
        left_for(one for one in message.addresses("to", "cc", "bcc") if one not in refused and one not in held)
        message.refresh_from_db()
        # Whoever wrote again while it was on its way still waits for an answer of ours.
        if message.thread.waiting_since is None:
            message.thread.await_answer(message.at)
        tell_sent(message, {**refused, **held})
        if wants_copy(message):
            keep_copy.enqueue(message.pk)
    return State.SENT.value


def _turn(message: Message, before: State, after: State, **values: Any) -> bool:
    return bool(Message.objects.filter(pk=message.pk, state=before).update(state=after, **values))
