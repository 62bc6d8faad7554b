"""The queue of what nobody knew, and the pages on which mailboxes are set up."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fedele.inbox.filing.tests.conftest import bruno, came, elena, in_english, info, mail, own
from fedele.inbox.mailboxes.models import Mailbox, Rule
from fedele.inbox.messages.models import Message
from fedele.people.leads.models import Lead

__all__ = ["bruno", "came", "elena", "in_english", "info", "own"]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_(cast: Any) -> Any:
    def browser(user: Any) -> Client:
        user.language = "en"
        user.save()
        client = Client()
        client.force_login(user)
        return client

    return browser


def test_who_may_not_see_it_finds_nothing_at_any_address(info: Any, elena: Any, came: Any, as_: Any, cast: Any) -> None:
    info.team = cast.giulia.team
    info.save()
    message = came(info, mail("nuovo@ditta.example", "Segreto"))
    for user in (cast.chiara, cast.eva):
        client = as_(user)
        for act in ("lead", "file", "ignore", "again"):
            assert client.post(f"/mail/parked/{message.pk}/{act}/").status_code == 404
    assert "Segreto" not in as_(cast.chiara).get("/mail/parked/").content.decode()
    assert as_(cast.eva).get("/mail/parked/").status_code == 403
    assert Message.objects.get().state == "parked"


def test_a_lead_is_made_of_a_parked_mail_with_what_it_says(info: Any, came: Any, as_: Any, cast: Any) -> None:
    message = came(info, mail("Nicola Serra <nicola@serrastampi.example>", "Press", "We need a press."))
    client = as_(cast.giulia)
    assert "Press" in client.get("/mail/parked/").content.decode()
    form = client.get(f"/mail/parked/{message.pk}/lead/", headers=HTMX).content.decode()
    assert 'value="Nicola"' in form and 'value="Serrastampi"' in form
    assert client.post(f"/mail/parked/{message.pk}/lead/", {"email": "no"}, headers=HTMX).status_code == 422
    given = {
        "first_name": "Nicola",
        "last_name": "Serra",
        "email": "nicola@serrastampi.example",
        "interest": "Press",
        "notes": "",
    }
    client.post(f"/mail/parked/{message.pk}/lead/", given)
    lead = Lead.objects.get()
    assert (Message.objects.get().lead, lead.source) == (lead, "email")
    assert client.post(f"/mail/parked/{message.pk}/lead/", given).status_code == 404
    assert Lead.objects.count() == 1


def test_it_is_filed_on_a_record_one_may_see_and_its_address_is_remembered(
    info: Any, elena: Any, came: Any, as_: Any, cast: Any
) -> None:
    message = came(info, mail("altro@casa.example", "Hello"))
    client = as_(cast.giulia)
    assert client.post(f"/mail/parked/{message.pk}/file/", {"on": "company:999999"}).status_code == 404
    assert client.post(f"/mail/parked/{message.pk}/file/", {"on": "user:1"}).status_code == 422
    client.post(f"/mail/parked/{message.pk}/file/", {"company": elena.company.pk, "remember": "1"})
    message.refresh_from_db()
    elena.company.refresh_from_db()
    assert (message.state, message.company, elena.company.email) == ("filed", elena.company, "altro@casa.example")
    assert came(info, mail("altro@casa.example", "Again")).company == elena.company


def test_put_aside_with_a_rule_the_next_is_not_taken(info: Any, came: Any, as_: Any, cast: Any) -> None:
    message = came(info, mail("offerte@spam.example", "Win"))
    client = as_(cast.giulia)
    client.post(f"/mail/parked/{message.pk}/ignore/", {"rule": "domain"})
    assert came(info, mail("altri@spam.example", "Win again")) is None
    assert [one.sender for one in Rule.objects.all()] == ["@spam.example"]
    assert "Win" in client.get("/mail/parked/?aside=1").content.decode()
    client.post(f"/mail/parked/{message.pk}/again/", {"person": "1"})
    assert Message.objects.get().state == "parked"


def test_a_rule_never_covers_all_mailboxes_of_a_provider(info: Any, came: Any, as_: Any, cast: Any) -> None:
    message = came(info, mail("uno@gmail.com", "Hi"))
    as_(cast.giulia).post(f"/mail/parked/{message.pk}/ignore/", {"rule": "domain"})
    assert not Rule.objects.exists()


def test_an_administrator_sets_a_shared_mailbox_up_and_nobody_sees_its_password(as_: Any, cast: Any) -> None:
    client = as_(cast.sara)
    given = {
        "name": "Info",
        "address": "info@aurora.example",
        "imap_port": "993",
        "imap_security": "tls",
        "folder": "INBOX",
        "afterwards": "leave",
        "since": "2024-01-01",
        "smtp_port": "587",
        "smtp_security": "starttls",
        "unknown": "park",
        "imap_password": "Segreta!",
        "more_addresses": "a@aurora.example; B@aurora.example",
    }
    assert client.post("/setup/mailboxes/new/", given).status_code == 302
    box = Mailbox.objects.get()
    assert (box.imap_password, box.aliases, box.owner) == ("Segreta!", ["a@aurora.example", "b@aurora.example"], None)
    page = client.get(f"/setup/mailboxes/{box.pk}/").content.decode()
    assert "Segreta" not in page and box.filing_address in page
    client.post(f"/setup/mailboxes/{box.pk}/", {**given, "imap_password": "", "name": "Informazioni"})
    assert Mailbox.objects.get().imap_password == "Segreta!"
    assert as_(cast.giulia).get(f"/setup/mailboxes/{box.pk}/").status_code == 403
    assert client.post(f"/setup/mailboxes/{box.pk}/", {**given, "folder": "INBOX\r\nA1 X"}).status_code == 422


def test_ones_own_mailbox_is_not_the_administrators(as_: Any, cast: Any, own: Any) -> None:
    assert as_(cast.sara).get(f"/setup/mailboxes/{own.pk}/").status_code == 404
    assert own.address in as_(cast.giulia).get("/profile/mailbox/").content.decode()
    assert as_(cast.sara).get("/setup/mailboxes/").status_code == 200
