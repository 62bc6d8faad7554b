"""An invitation by mail, from the thread into the calendar and back to who invited."""

from __future__ import annotations

import email
from email import policy
from typing import Any

import pytest
from django.utils import timezone

from fedele.calendar.activities.models import Activity
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import Direction, Kind, State
from fedele.inbox.messages.models import Message, Thread
from fedele.inbox.sending.tests.conftest import everybody_reads_english, in_english, mailbox, server
from fedele.knowledge.files.models import StoredFile

__all__ = ["everybody_reads_english", "in_english", "mailbox", "server"]

ICS = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:visit-1@rinaldi.example\r\nSEQUENCE:{sequence}\r\nDTSTAMP:20261120T080000Z
DTSTART:20271203T090000Z\r\nDTEND:20271203T100000Z\r\nSUMMARY:Visit to the workshop\r\nORGANIZER:mailto:elena@rinaldi.example\r\nATTENDEE:mailto:sales@aurora.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def invited(method: str = "REQUEST", sequence: int = 0) -> Message:
    box, _made = Mailbox.objects.get_or_create(name="Sales", address="sales@aurora.example")
    thread = Thread.objects.create(subject="Visit", mailbox=box, waiting_since=timezone.now())
    letter = email.message.EmailMessage(policy=policy.SMTP)
    letter.set_content("Please come.")
    letter.add_alternative(ICS.format(method=method, sequence=sequence).encode(), maintype="text", subtype="calendar")
    return Message.objects.create(
        thread=thread, mailbox=box, state=State.FILED, kind=Kind.INVITATION, subject="Visit", sender="elena@rinaldi.example", sender_name="Elena",
        recipients={"to": [["", "sales@aurora.example"]]}, message_id=f"i{sequence}{method}@rinaldi.example", raw=StoredFile.keep(letter.as_bytes()),
    )  # fmt: skip


def say(client: Any, message: Message, word: str) -> Any:
    return client.post(f"/mail/message/{message.pk}/invitation/", {"say": word})


def test_accepted_it_stands_in_the_calendar_and_who_invited_hears(client: Any, giulia: Any, server: Any) -> None:
    message = invited()
    client.force_login(giulia)
    assert "Only into my calendar" in client.get(f"/mail/{message.thread_id}/").content.decode()
    say(client, message, "accept")
    planned, (sent,) = Activity.objects.get(), server.letters
    assert (planned.subject, planned.owner, str(planned.due_on)) == ("Visit to the workshop", giulia, "2027-12-03")
    back = email.message_from_bytes(sent.content, policy=policy.default)
    (file,) = back.iter_attachments()
    content = file.get_content()
    text = content if isinstance(content, str) else content.decode()
    assert (sent.rcpt_tos, back["In-Reply-To"]) == (["elena@rinaldi.example"], f"<{message.message_id}>")
    assert "METHOD:REPLY" in text and "PARTSTAT=ACCEPTED" in text


def test_called_off_by_who_invited_and_by_nobody_else(client: Any, giulia: Any, server: Any) -> None:
    client.force_login(giulia)
    say(client, invited(), "take")
    stranger = invited("CANCEL", 1)
    Message.objects.filter(pk=stranger.pk).update(sender="other@evil.example")
    say(client, stranger, "take")
    assert Activity.objects.get().is_planned
    say(client, invited("CANCEL", 2), "take")
    assert (Activity.objects.get().is_planned, server.letters) == (False, [])


@pytest.mark.parametrize("word", ["", "delete"])
def test_nothing_else_can_be_said(client: Any, giulia: Any, eva: Any, server: Any, word: str) -> None:
    message = invited()
    client.force_login(giulia)
    assert say(client, message, word).status_code == 404
    client.force_login(eva)
    assert say(client, message, "take").status_code == 404
    Message.objects.filter(pk=message.pk).update(direction=Direction.OUT)
    client.force_login(giulia)
    assert (say(client, message, "take").status_code, Activity.objects.count()) == (404, 0)
