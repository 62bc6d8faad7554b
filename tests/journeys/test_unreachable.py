"""Writing to an address mail came back from: asked at the field, sent with one tick, and ended with one click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message
from fedele.inbox.unreachable.counting import came_back
from fedele.people.contacts.models import Contact
from tests.browser.axe import violations
from tests.browser.editor import editor_of

ELENA = "elena@rinaldi.example"


def test_who_writes_there_is_asked_first(
    come_in: Callable[..., Page], people: Any, live_server: Any, complaints: list[str]
) -> None:
    Mailbox.objects.create(name="Vendite", address="vendite@aurora.example")
    elena = Contact.objects.create(last_name="Rinaldi", email=ELENA, owner=people["giulia"])
    page = come_in("giulia")
    page.goto(f"{live_server.url}/mail/write/?on=contact:{elena.pk}")
    page.get_by_label("Oggetto").fill("Offerta")
    editor_of(page, "Testo").click()
    page.keyboard.type("Ecco.")
    # It comes back while the letter is being written.
    came_back(ELENA, "hard", "550 5.1.1 User unknown")
    page.keyboard.press("Control+Enter")
    said = page.get_by_text(f"La posta per {ELENA} è tornata indietro il").first
    expect(said).to_be_visible()
    expect(page.get_by_role("textbox", name="Testo")).to_contain_text("Ecco.")
    assert violations(page) == []
    page.get_by_label(f"Invia comunque a {ELENA}").check()
    page.get_by_role("button", name="Invia", exact=True).click()
    expect(page.get_by_text("L’e-mail è in partenza.")).to_be_visible()
    assert Message.objects.get().notes["anyway"] == [ELENA]
    page.goto(f"{live_server.url}/contacts/{elena.pk}/")
    expect(page.get_by_text("indirizzo e-mail non raggiungibile")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="L’indirizzo funziona di nuovo").click()
    expect(page.get_by_text("Si può di nuovo scrivere a questo indirizzo.")).to_be_visible()
    expect(page.get_by_text("indirizzo e-mail non raggiungibile")).to_have_count(0)
    # The form that asks answers with 422, which the browser notes.
    assert [one for one in complaints if "422" not in one] == []
