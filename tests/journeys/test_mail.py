"""Mail of strangers in a real browser: sorted by keys, and what they laid out calls nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from tests.browser.axe import violations

HOSTILE = (
    '<p id="seen">Buongiorno</p><script>document.title="taken"</script><img src="https://tracker.example/p.gif" onerror="document.title=1">'
    '<style>@import url(https://tracker.example/x.css)</style><p style="background:url(https://tracker.example/b.png)">x</p>'
    '<svg onload="document.title=2"></svg><iframe src="https://tracker.example/f"></iframe><link rel=stylesheet href="https://tracker.example/l.css">'
    '<form action="https://tracker.example/"><input autofocus onfocus="document.title=3"></form><video poster="https://tracker.example/v"></video>'
)


def come(sender: str, subject: str, body: str, kind: str = "text/plain") -> Message:
    box, _made = Mailbox.objects.get_or_create(name="Info", address="info@aurora.example")
    head = f"From: {sender}\r\nTo: info@aurora.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@x.example>\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n"
    message = take(box, f"{head}{body}".encode(), Place("INBOX", 1, len(subject))).message
    assert message is not None
    return message


def test_mail_of_strangers_is_sorted_by_keys(come_in: Callable[..., Page], people: Any, live_server: Any) -> None:
    come(
        "Nicola Serra <nicola@serrastampi.example>",
        "Pressa",
        "Ci serve una pressa.\r\n\r\n-- \r\nNicola Serra\r\nSerra Stampi S.r.l.",
    )
    come("altri@ditta.example", "Convenzione", "Vi proponiamo una convenzione.")
    page = come_in("giulia")
    page.goto(f"{live_server.url}/mail/parked/")
    assert violations(page) == []
    expect(page.get_by_role("heading", name="Convenzione")).to_be_visible()
    page.keyboard.press("x")
    expect(page.get_by_role("heading", name="Pressa")).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_label("Cognome")).to_have_value("Serra")
    expect(page.get_by_label("Azienda")).to_have_value("Serra Stampi S.r.l.")
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Nicola Serra")).to_be_visible()
    assert Lead.objects.get().email == "nicola@serrastampi.example"
    assert sorted(Message.objects.values_list("state", flat=True)) == ["filed", "ignored"]


def test_no_request_leaves_the_page_of_a_hostile_mail(
    come_in: Callable[..., Page], people: Any, live_server: Any
) -> None:
    """A-9: opened, and looked at as it was laid out."""
    elena = Contact.objects.create(last_name="Rinaldi", email="elena@rinaldi.example", owner=people["giulia"])
    message = come(elena.email, "Offerta", HOSTILE, "text/html")
    page, asked = come_in("giulia"), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/mail/{message.thread_id}/")
    page.get_by_text("Come è stata impaginata").click()
    expect(page.locator(".mail-html")).to_contain_text("Buongiorno")
    page.wait_for_timeout(500)
    assert [one for one in asked if not one.startswith((live_server.url, "data:"))] == []
    assert page.title() not in ("taken", "1", "2", "3")
