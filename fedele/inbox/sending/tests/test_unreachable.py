"""A letter to an address mail came back from: asked about at the field, kept back when nobody asked."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message, Report
from fedele.inbox.sending.leaving import send
from fedele.inbox.sending.tests.test_leaving import held, write
from fedele.inbox.unreachable.counting import came_back
from fedele.inbox.unreachable.models import Unreachable
from fedele.notices.models import Notice
from fedele.people.contacts.models import Contact

__all__ = ["held"]

ELENA = "elena@rinaldi.example"
ANYWAY = f"Send to {ELENA} anyway"


def to_whom(server: Any) -> list[list[str]]:
    return [one.rcpt_tos for one in server.letters]


def test_the_field_says_when_and_why_and_one_tick_sends_it(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    came_back(ELENA, "hard", "550 no such user")
    client.force_login(giulia)
    assert ANYWAY in client.get(f"/mail/write/?on=contact:{elena.pk}").content.decode()
    refused = write(client, f"contact:{elena.pk}", mailbox=sales.pk)
    said = refused.content.decode()
    assert (refused.status_code, f"Mail to {ELENA} came back on" in said, "550 no such user" in said) == (
        422,
        True,
        True,
    )
    assert (ANYWAY in said, "here it is." in said, Message.objects.count()) == (True, True, 0)
    # The tick is for this address: another one that came back asks again.
    came_back("info@rinaldi.example", "hard", "")
    both = {"cc": "info@rinaldi.example", "anyway": ELENA}
    assert write(client, f"contact:{elena.pk}", mailbox=sales.pk, **both).status_code == 422
    assert write(client, f"contact:{elena.pk}", mailbox=sales.pk, anyway=ELENA).status_code == 204
    assert to_whom(server) == [[ELENA]]


def test_what_leaves_by_itself_leaves_it_out_and_says_so(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any, held: None
) -> None:
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk, cc="info@rinaldi.example")
    came_back(ELENA, "hard", "550 no such user")
    message = Message.objects.get()
    assert send.call(message.pk) == State.SENT
    assert to_whom(server) == [["info@rinaldi.example"]]
    assert Notice.objects.get(kind="mail.refused").data["addresses"] == ELENA
    assert Report.objects.count() == 0


def test_with_nobody_left_it_does_not_leave_until_its_author_says_so(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any, held: None
) -> None:
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk)
    came_back(ELENA, "hard", "550 no such user")
    message = Message.objects.get()
    assert (send.call(message.pk), to_whom(server)) == (State.FAILED, [])
    message.refresh_from_db()
    assert message.trouble.startswith(f"Mail to {ELENA} came back on")
    client.post(f"/mail/sent/{message.pk}/again/")
    assert (send.call(message.pk), to_whom(server)) == (State.SENT, [[ELENA]])


@pytest.mark.parametrize(
    ("said", "kind", "is_gone"),
    [
        ("550 5.1.1 no such user", "hard_bounce", True),
        ("550 5.7.1 blocked by policy", "policy_bounce", False),
    ],
)
def test_what_the_server_says_while_it_leaves_counts_too(
    client: Any, elena: Contact, sales: Mailbox, server: Any, said: str, kind: str, is_gone: bool
) -> None:
    async def handle_RCPT(*_args: Any) -> str:  # noqa: N802
        return said

    server.handle_RCPT = handle_RCPT
    client.force_login(elena.owner)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk)
    assert (Message.objects.get().state, Report.objects.get().kind) == (State.FAILED, kind)
    assert Unreachable.objects.filter(address=ELENA, since__isnull=False).exists() is is_gone
