"""Which thread a mail continues. By Message-IDs of its references, and only for who took part: never by a subject."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fedele.inbox.messages.models import Message, Thread
from fedele.inbox.reading.answer import Reading

#: The newest references are looked up; a thread that goes on for years is found by its end.
LOOKED_UP = 30


def answered_by(reading: Reading) -> Message | None:
    """The newest message of ours or theirs that this one names."""
    named = list(dict.fromkeys([*reversed(reading.references), reading.in_reply_to]))[:LOOKED_UP]
    named = [shortened(one) for one in named if one]
    if reading.in_reply_to:
        named.insert(0, shortened(reading.in_reply_to))
    found = Message.objects.filter(message_id__in=named).select_related("thread") if named else Message.objects.none()
    return min(found, key=lambda one: (named.index(one.message_id), -one.pk), default=None)


def takes_part(address: str, customer: Any, message: Message) -> bool:
    """Whether who writes was sender or receiver of what they answer, or is of the same customer."""
    if address and address in (message.sender, *message.addresses("to", "cc", "bcc", "reply_to")):
        return True
    if customer is None:
        return False
    places = message.places()
    same = customer.pk == places.get(f"{customer.record_type}_id")
    company = customer.pk if customer.record_type == "company" else getattr(customer, "company_id", None)
    return same or (company is not None and company == places["company_id"])


def shortened(message_id: str) -> str:
    """As it fits the column; ids longer than any program writes are cut."""
    return message_id[:250]


def heard_from(thread: Thread, message: Message, *, asks: bool) -> None:
    """The thread after a message came in. `asks`: a person wrote it and may wait for an answer."""
    thread.count += 1
    thread.last_at = max(thread.last_at, message.at) if thread.count > 1 else message.at
    thread.people = _named(thread.people, _of_theirs(message))
    thread.snippet = message.snippet
    thread.mailbox = thread.mailbox or message.mailbox
    if asks:
        thread.waiting_since, thread.awaited_since = thread.waiting_since or message.at, None
        thread.is_unread = True
    if not (thread.company_id or thread.contact_id or thread.lead_id):
        take_places(thread, message)
    thread.is_parked = message.state == "parked"
    thread.save()


def take_places(thread: Thread, message: Message) -> None:
    for name, value in message.places().items():
        setattr(thread, name, value)


def answered(thread: Thread, message: Message) -> None:
    """The thread after something went out in it."""
    Message.objects.filter(thread=thread, direction="in", answered_at=None, at__lte=message.at).update(
        answered_at=timezone.now()
    )
    if message.at >= thread.last_at:
        thread.await_answer(message.at)
        return
    thread.waiting_since = None
    thread.save(update_fields=["waiting_since"])


def _of_theirs(message: Message) -> list[str]:
    """Who wrote to us, or to whom we wrote."""
    return [name or to for name, to in message.recipients.get("to", ())] if message.is_ours else [message.sender_shown]


def _named(people: str, names: list[str]) -> str:
    known = [one for one in people.split(", ") if one]
    return ", ".join(dict.fromkeys([*known, *(name.replace(",", "") for name in names)]))[:300]
