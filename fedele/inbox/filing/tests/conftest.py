"""A shared mailbox, a personal one, and customers who write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message, Met
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.tasks.tests.conftest import in_english

__all__ = ["in_english"]


@pytest.fixture
def info(cast: Any) -> Mailbox:
    return Mailbox.objects.create(name="Info", address="info@aurora.example")


@pytest.fixture
def own(cast: Any) -> Mailbox:
    return Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=cast.giulia)


@pytest.fixture
def elena(cast: Any) -> Contact:
    rinaldi = Company.objects.create(name="Rinaldi", owner=cast.giulia)
    return Contact.objects.create(
        first_name="Elena", last_name="Rinaldi", email="elena@rinaldi.example", company=rinaldi, owner=cast.giulia
    )


@pytest.fixture
def bruno(cast: Any) -> Contact:
    """Of another customer."""
    company = Company.objects.create(name="Vezzoli", owner=cast.luca)
    return Contact.objects.create(
        first_name="Bruno", last_name="Vezzoli", email="bruno@vezzoli.example", company=company
    )


def mail(
    sender: str,
    subject: str = "Richiesta",
    text: str = "Buongiorno",
    *,
    to: str = "info@aurora.example",
    mid: str = "",
    extra: str = "",
) -> bytes:
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Tue, 12 Mar 2024 10:00:00 +0100\r\n"
    return f"{head}Message-ID: <{mid or subject.replace(' ', '-')}@{sender.rpartition('@')[2].strip('>')}>\r\n{extra}\r\n{text}\r\n".encode()


@pytest.fixture
def came(db: None) -> Callable[..., Message | None]:
    """`came(box, mail(…))`: as if the server had just had it."""
    numbers = iter(range(1, 1000))

    def take_it(box: Mailbox, data: bytes, folder: str = "INBOX") -> Message | None:
        met: Met = take(box, data, Place(folder, 1, next(numbers), timezone.now()))
        return met.message

    return take_it


def sent(box: Mailbox, to: Contact, mid: str = "offerta@aurora.example", **more: Any) -> Message:
    """A letter that left from here."""
    from fedele.inbox.messages.models import Thread

    thread = Thread.objects.create(subject="Offerta", mailbox=box, contact=to, company=to.company)
    return Message.objects.create(
        thread=thread, mailbox=box, direction="out", state="sent", message_id=mid, sender=box.address, subject="Offerta",
        recipients={"to": [[str(to), to.email]]}, contact=to, company=to.company, **more,
    )  # fmt: skip
