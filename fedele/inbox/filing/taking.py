"""Takes one mail in: the one door for what a server has, a file holds, or a test makes up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from fedele.inbox.filing import leads, people, reports, threads
from fedele.inbox.filing.storing import keep_files, message_of
from fedele.inbox.filing.telling import tell_received
from fedele.inbox.filing.trusting import learn, trusted
from fedele.inbox.mailboxes.models import Folder, Mailbox, Unknown
from fedele.inbox.messages.finding import index_messages
from fedele.inbox.messages.kinds import REPORTS, WRITTEN, Direction, Kind, State
from fedele.inbox.messages.models import Message, Met, Thread
from fedele.inbox.messages.telling import SENT, tell_of
from fedele.inbox.reading import read
from fedele.inbox.reading.answer import Reading
from fedele.inbox.unreachable.counting import works
from fedele.journal.acting import act_as

Outcome = Met.Outcome


@dataclass(frozen=True)
class Place:
    """Where on its server a mail was met."""

    folder: str
    validity: int
    uid: int
    came_at: dt.datetime | None = None


def take(mailbox: Mailbox, data: bytes, place: Place) -> Met:
    """Stores it, files it, says what was done; the second time it is met, in whatever mailbox, only that it is known.

    All of it is one transaction: who reads the server again after this returned finds nothing to do.
    """
    reading = read(data, trusted(), mailbox.checks_senders)
    learn(mailbox, reading)
    for _try in (1, 2):
        try:
            with transaction.atomic(), act_as(door="mail"):
                return _take(mailbox, reading, data, place)
        except IntegrityError:
            # Another worker stored the same at the same moment: the second look finds it.
            if _try == 2:
                raise
    raise AssertionError("a loop of two tries returns or raises")


def _take(mailbox: Mailbox, reading: Reading, data: bytes, place: Place) -> Met:
    Folder.objects.filter(mailbox=mailbox, name=place.folder, validity=place.validity, last_uid__lt=place.uid).update(
        last_uid=place.uid
    )
    where = {"mailbox": mailbox, "folder": place.folder, "validity": place.validity, "uid": place.uid}
    before = Met.objects.filter(**where).exclude(outcome=Outcome.FAILED).first()
    if before is not None:
        return before
    known = _known(reading)
    message = known or _new(mailbox, reading, data, place)
    outcome = Outcome.KNOWN if known else Outcome.STORED if message else Outcome.LEFT
    met, _made = Met.objects.update_or_create(**where, defaults={"message": message, "outcome": outcome, "trouble": ""})
    return met


def _known(reading: Reading) -> Message | None:
    """Stored already, or sent by ourselves."""
    key = threads.shortened(reading.message_id)
    same = Message.objects.filter(message_id=key, fingerprint=reading.fingerprint)
    ours = Message.objects.filter(message_id=key, direction=Direction.OUT) if key else Message.objects.none()
    return same.first() or ours.first()


def _new(mailbox: Mailbox, reading: Reading, data: bytes, place: Place) -> Message | None:
    """The stored message; None for what is not taken."""
    sender = reading.sender[1]
    if people.is_ours(sender):
        message = _own(mailbox, reading, place)
    elif reading.kind in REPORTS:
        message = reports.report(mailbox, reading, place.came_at)
    elif people.rule_for(sender) == "ignore":
        message = None
    else:
        message = _from_outside(mailbox, reading, place)
        if not reading.is_unproven:
            # Who writes can be written to.
            works(sender)
    if message is not None:
        keep_files(message, reading, data)
        index_messages([message])
    return message


def _own(mailbox: Mailbox, reading: Reading, place: Place) -> Message | None:
    """What a colleague wrote in another program: proved by the folder of sent mail, or by the address only we know."""
    to = [address for which in ("to", "cc", "bcc") for _name, address in reading.recipients.get(which, ())]
    told_us = mailbox.filing_address in (*to, *reading.delivered_to)
    proved = place.folder == mailbox.sent_folder or (told_us and not reading.is_unproven)
    customer = people.customers_among(to)
    if customer is None:
        return None
    if not proved:
        return None if mailbox.is_personal else _park(mailbox, reading, place, "claims_to_be_ours")
    message = message_of(reading, mailbox, place.came_at)
    message.direction, message.state, message.author = Direction.OUT, State.SENT, people.colleague_of(reading.sender[1])
    message.place_on(customer)
    continued = threads.answered_by(reading)
    message.thread = continued.thread if continued else _thread_for(message)
    message.save()
    threads.heard_from(message.thread, message, asks=False)
    threads.answered(message.thread, message)
    with act_as(user=message.author):
        tell_of(message, SENT, to=", ".join(to)[:200])
    return message


def _from_outside(mailbox: Mailbox, reading: Reading, place: Place) -> Message | None:
    sender = reading.sender[1]
    customer = people.customer_of(sender)
    if reading.is_unproven:
        return _unproven(mailbox, reading, place, customer)
    continued = threads.answered_by(reading)
    if continued is not None and not threads.takes_part(sender, customer, continued):
        return (
            None
            if mailbox.is_personal and customer is None
            else _filed_or_parked(mailbox, reading, place, customer, stranger=True)
        )
    if customer is None and continued is not None and continued.customer is not None:
        return _file(mailbox, reading, place, None, continued)
    if customer is not None:
        return _file(mailbox, reading, place, customer, continued)
    return _unknown(mailbox, reading, place)


def _unproven(mailbox: Mailbox, reading: Reading, place: Place, customer: Any) -> Message | None:
    """It enters no thread, makes no lead and stands on nobody's page before somebody has looked at it."""
    takes_strangers = not mailbox.is_personal and mailbox.unknown != Unknown.IGNORE
    return _park(mailbox, reading, place, "unproven") if customer is not None or takes_strangers else None


