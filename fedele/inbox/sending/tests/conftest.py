"""A mailbox that sends through a real SMTP server, which can be told to misbehave."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.inbox.mailboxes.models import Mailbox
from fedele.notices.tests.conftest import Mailbox as Server
from fedele.notices.tests.conftest import in_english, mailbox
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact

__all__ = ["in_english", "mailbox"]


@pytest.fixture(autouse=True)
def everybody_reads_english(cast: Any) -> None:
    type(cast.giulia).objects.update(language="en")


@pytest.fixture
def server(mailbox: Server) -> Server:
    return mailbox


@pytest.fixture
def sales(db: Any, server: Server) -> Mailbox:
    """Everybody's: sales@aurora.example, sent through the installation's server."""
    return Mailbox.objects.create(name="Sales", address="sales@aurora.example", from_name="Officine Aurora")


@pytest.fixture
def elena(giulia: Any) -> Contact:
    rinaldi = Company.objects.create(name="Rinaldi", email="info@rinaldi.example", owner=giulia)
    return Contact.objects.create(
        first_name="Elena", last_name="Rinaldi", email="elena@rinaldi.example", company=rinaldi, owner=giulia
    )
