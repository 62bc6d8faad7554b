"""Certified mail from its arrival to the screen: with a list of whom to believe, without one, and forged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fedele.config.checks import of_settings
from fedele.inbox.filing.tests.conftest import sent
from fedele.inbox.filing.tests.test_reports import sample
from fedele.inbox.messages.models import Message
from fedele.inbox.reading.tests.sealing import PROVIDER, Party, sealed


@pytest.fixture
def trusted(settings: Any, tmp_path: Path, authority: Party) -> None:
    (tmp_path / "root.pem").write_bytes(authority.pem)
    settings.PEC_CERTIFICATES = str(tmp_path)


def shown(cast: Any, message: Message) -> str:
    cast.giulia.language = "en"
    cast.giulia.save()
    client = Client()
    client.force_login(cast.giulia)
    return client.get(f"/mail/{message.thread_id}/").content.decode()


@pytest.fixture
def buyer(elena: Any) -> Any:
    elena.email = "acquisti@pec.rinaldi.example"
    elena.save()
    return elena


def test_what_the_list_vouches_for_is_certified(
    info: Any, buyer: Any, came: Any, cast: Any, provider: Party, trusted: None
) -> None:
    message = came(info, sealed(sample("pec-message"), provider))
    assert (message.kind, message.contact) == ("pec", buyer)
    assert f"Certified mail (PEC): the signature of {PROVIDER} is good and trusted." in shown(cast, message)


def test_without_a_list_it_says_that_nobody_checked(
    info: Any, buyer: Any, came: Any, cast: Any, provider: Party
) -> None:
    page = shown(cast, came(info, sealed(sample("pec-message"), provider)))
    assert f"The PEC signature of {PROVIDER} is intact; its issuer was not checked." in page
    assert "Certified mail" not in page


def test_what_was_changed_is_an_ordinary_mail_of_who_sent_it(
    info: Any, buyer: Any, came: Any, cast: Any, provider: Party, trusted: None
) -> None:
    message = came(info, sealed(sample("pec-message"), provider).replace(b"diffidiamo", b"ringraziamo"))
    assert (message.kind, message.sender, message.contact, message.state) == ("message", PROVIDER, None, "parked")
    assert "It claims to be certified mail (PEC) and is not: its text was changed after it was signed." in shown(
        cast, message
    )


def test_a_forged_receipt_marks_nothing(
    info: Any, elena: Any, came: Any, cast: Any, provider: Party, trusted: None
) -> None:
    ours = sent(info, elena, "diffida-1@officineaurora.example")
    genuine = sealed(sample("pec-delivery"), provider)
    came(info, genuine.replace(b"aurora@pec", b"altra@pec"))
    assert list(ours.reports.all()) == []
    came(info, genuine)
    assert [(one.kind, one.seal) for one in ours.reports.all()] == [("pec_delivery", "signature verified")]


def test_a_list_that_cannot_be_read_is_named_and_stops_no_mail(
    info: Any, buyer: Any, came: Any, provider: Party, settings: Any
) -> None:
    settings.PEC_CERTIFICATES = "/nowhere/at/all.pem"
    assert "FEDELE_PEC_CERTIFICATES" in [one.setting for one in of_settings()]
    assert came(info, sealed(sample("pec-message"), provider)).notes["pec"]["signed"] == "intact"
