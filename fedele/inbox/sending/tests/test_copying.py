"""What was sent stands in the mailbox's folder of sent mail, once; and nothing that goes wrong there sends it again."""

from __future__ import annotations

import email
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fedele.inbox.fetching.reading import read_mailbox
from fedele.inbox.fetching.tests.conftest import read_from
from fedele.inbox.fetching.tests.server import Server, imap_server
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message, Met
from fedele.inbox.sending.copying import folder_among, keep_copy
from fedele.inbox.sending.tests.test_leaving import write
from fedele.people.contacts.models import Contact


@pytest.fixture
def imap() -> Iterator[Server]:
    with imap_server() as server:
        yield server


@pytest.fixture
def send(client: Any, giulia: Any, elena: Contact, server: Any) -> Callable[..., Message]:
    """Sends one letter from a mailbox; both servers are real."""

    def sent(box: Mailbox, subject: str = "Our offer") -> Message:
        client.force_login(giulia)
        assert write(client, f"contact:{elena.pk}", mailbox=box.pk, subject=subject).status_code == 204
        return Message.objects.get(subject=subject)

    return sent


def test_a_copy_stands_in_the_folder_of_sent_mail_as_read(send: Any, imap: Server) -> None:
    imap.make_folder("Sent")
    message = send(read_from(imap))
    assert (message.state, imap.count("Sent"), b"\\Seen" in imap.flags("Sent")[0]) == (State.SENT, 1, True)
    content = imap.client.fetch("1", "(BODY.PEEK[])")[1][0][1]
    with message.raw.file.open("rb") as kept:
        assert content == kept.read()
    assert email.message_from_bytes(content)["Message-ID"] == f"<{message.message_id}>"


def test_a_worker_that_died_before_it_said_so_makes_no_second_copy(send: Any, imap: Server) -> None:
    imap.make_folder('"Posta inviata"')
    message = send(read_from(imap, sent_folder="Posta inviata"))
    assert (keep_copy.call(message.pk), imap.count('"Posta inviata"')) == ("is there", 1)


def test_reading_that_folder_finds_nothing_new(send: Any, imap: Server) -> None:
    imap.make_folder("Sent")
    box = read_from(imap, sent_folder="Sent")
    message = send(box)
    assert read_mailbox(box) == 1
    assert (Message.objects.get(), Met.objects.get().outcome) == (message, Met.Outcome.KNOWN)


def test_where_it_cannot_be_put_the_letter_has_left_all_the_same_and_the_mailbox_says_so(
    client: Any, sara: Any, send: Any, imap: Server, server: Any
) -> None:
    box = read_from(imap, sent_folder="Inviata")
    message = send(box)
    box.refresh_from_db()
    assert (message.state, len(server.letters)) == (State.SENT, 1)
    assert box.copy_trouble == "There is no folder “Inviata” in the mailbox."
    client.force_login(sara)
    assert "could not be put into the folder of sent mail" in client.get(f"/setup/mailboxes/{box.pk}/").content.decode()
    imap.make_folder("Inviata")
    assert (keep_copy.call(message.pk), imap.count("Inviata"), len(server.letters)) == ("put there", 1, 1)
    box.refresh_from_db()
    assert box.copy_trouble == ""


def test_who_does_not_want_copies_gets_none(send: Any, imap: Server) -> None:
    imap.make_folder("Sent")
    message = send(read_from(imap, copies_sent=False))
    assert (keep_copy.call(message.pk), imap.count("Sent")) == ("not wanted", 0)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([b'(\\HasNoChildren) "/" "Sent"', b'(\\HasNoChildren \\Sent) "/" "[Gmail]/Posta inviata"'], "[Gmail]/Posta inviata"),
        ([b'(\\HasNoChildren) "." INBOX', None, b'(\\HasNoChildren) "." INBOX.Sent'], "INBOX.Sent"),
        ([b'(\\Sent) NIL "Gesendete Objekte &- mehr"'], "Gesendete Objekte & mehr"),
        ([b'() "/" "Consent"', b'() "/" INBOX'], ""),
    ],
)  # fmt: skip
def test_the_server_says_which_folder_it_is(lines: list[Any], name: str) -> None:
    assert folder_among(lines) == name