def _filed_or_parked(
    mailbox: Mailbox, reading: Reading, place: Place, customer: Any, *, stranger: bool
) -> Message | None:
    """Who names somebody else's thread begins one of their own; one whom nobody knows waits, and it is said why."""
    if customer is not None:
        return _file(mailbox, reading, place, customer, None)
    return _park(mailbox, reading, place, "stranger" if stranger else "unknown")


def _unknown(mailbox: Mailbox, reading: Reading, place: Place) -> Message | None:
    """A personal mailbox gives only mail with people who are known; a shared one as it was told to."""
    if mailbox.is_personal or mailbox.unknown == Unknown.IGNORE:
        return None
    if is_written(reading) and mailbox.unknown == Unknown.LEAD:
        message = _park(mailbox, reading, place, "lead")
        leads.make_lead(message, None)
        return message
    return _park(mailbox, reading, place, "unknown")


def is_written(reading: Reading) -> bool:
    """By a person; also what a program marked as automatic, when somebody decided so for its sender."""
    return reading.kind in WRITTEN or people.rule_for(reading.sender[1]) == "person"


def _file(mailbox: Mailbox, reading: Reading, place: Place, customer: Any, continued: Message | None) -> Message:
    message = message_of(reading, mailbox, place.came_at)
    message.state = State.FILED
    if continued is not None:
        for name, value in continued.places().items():
            setattr(message, name, value)
        message.assigned_to_id = continued.thread.assigned_to_id
        message.is_confidential = continued.thread.is_confidential
    if customer is not None:
        message.contact = message.lead = None
        message.place_on(customer)
    message.thread = continued.thread if continued else _thread_for(message)
    message.save()
    asks = is_written(reading)
    threads.heard_from(message.thread, message, asks=asks)
    if asks:
        tell_received(message)
    return message


def _park(mailbox: Mailbox, reading: Reading, place: Place, why: str) -> Message:
    """Waits for somebody; what no person wrote is put aside at once, where it can be looked at."""
    message = message_of(reading, mailbox, place.came_at)
    message.state = State.PARKED if is_written(reading) else State.IGNORED
    message.notes["why"] = why
    message.thread = _thread_for(message)
    message.save()
    threads.heard_from(message.thread, message, asks=message.state == State.PARKED)
    return message


def _thread_for(message: Message) -> Thread:
    return Thread.objects.create(
        subject=message.subject, mailbox=message.mailbox, last_at=message.at, **message.places()
    )


__all__ = ["Kind", "Place", "take"]
