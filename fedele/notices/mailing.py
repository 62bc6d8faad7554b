"""The job that sends one e-mail of notices: tried again while it certainly did not leave, never when it may have."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fedele.notices.handing import Bounced, Deferred, Uncertain, hand_over
from fedele.notices.letters import compose
from fedele.notices.models import NoticeMail
from fedele.tasks.jobs import job
from fedele.tasks.running import this_run

logger = logging.getLogger("fedele.notices")

State = NoticeMail.State

#: Two minutes, doubled up to six hours: about four days in all.
TRIES = {"retries": 22, "backoff": 120, "cap": 6 * 3600}
#: A mail server has answered by then, or the process that waited for it is dead.
LONGEST = timedelta(minutes=15)


@job(**TRIES)
def send(mail_id: int) -> str:
    """Sends the mail, unless that was done, or begun and never answered."""
    mail = NoticeMail.objects.select_related("user").get(pk=mail_id)
    letter = compose(mail) if mail.state == State.WAITING else None
    if mail.state == State.WAITING and letter is None:
        return _now(mail, State.DROPPED, before=State.WAITING)
    # Committed before the server is given anything: whoever finds it so later knows that a try was under way.
    begun = {"sending_at": timezone.now(), "attempts": mail.attempts + 1}
    if letter is None or not _turn(mail, State.WAITING, State.SENDING, **begun):
        # This is the only job of this mail: whoever began to send it is dead, or asleep, and may have got it out.
        _turn(mail, State.SENDING, State.UNCERTAIN, error="the process ended while sending")
        return NoticeMail.objects.values_list("state", flat=True).get(pk=mail_id)
    try:
        hand_over(letter)
    except Deferred as error:
        _now(mail, State.FAILED if this_run().is_last else State.WAITING, error=str(error)[:500])
        raise
    except Bounced as error:
        logger.warning("notice to %s refused: %s", mail.user.email, error)
        return _now(mail, State.FAILED, error=str(error)[:500])
    except Uncertain as error:
        logger.warning("notice %s to %s may or may not have arrived", mail.message_id, mail.user.email)
        return _now(mail, State.UNCERTAIN, error=str(error)[:500])
    return _sent(mail)


def settle_uncertain() -> int:
    """Mails whose sending never got an answer because the process died. They are counted, and not sent again."""
    old = NoticeMail.objects.filter(state=State.SENDING, sending_at__lt=timezone.now() - LONGEST)
    return old.update(state=State.UNCERTAIN, error="the process ended while sending")


def _sent(mail: NoticeMail) -> str:
    now = timezone.now()
    with transaction.atomic():
        # Also when it was already counted as uncertain: the answer came after all.
        NoticeMail.objects.filter(pk=mail.pk).update(state=State.SENT, sent_at=now, error="")
        mail.notices.update(emailed_at=now)
    return State.SENT.value


def _now(mail: NoticeMail, state: str, *, before: str = State.SENDING, **values: object) -> str:
    _turn(mail, before, state, **values)
    return str(state)


def _turn(mail: NoticeMail, before: str, after: str, **values: object) -> bool:
    return bool(NoticeMail.objects.filter(pk=mail.pk, state=before).update(state=after, **values))
