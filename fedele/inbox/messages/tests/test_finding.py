"""Mail is found in the one search: by whom it may be seen, with the words around, at its place in the thread."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.finding import found_by
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message
from fedele.inbox.messages.seeking import seek
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.privacy.erasing import erase
from fedele.people.privacy.person import person_of
from fedele.search.models import Document

LETTER = (
    "From: Elena Rinaldi <elena@rinaldi.example>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{n}@rinaldi.example>\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\r\n"
    "Il giorno lun 11 mar 2024 alle ore 11:02 Giulia Bassi ha scritto:\r\n> Le mando la fideiussione.\r\n"
    '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="capitolato.pdf"\r\n\r\n%PDF-1.4\r\n--b--\r\n'
)


@pytest.fixture
def shared(db: Any) -> Mailbox:
    return Mailbox.objects.create(name="Info", address="info@aurora.example")


@pytest.fixture
def elena(giulia: Any) -> Contact:
    company = Company.objects.create(name="Rinaldi", owner=giulia)
    return Contact.objects.create(
        first_name="Elena", last_name="Rinaldi", email="elena@rinaldi.example", company=company, owner=giulia
    )


def came(box: Mailbox, n: int = 1, subject: str = "Pressa", text: str = "Abbiamo firmato le trattative.") -> Message:
    data = LETTER.format(to=box.address, subject=subject, n=n, text=text).encode()
    message = take(box, data, Place("INBOX", 1, n)).message
    assert message is not None
    return message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pressa", True), ("trattativa", True), ("firmat", True), ("elena@rinaldi.example", True), ("rinaldi", True),
        ("info@aurora", True), ("capitolato", True), ("firamto", True), ("fideiussione", False), ("tornio", False),
    ],
)  # fmt: skip
def test_by_what_it_says_and_not_by_what_it_quotes(
    giulia: Any, shared: Mailbox, elena: Contact, text: str, found: bool
) -> None:
    message = came(shared)
    assert found_by(giulia, text, 10) == ([message.pk] if found else [])


def test_the_palette_shows_the_words_around_and_opens_the_thread_there(
    client: Any, giulia: Any, shared: Mailbox, elena: Contact
) -> None:
    message = came(shared, text="Buongiorno, ci serve il manuale della piegatrice anche in inglese.")
    client.force_login(giulia)
    html = client.get("/palette/", {"q": "piegatrici"}).content.decode()
    assert f'data-href="/mail/{message.thread_id}/?at={message.pk}#message-{message.pk}"' in html
    assert "…il manuale della piegatrice anche in inglese.<" in html
    assert "capitolato.pdf" in client.get("/palette/", {"q": "capitolato"}).content.decode()


def test_a_message_far_back_is_on_the_page_and_open(client: Any, giulia: Any, shared: Mailbox, elena: Contact) -> None:
    message = came(shared, text="La pressa perde olio.")
    for n in range(35):
        Message.objects.create(thread=message.thread, mailbox=shared, state=State.SENT, direction="out", text=f"No {n}")
    client.force_login(giulia)
    mark = f'id="message-{message.pk}" open'
    assert mark not in client.get(f"/mail/{message.thread_id}/").content.decode()
    assert mark in client.get(f"/mail/{message.thread_id}/?at={message.pk}").content.decode()
    assert client.get(f"/mail/{message.thread_id}/?at=x").status_code == 200


def test_hidden_mail_is_not_found(cast: Any, client: Any, elena: Contact) -> None:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=cast.giulia)
    open_, secret = came(own, 1, "Pressa aperta"), came(own, 2, "Pressa segreta")
    Message.objects.filter(pk=secret.pk).update(is_confidential=True)
    finds = {name: set(found_by(user, "pressa", 10)) for name, user in vars(cast).items()}
    assert finds["giulia"] == {open_.pk, secret.pk}
    assert {name for name, found in finds.items() if secret.pk in found} == {"giulia"}
    assert finds["chiara"] == {open_.pk}
    assert finds["eva"] == set() and seek(cast.eva, "pressa") == []
    client.force_login(cast.chiara)
    assert "segreta" not in client.get("/palette/", {"q": "pressa"}).content.decode()


def test_what_a_colleague_has_only_begun_is_not_found(giulia: Any, luca: Any, shared: Mailbox, elena: Contact) -> None:
    message = came(shared)
    Message.objects.filter(pk=message.pk).update(state=State.DRAFT, author=giulia)
    assert (found_by(luca, "pressa", 10), found_by(giulia, "pressa", 10)) == ([], [message.pk])


def test_deleted_and_erased_mail_leaves_the_index(sara: Any, giulia: Any, shared: Mailbox, elena: Contact) -> None:
    first, second = came(shared), came(shared, 2)
    first.delete()
    assert found_by(giulia, "pressa", 10) == [second.pk]
    erase(person_of("contact", elena.pk, sara), sara)
    assert found_by(giulia, "pressa", 10) == []
    assert not Document.objects.filter(record_type="mail").exists()


def test_the_index_is_made_anew_from_the_mail(giulia: Any, shared: Mailbox, elena: Contact) -> None:
    message = came(shared)
    Document.objects.all().delete()
    assert found_by(giulia, "pressa", 10) == []
    call_command("rebuild_search", verbosity=0)
    assert found_by(giulia, "pressa", 10) == [message.pk]


def test_statements_do_not_grow_with_the_mail(giulia: Any, shared: Mailbox, elena: Contact) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as caught:
            seek(giulia, "pressa")
        return len(caught)

    came(shared)
    counted()
    before = counted()
    for n in range(2, 30):
        came(shared, n)
    counted()
    # With enough of them one looks no further for other forms of the word.
    assert counted() <= before
