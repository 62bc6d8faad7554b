"""Who sees a message: the mailbox, who answers, and whoever sees the customer it is filed on."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message, Thread
from fedele.people.companies.models import Company

pytestmark = pytest.mark.django_db


def mail(**given: Any) -> Message:
    thread = Thread.objects.create(subject="Offer", **given)
    return Message.objects.create(
        thread=thread, subject="Offer", state="filed", message_id=secrets.token_hex(8), **given
    )


def who_sees(cast: Any, message: Message) -> set[str]:
    return {
        name for name, user in vars(cast).items() if Message.objects.visible_to(user).filter(pk=message.pk).exists()
    }


def test_a_personal_mailbox_is_its_owners_alone(cast: Any) -> None:
    box = Mailbox.objects.create(name="Giulia", address="giulia@example.com", owner=cast.giulia)
    assert who_sees(cast, mail(mailbox=box)) == {"giulia"}


def test_a_shared_mailbox_is_its_teams_and_who_administers(cast: Any) -> None:
    box = Mailbox.objects.create(name="Sales", address="sales@example.com", team=cast.giulia.team)
    seen = who_sees(cast, mail(mailbox=box))
    assert {"giulia", "luca", "sara"} <= seen
    assert not {"chiara", "anna", "eva"} & seen


def test_what_is_filed_is_seen_with_the_customer_unless_confidential(cast: Any) -> None:
    box = Mailbox.objects.create(name="Giulia", address="giulia@example.com", owner=cast.giulia)
    company = Company.objects.create(name="Rinaldi")
    filed = who_sees(cast, mail(mailbox=box, company=company))
    assert {"chiara", "marco", "dario"} <= filed
    assert "eva" not in filed
    assert who_sees(cast, mail(mailbox=box, company=company, is_confidential=True)) == {"giulia"}


def test_who_answers_sees_it_and_nobody_sees_what_is_on_a_trashed_record(cast: Any) -> None:
    box = Mailbox.objects.create(name="Giulia", address="giulia@example.com", owner=cast.giulia)
    company = Company.objects.create(name="Rinaldi")
    company.trash()
    assert who_sees(cast, mail(mailbox=box, company=company, assigned_to=cast.chiara)) == {"giulia", "chiara"}


def test_the_password_is_not_in_the_database_and_survives_a_new_key(settings: Any) -> None:
    box = Mailbox(name="Info", address="info@example.com")
    box.imap_password = "Segreta!"
    box.save()
    assert "Segreta" not in Mailbox.objects.values_list("imap_locked", flat=True)[0]
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert Mailbox.objects.get().imap_password == "Segreta!"
    settings.SECRET_KEY_FALLBACKS = []
    assert Mailbox.objects.get().imap_password == ""
