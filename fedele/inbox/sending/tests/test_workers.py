"""The job that sends under a real worker that dies, and with a real server that is slow or says not now."""

from __future__ import annotations

import time
from typing import Any

from fedele.access.models import User
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message
from fedele.inbox.sending.writing import Letter, post
from fedele.notices.tests.conftest import Mailbox as Server
from fedele.tasks.tests.conftest import house, shared_database, until, worker

__all__ = ["house", "shared_database", "worker"]


def posted(number: int = 1) -> Message:
    mailbox, _made = Mailbox.objects.get_or_create(name="Sales", address="sales@aurora.example")
    author, _made = User.objects.get_or_create(email="giulia@example.com")
    return post(Letter(mailbox, [("", "elena@rinaldi.example")], f"Offer {number}", "Here it is."), author)


def test_killed_while_the_server_has_the_text_it_is_not_sent_again(house: None, worker: Any, server: Server) -> None:
    server.answers_now.clear()
    posted()
    first = worker(FEDELE_EMAIL_URL=server.url)
    until(lambda: server.letters)
    assert Message.objects.get().state == State.SENDING
    first.kill()
    first.wait()
    server.answers_now.set()
    assert worker(batch=True, FEDELE_EMAIL_URL=server.url).wait(30) == 0
    assert (Message.objects.get().state, [one.rcpt_tos for one in server.letters]) == (
        State.UNCERTAIN,
        [["elena@rinaldi.example"]],
    )


def test_an_answer_leaves_soon_but_not_before_it_could_be_taken_back(house: None, worker: Any, server: Server) -> None:
    running = worker(FEDELE_EMAIL_URL=server.url)
    time.sleep(2)
    began = time.monotonic()
    posted()
    until(lambda: server.letters)
    assert time.monotonic() - began > 2.5
    running.terminate()
    assert running.wait(30) == 0
