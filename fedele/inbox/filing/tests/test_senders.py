"""A mail whose sender is not proven is kept and shown, and nothing happens by itself because of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fedele.inbox.filing.tests.conftest import mail, sent
from fedele.inbox.mailboxes.models import Mailbox, Unknown
from fedele.inbox.messages.models import Message
from fedele.inbox.unreachable.counting import came_back
from fedele.inbox.unreachable.models import Unreachable
from fedele.journal.models import Entry
from fedele.notices.models import Notice
from fedele.people.leads.models import Lead

ELENA = "Elena Rinaldi <elena@rinaldi.example>"
OURS = "mx.aurora.example"
FAILED = f"Authentication-Results: {OURS}; dmarc=fail header.from=rinaldi.example\r\n"
PASSED = FAILED.replace("fail", "pass")
CLAIMED = PASSED.replace(OURS, "mx.evil.example")
ANSWERS = "In-Reply-To: <offerta@aurora.example>\r\n"


@pytest.fixture
def checked(info: Mailbox) -> Mailbox:
    info.checks_senders = OURS
    info.save()
    return info


def test_not_proven_it_enters_no_thread_and_stands_on_nobodys_page(
    checked: Any, elena: Any, came: Any, cast: Any
) -> None:
    ours = sent(checked, elena)
    forged = came(checked, mail(ELENA, "Re: Offerta", text="Nuovo IBAN", extra=FAILED + ANSWERS))
    assert (forged.state, forged.notes["why"], forged.customer) == ("parked", "unproven", None)
    assert forged.thread != ours.thread
    assert (Entry.objects.filter(kind="contact.mail_received").count(), Notice.objects.count()) == (0, 0)
    proven = came(checked, mail(ELENA, "R: Offerta", extra=PASSED + ANSWERS))
    assert (proven.state, proven.thread, proven.contact) == ("filed", ours.thread, elena)


def test_not_proven_it_makes_no_lead(checked: Any, came: Any) -> None:
    checked.unknown = Unknown.LEAD
    checked.save()
    message = came(checked, mail("nuovo@rinaldi.example", "Preventivo", extra=FAILED))
    assert (message.state, message.notes["why"], Lead.objects.count()) == ("parked", "unproven", 0)
    came(checked, mail("altro@rinaldi.example", "Preventivo", extra=PASSED))
    assert Lead.objects.count() == 1


def test_not_proven_it_is_no_colleagues_word_even_with_the_address_only_they_know(
    checked: Any, elena: Any, came: Any, cast: Any
) -> None:
    copied = f"Delivered-To: {checked.filing_address}\r\n"
    to = "elena@rinaldi.example"
    failed = FAILED.replace("rinaldi", "officineaurora")
    forged = came(checked, mail(f"Giulia <{cast.giulia.email}>", "Sconto", to=to, extra=failed + copied))
    assert (forged.direction, forged.state, forged.author) == ("in", "parked", None)


def test_what_a_strangers_server_says_changes_nothing(checked: Any, elena: Any, came: Any) -> None:
    assert came(checked, mail(ELENA, "Uno", extra=CLAIMED.replace("pass", "fail"))).state == "filed"
    assert came(checked, mail(ELENA, "Due", extra=CLAIMED + FAILED)).state == "parked"


def test_who_is_not_proven_is_still_not_written_to(checked: Any, elena: Any, came: Any) -> None:
    came_back(elena.email, "hard", "550 no such user")
    came(checked, mail(ELENA, "Uno", extra=FAILED))
    assert Unreachable.objects.count() == 1
    came(checked, mail(ELENA, "Due", extra=PASSED))
    assert Unreachable.objects.count() == 0


def test_a_personal_mailbox_takes_it_only_from_known_people(own: Any, elena: Any, came: Any) -> None:
    own.checks_senders = OURS
    own.save()
    assert came(own, mail("ignoto@rinaldi.example", "Uno", to=own.address, extra=FAILED)) is None
    assert came(own, mail(ELENA, "Due", to=own.address, extra=FAILED)).state == "parked"


def test_the_page_says_so_and_one_key_files_it(checked: Any, elena: Any, came: Any, cast: Any) -> None:
    message = came(checked, mail(ELENA, "IBAN", extra=FAILED))
    cast.giulia.language = "en"
    cast.giulia.save()
    client = Client()
    client.force_login(cast.giulia)
    said = f"The sender is not proven: {OURS} found that this did not come from rinaldi.example."
    assert said in client.get(f"/mail/parked/?at={message.pk}").content.decode()
    client.post(f"/mail/parked/{message.pk}/file/", {"on": f"contact:{elena.pk}"})
    assert Message.objects.get().contact == elena
    # Filed by hand, it still says what it is.
    assert said in client.get(f"/mail/{message.thread_id}/").content.decode()


def test_the_server_is_learnt_above_the_line_it_wrote_itself_and_else_proposed(
    info: Any, elena: Any, came: Any, cast: Any
) -> None:
    received = "Received: from x by mx.aurora.example; Tue, 12 Mar 2024 10:00:00 +0100\r\n"
    came(info, (received + CLAIMED).encode() + mail(ELENA, "Uno"))
    info.refresh_from_db()
    assert (info.checks_senders, info.seen_checking) == ("", "mx.evil.example")
    client = Client()
    client.force_login(cast.sara)
    assert "mx.evil.example" in client.get(f"/setup/mailboxes/{info.pk}/").content.decode()
    came(info, (PASSED + received).encode() + mail(ELENA, "Due"))
    info.refresh_from_db()
    assert info.checks_senders == OURS
