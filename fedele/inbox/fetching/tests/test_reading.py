"""Mailboxes on a real server: nothing lost, nothing doubled, nothing deleted there."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from typing import Any

import pytest
from django.conf import settings as django_settings

from fedele.inbox.fetching import reading
from fedele.inbox.fetching.connecting import NotReached
from fedele.inbox.fetching.jobs import read_all, read_one
from fedele.inbox.fetching.reading import read_mailbox
from fedele.inbox.fetching.tests.conftest import letter, read_from
from fedele.inbox.fetching.tests.server import Server
from fedele.inbox.mailboxes.models import Folder, Mailbox
from fedele.inbox.messages.models import Message, Met
from fedele.notices.models import Notice


def subjects() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("subject", flat=True))


def outcomes() -> list[str]:
    return list(Met.objects.order_by("pk").values_list("outcome", flat=True))


def test_what_is_new_is_read_once_and_stays_unread_there(info: Any, imap: Server) -> None:
    box = info()
    imap.deliver(letter(1), letter(2))
    assert (read_mailbox(box), read_mailbox(box)) == (2, 0)
    imap.deliver(letter(3))
    assert read_mailbox(box) == 1
    assert subjects() == ["Richiesta 1", "Richiesta 2", "Richiesta 3"]
    assert [b"Seen" in one for one in imap.flags()] == [False, False, False]


def test_what_was_read_is_marked_or_moved_where_one_wants_it(info: Any, imap: Server) -> None:
    imap.deliver(letter(1))
    read_mailbox(info(afterwards="seen"))
    assert [b"Seen" in one for one in imap.flags()] == [True]
    imap.make_folder("Letti")
    box = info(name="Other", address="altra@aurora.example", afterwards="move", move_to="Letti")
    imap.deliver(letter(2))
    read_mailbox(box)
    assert (imap.count(), imap.count("Letti"), len(subjects())) == (0, 2, 2)


def test_one_mail_met_again_is_one_message(info: Any, imap: Server) -> None:
    """F-33: numbered anew, copied to another folder, in two mailboxes."""
    box = info(sent_folder="Sent")
    imap.deliver(letter(1))
    imap.make_folder("Sent")
    imap.deliver(letter(1), folder="Sent")
    read_mailbox(box)
    Folder.objects.update(validity=1)
    Met.objects.update(validity=1)
    read_mailbox(box)
    read_mailbox(info(name="Other", address="altra@aurora.example"))
    assert subjects() == ["Richiesta 1"]
    assert outcomes() == ["stored", "known", "known", "known", "known"]


def test_two_mails_under_one_message_id_are_both_kept(info: Any, imap: Server) -> None:
    imap.deliver(letter(1), letter(1, text="Altro"))
    read_mailbox(info())
    assert [one.text for one in Message.objects.order_by("pk")] == ["Buongiorno 1", "Altro 1"]


def test_a_poison_message_is_set_aside_and_the_others_come(
    info: Any, imap: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, real = info(), reading.take
    imap.deliver(letter(1), letter(2), letter(3))

    def take(mailbox: Any, data: bytes, place: Any) -> Any:
        if b"Richiesta 2" in data:
            raise ValueError("poison")
        return real(mailbox, data, place)

    monkeypatch.setattr(reading, "take", take)
    assert [read_mailbox(box) for _run in range(7)] == [3, 1, 1, 1, 1, 0, 0]
    assert subjects() == ["Richiesta 1", "Richiesta 3"]
    met = Met.objects.get(outcome="failed")
    assert (met.tries, met.subject, met.trouble) == (5, "Richiesta 2", "ValueError: poison")
    monkeypatch.undo()
    Met.objects.update(tries=1)
    read_mailbox(box)
    assert subjects() == ["Richiesta 1", "Richiesta 3", "Richiesta 2"]


def test_fifty_megabytes_come_whole_and_more_is_set_aside(
    info: Any, imap: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = letter(1) + (b"x" * 76 + b"\r\n") * 660_000
    imap.deliver(big, letter(2))
    box = info()
    assert read_mailbox(box) == 2
    stored = Message.objects.get(subject="Richiesta 1")
    assert (stored.raw.size > 50_000_000, stored.size) == (True, stored.raw.size)
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)
    imap.deliver(letter(3, text="y" * 2000), letter(4))
    read_mailbox(box)
    assert subjects() == ["Richiesta 1", "Richiesta 2", "Richiesta 4"]


def test_what_is_wrong_is_said_and_administrators_hear_once(info: Any, imap: Server, cast: Any) -> None:
    box = info()
    box.imap_password = "falsa"
    box.save()
    assert [read_one.call(box.pk), read_one.call(box.pk)] == ["refused", "refused"]
    box.refresh_from_db()
    assert (box.standing, box.trouble[:41]) == ("refused", "The server refuses user name or password:")
    assert [one.user for one in Notice.objects.filter(kind="mailbox.failing")] == [cast.sara]
    box.imap_password = "segreta"
    box.save()
    assert read_one.call(box.pk) == "0 read"
    assert Mailbox.objects.get().standing == "well"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"imap_port": 1}, "Nothing answers at 127.0.0.1 on port 1: is that the port?"),
        ({"imap_host": "imap.invalid"}, "No server is found under the name imap.invalid: is it written right?"),
        ({"imap_security": "tls"}, "does not speak TLS on port"),
        ({"folder": "Nessuna"}, "There is no folder “Nessuna” in the mailbox."),
        ({"imap_user": "info\r\nA1 DELETE INBOX"}, "User name and password are one line each."),
    ],
)
def test_each_mistake_has_its_words(info: Any, change: dict[str, Any], words: str) -> None:
    with pytest.raises(NotReached) as error:
        read_mailbox(info(**change))
    assert words in str(error.value)


def test_a_broken_connection_loses_nothing(info: Any, imap: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-34: the server goes away in the middle of a message."""
    box, real = info(), reading._fetch
    imap.deliver(letter(1), letter(2), letter(3))

    def fetch(client: Any, uid: int) -> Any:
        if len(subjects()) == 1:
            client.client.sock.shutdown(2)
        return real(client, uid)

    monkeypatch.setattr(reading, "_fetch", fetch)
    with pytest.raises(NotReached):
        read_mailbox(box)
    assert subjects() == ["Richiesta 1"]
    monkeypatch.undo()
    read_mailbox(box)
    assert subjects() == ["Richiesta 1", "Richiesta 2", "Richiesta 3"]


