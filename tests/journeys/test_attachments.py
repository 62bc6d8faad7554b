"""What came with a mail becomes a document, by keys, and is taken back; beside the story of the customer, too."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import pdf
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from tests.browser.axe import violations


@pytest.fixture
def order(people: Any) -> Message:
    """A mail of Elena's with a signed order, on her page and on that of her company."""
    rinaldi = Company.objects.create(name="Rinaldi", owner=people["giulia"])
    Contact.objects.create(
        first_name="Elena", last_name="Neri", email="elena@rinaldi.example", company=rinaldi, owner=people["giulia"]
    )
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Elena Neri <elena@rinaldi.example>", "info@aurora.example", "Ordine"
    mail["Message-ID"] = "<ordine@rinaldi.example>"
    mail.set_content("In allegato l’ordine firmato.")
    mail.add_attachment(pdf("Ordine 12"), maintype="application", subtype="pdf", filename="Ordine.pdf")
    box = Mailbox.objects.create(name="Info", address="info@aurora.example")
    found = take(box, mail.as_bytes(), Place("INBOX", 1, 1)).message
    assert found is not None
    return found


def test_an_attachment_is_saved_by_keys_and_taken_back(
    come_in: Callable[..., Page], order: Message, live_server: Any, complaints: list[str]
) -> None:
    page = come_in("giulia")
    page.goto(f"{live_server.url}/mail/{order.thread_id}/")
    page.keyboard.press("s")
    expect(page.locator("#dialog")).to_contain_text("Ordine.pdf")
    assert violations(page) == []
    # The first place is where Enter puts it.
    expect(page.locator("#dialog button.place").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".mail-file")).to_contain_text("già un documento: Ordine.pdf")
    assert Document.objects.get().company == order.company and Document.objects.get().contact is None
    assert violations(page) == []
    page.get_by_role("button", name="Annulla").click()
    expect(page.get_by_role("link", name="Salva tra i documenti")).to_be_visible()
    assert (Document.objects.get().is_trashed, complaints) == (True, [])


def test_it_is_saved_from_the_story_of_the_customer_and_stands_beside_it(
    come_in: Callable[..., Page], order: Message, live_server: Any, complaints: list[str]
) -> None:
    page = come_in("giulia", width=390, scheme="dark")
    page.goto(f"{live_server.url}/companies/{order.company_id}/#story")
    page.get_by_text("Leggi qui").click()
    page.get_by_role("link", name="Salva tra i documenti").click()
    page.locator("#dialog").get_by_role("button", name="Elena Neri").click()
    expect(page.locator(".mail-file")).to_contain_text("già un documento: Ordine.pdf")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".mail-file").get_by_role("link", name="Ordine.pdf").last.click()
    expect(page.get_by_role("heading", name="Arrivato per e-mail")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Ordine", exact=True).click()
    expect(page.get_by_text("In allegato l’ordine firmato.").first).to_be_visible()
    assert complaints == []
