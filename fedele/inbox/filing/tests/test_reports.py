"""Bounces, receipts and complaints mark what was sent; of mail that was not sent from here nothing is believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import fedele.inbox.reading.tests as reading
from fedele.inbox.filing.tests.conftest import sent
from fedele.inbox.messages.models import Message, Report
from fedele.notices.models import Notice
from fedele.people.consents.models import Consent

SAMPLES = Path(reading.__file__).parent / "samples"
OFFER = "offerta-118@officineaurora.example"


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.eml").read_bytes()


@pytest.fixture
def lost(info: Any, elena: Any, cast: Any) -> Message:
    message = sent(info, elena, OFFER, author=cast.giulia)
    message.recipients = {"to": [["", "nessuno@cliente.example"]]}
    message.save()
    return message


@pytest.mark.parametrize(
    ("name", "state", "kind"),
    [
        ("dsn-unknown-user", "bounced", "hard_bounce"),
        ("exim", "bounced", "hard_bounce"),
        ("dsn-mailbox-full", "bounced", "soft_bounce"),
        ("dsn-delayed", "sent", "delay"),
    ],
)
def test_a_bounce_marks_the_message_it_is_about(
    info: Any, lost: Message, came: Any, name: str, state: str, kind: str
) -> None:
    told_by = came(info, sample(name))
    lost.refresh_from_db()
    report = Report.objects.get()
    assert (lost.state, report.kind, report.recipient, report.told_by) == (
        state,
        kind,
        "nessuno@cliente.example",
        told_by,
    )
    assert (told_by.thread, told_by.state, told_by.thread.waiting_since) == (lost.thread, "filed", None)


def test_its_author_hears_once_however_many_reports_come(info: Any, lost: Message, came: Any, cast: Any) -> None:
    for name in ("dsn-unknown-user", "qmail", "exim"):
        came(info, sample(name))
    assert [(one.user, one.kind) for one in Notice.objects.all()] == [(cast.giulia, "mail.came_back")]
    assert Report.objects.count() == 1


def test_a_forged_bounce_is_put_aside(info: Any, elena: Any, came: Any) -> None:
    message = came(info, sample("dsn-unknown-user"))
    assert (message.state, Report.objects.count(), Notice.objects.count()) == ("ignored", 0, 0)


def test_pec_receipts_stand_with_what_was_sent(info: Any, elena: Any, came: Any) -> None:
    ours = sent(info, elena, "diffida-1@officineaurora.example")
    for name in ("pec-acceptance", "pec-delivery"):
        came(info, sample(name))
    assert sorted(ours.reports.values_list("kind", flat=True)) == ["pec_acceptance", "pec_delivery"]
    assert Message.objects.get(pk=ours.pk).state == "sent"
    came(info, sample("pec-failure"))
    assert Message.objects.get(pk=ours.pk).state == "bounced"


def test_the_original_of_certified_mail_is_kept_untouched(info: Any, elena: Any, came: Any) -> None:
    """I-5."""
    elena.email = "acquisti@pec.rinaldi.example"
    elena.save()
    message = came(info, sample("pec-message"))
    with message.raw.file.open("rb") as kept:
        assert kept.read() == sample("pec-message")
    assert (message.kind, message.contact, message.notes["pec"]["signed"]) == ("pec", elena, "intact")


def test_a_complaint_is_a_refusal(info: Any, elena: Any, came: Any) -> None:
    elena.email = "p.rinaldi@meccanicarinaldi.example"
    elena.save()
    sent(info, elena, "campagna-7@officineaurora.example")
    came(info, sample("complaint-arf"))
    assert [(one.record_id, one.channel, one.said) for one in Consent.objects.all()] == [(elena.pk, "email", "refused")]
