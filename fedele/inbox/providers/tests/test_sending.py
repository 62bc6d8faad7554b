"""Letters leave through a mailbox that is connected, once, whatever becomes of its permission meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import Direction, State
from fedele.inbox.messages.models import Message, Thread
from fedele.inbox.providers.models import Provider
from fedele.inbox.providers.tests.conftest import ended
from fedele.inbox.providers.tests.doors import SmtpDoor
from fedele.inbox.providers.tests.service import Service
from fedele.inbox.sending.leaving import send
from fedele.notices.handing import Deferred
from fedele.tasks.running import Run, running


def queued(box: Mailbox) -> Message:
    thread = Thread.objects.create(subject="Offerta", mailbox=box)
    return Message.objects.create(
        thread=thread, mailbox=box, direction=Direction.OUT, state=State.QUEUED, sender=box.address,
        subject="Offerta", text="Ecco l’offerta.", message_id="1@aurora.example",
        recipients={"to": [["", "elena@rinaldi.example"]]},
    )  # fmt: skip


def test_a_letter_leaves_with_a_token_and_with_the_next(
    connect: Any, reached: Mailbox, smtp: SmtpDoor, provider: Provider, service: Service
) -> None:
    connect(reached, provider)
    assert send.call(queued(reached).pk) == State.SENT
    ended(reached)
    assert send.call(queued(reached).pk) == State.SENT
    assert [one.rcpt_tos for one in smtp.letters] == [["elena@rinaldi.example"]] * 2
    assert [one["grant_type"] for one in service.asked] == ["authorization_code", "refresh_token"]


def test_a_token_refused_before_its_time_is_replaced(
    connect: Any, reached: Mailbox, smtp: SmtpDoor, provider: Provider, service: Service
) -> None:
    connect(reached, provider)
    service.access.clear()
    assert send.call(queued(reached).pk) == State.SENT
    assert (smtp.refused, len(smtp.letters)) == (1, 1)


def test_without_permission_it_waits_and_leaves_once_when_connected_again(
    connect: Any, reached: Mailbox, smtp: SmtpDoor, provider: Provider, service: Service
) -> None:
    connect(reached, provider)
    service.access.clear()
    service.refresh.clear()
    message = queued(reached)
    with running(Run(1, 5)), pytest.raises(Deferred):
        send.func.__wrapped__(message.pk)
    message.refresh_from_db()
    assert (message.state, len(smtp.letters)) == (State.QUEUED, 0)
    assert message.trouble == "no connection: Aurora ID no longer lets Fedele in. Connect the mailbox again."
    connect(reached, provider)
    assert (send.call(message.pk), send.call(message.pk), len(smtp.letters)) == (State.SENT, State.SENT, 1)


def test_over_a_line_that_is_not_encrypted_no_token_leaves(
    connect: Any, reached: Mailbox, smtp: SmtpDoor, provider: Provider, settings: Any
) -> None:
    connect(reached, provider)
    settings.PRIVATE_ADDRESSES = False
    with running(Run(1, 5)), pytest.raises(Deferred) as error:
        send.func.__wrapped__(queued(reached).pk)
    assert str(error.value) == ("no connection: A mailbox that is connected this way sends over encrypted lines only.")
    assert smtp.refused == 0