def test_the_minute_reads_who_is_not_being_read(
    info: Any, imap: Server, django_capture_on_commit_callbacks: Any
) -> None:
    box = info()
    paused = info(name="Paused", address="paused@aurora.example", is_paused=True)
    assert read_all.call() == 1
    box.refresh_from_db()
    assert (box.standing, paused.standing) == ("well", "new")


def reader(shared_database: dict[str, Any], slow: float = 0) -> subprocess.Popen:
    """A process that reads all mailboxes; `slow` leaves time to kill it between storing and the next."""
    code = (
        "import django; django.setup(); import time; from fedele.inbox.fetching import reading; from fedele.inbox.mailboxes.models import Mailbox\n"
        f"real = reading._afterwards\nreading._afterwards = lambda *given: (time.sleep({slow}), real(*given))\n"
        "for box in Mailbox.objects.open(): reading.read_mailbox(box)"
    )
    environment = {
        **os.environ,
        "FEDELE_DATABASE_URL": shared_database["url"],
        "FEDELE_DATA_DIR": str(django_settings.DATA_DIR),
    }
    return subprocess.Popen([sys.executable, "-c", code], env=environment)


def test_killed_between_storing_and_marking_nothing_is_lost_or_doubled(
    house: None, shared_database: Any, imap: Server
) -> None:
    read_from(imap, afterwards="seen")
    imap.deliver(*[letter(number) for number in range(1, 41)])
    for _kill in range(3):
        before, process = Message.objects.count(), reader(shared_database, slow=0.02)
        end = time.monotonic() + 30
        while Message.objects.count() < before + 5 and time.monotonic() < end:
            time.sleep(0.01)
        process.kill()
        process.wait()
    assert 15 <= Message.objects.count() < 40
    assert reader(shared_database).wait(60) == 0
    assert sorted(subjects()) == sorted(f"Richiesta {number}" for number in range(1, 41))


def test_two_readers_at_once_store_each_mail_once(house: None, shared_database: Any, imap: Server) -> None:
    read_from(imap)
    imap.deliver(*[letter(number) for number in range(1, 31)])
    with contextlib.ExitStack() as stack:
        both = [stack.enter_context(reader(shared_database)) for _n in range(2)]
        assert [one.wait(60) for one in both] == [0, 0]
    assert sorted(subjects()) == sorted(f"Richiesta {number}" for number in range(1, 31))
