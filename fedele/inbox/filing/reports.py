"""What other servers tell of our mail: it came back, it was certified, somebody complained. It marks what was sent."""

from __future__ import annotations

import datetime as dt

from fedele.inbox.filing import threads
from fedele.inbox.filing.storing import message_of
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import Direction, Kind, State
from fedele.inbox.messages.models import Message, Report
from fedele.inbox.messages.telling import CAME_BACK, tell_of
from fedele.inbox.reading.answer import Reading
from fedele.inbox.unreachable.counting import came_back, works
from fedele.notices.telling import tell
from fedele.people.consents.recording import record_answer
from fedele.people.consents.words import Channel, Said, Source

BOUNCES = {Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.POLICY_BOUNCE, Kind.DELAY}
RECEIPTS = {Kind.PEC_ACCEPTANCE, Kind.PEC_DELIVERY, Kind.PEC_REFUSAL, Kind.PEC_FAILURE}
#: After these ours has arrived.
ARRIVED = {Kind.PEC_DELIVERY, Kind.READ_RECEIPT}
#: How a report reads, and what is kept of it.
BY_CLASS = {"hard": Kind.HARD_BOUNCE, "soft": Kind.SOFT_BOUNCE, "policy": Kind.POLICY_BOUNCE}
#: After these nothing arrived.
LOST = {Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.POLICY_BOUNCE, Kind.PEC_REFUSAL, Kind.PEC_FAILURE}


def report(mailbox: Mailbox, reading: Reading, came_at: dt.datetime | None) -> Message | None:
    """Stored in the thread of what it is about. Of mail that was not sent from here nothing is believed: it is put aside."""
    about = _about(reading)
    if about is None and mailbox.is_personal:
        return None
    message = message_of(reading, mailbox, came_at)
    message.state = State.FILED if about else State.IGNORED
    if about is None:
        message.thread = threads.Thread.objects.create(subject=message.subject, mailbox=mailbox, last_at=message.at)
    else:
        message.thread = about.thread
        for name, value in about.places().items():
            setattr(message, name, value)
        message.is_confidential = about.is_confidential
    message.save()
    threads.heard_from(message.thread, message, asks=False)
    if about is not None:
        _mark(about, message, reading)
    return message


def _about(reading: Reading) -> Message | None:
    """The mail of ours it speaks of, by the Message-ID that was stored before it left."""
    named = [one.message_id for one in reading.bounces]
    named += [reading.pec.reference if reading.pec else "", reading.in_reply_to, *reversed(reading.references)]
    ids = [threads.shortened(one) for one in named if one]
    found = Message.objects.filter(message_id__in=ids, direction=Direction.OUT).select_related("thread", "author")
    return min(found, key=lambda one: ids.index(one.message_id), default=None)


def _mark(about: Message, told_by: Message, reading: Reading) -> None:
    if reading.kind == Kind.COMPLAINT:
        _complained(about, told_by, reading)
        return
    if reading.kind in RECEIPTS or reading.kind == Kind.READ_RECEIPT:
        _receipt(about, told_by, reading)
    receivers = {one.lower(): one for one in about.addresses("to", "cc", "bcc")}
    for bounce in reading.bounces:
        # Only of whom it was sent to: a report can name anybody.
        if bounce.recipient in receivers or len(receivers) == 1:
            recipient = receivers.get(bounce.recipient) or next(iter(receivers.values()))
            told = {"status": bounce.status[:10], "diagnostic": bounce.diagnostic}
            if Report.keep(about, told_by, BY_CLASS.get(bounce.cls, Kind.DELAY), recipient, **told):
                came_back(recipient, bounce.cls, bounce.diagnostic, told_by.at)
    if reading.kind in LOST:
        _came_back(about)


def _receipt(about: Message, told_by: Message, reading: Reading) -> None:
    pec = reading.pec
    whom, seal = (",".join(pec.recipients)[:254], pec.signed) if pec else ("", "")
    Report.keep(about, told_by, reading.kind, whom, status=seal[:10])
    if reading.kind in ARRIVED and len(receivers := about.addresses("to", "cc", "bcc")) == 1:
        works(receivers[0])


def _came_back(about: Message) -> None:
    """Said once on the timeline and to who wrote it, however many reports come."""
    if not Message.objects.filter(pk=about.pk).exclude(state=State.BOUNCED).update(state=State.BOUNCED):
        return
    threads.Thread.objects.filter(pk=about.thread_id).update(awaited_since=None)
    tell_of(about, CAME_BACK, to=", ".join(about.addresses("to"))[:200])
    if about.author is not None:
        tell(about.author, "mail.came_back", title=str(about), url=f"/mail/{about.thread_id}/")


def _complained(about: Message, told_by: Message, reading: Reading) -> None:
    """Who says that our mail is spam wants none: a refusal, as if they had said it to us."""
    from fedele.inbox.filing.people import customer_of

    receivers = {*about.addresses("to", "cc", "bcc")}
    address = reading.complained if reading.complained in receivers else next(iter(receivers), "")
    Report.keep(about, told_by, Kind.COMPLAINT, address)
    record = customer_of(address)
    if record is not None:
        record_answer(record, [Channel.EMAIL], Said.REFUSED, source=Source.EMAIL, note=told_by.subject[:300])
