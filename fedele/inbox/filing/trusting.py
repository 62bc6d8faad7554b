"""What may be believed of a mail before it is filed: whose certificates, which server's word."""

from __future__ import annotations

import logging

from django.conf import settings

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.reading import senders
from fedele.inbox.reading.answer import Reading
from fedele.inbox.reading.trust import Trust, Unusable, trust_in

logger = logging.getLogger("fedele.inbox")


def learn(mailbox: Mailbox, reading: Reading) -> None:
    """Which server checks senders for this mailbox: noted once where a mail shows it, until then what to propose."""
    if mailbox.checks_senders or not reading.claims:
        return
    own, topmost = senders.learnt(reading.claims, mailbox.imap_host)[:120], senders.seen(reading.claims)[:120]
    if own or topmost != mailbox.seen_checking:
        mailbox.checks_senders, mailbox.seen_checking = own, topmost
        Mailbox.objects.filter(pk=mailbox.pk, checks_senders="").update(checks_senders=own, seen_checking=topmost)


def trusted() -> Trust:
    """The operator's list. One that cannot be read certifies nothing, and no mail waits for it: checks at start name it."""
    try:
        return trust_in(settings.PEC_CERTIFICATES)
    except Unusable as error:
        logger.warning("FEDELE_PEC_CERTIFICATES cannot be read: %s", error)
        return Trust()
