"""Who can no longer be written to is told by a badge, until mail comes from there again."""

from __future__ import annotations

from typing import Any

from django.test import Client

from fedele.inbox.filing.tests.conftest import mail, sent
from fedele.inbox.filing.tests.test_reports import OFFER, sample


def badge(cast: Any, elena: Any) -> bool:
    client = Client()
    client.force_login(cast.giulia)
    return "indirizzo e-mail non raggiungibile" in client.get(f"/contacts/{elena.pk}/").content.decode()


def test_a_hard_bounce_is_a_badge_until_they_write(info: Any, elena: Any, came: Any, cast: Any) -> None:
    elena.email = "nessuno@cliente.example"
    elena.save()
    sent(info, elena, OFFER)
    assert badge(cast, elena) is False
    came(info, sample("dsn-mailbox-full"))
    assert badge(cast, elena) is False
    came(info, sample("dsn-unknown-user"))
    assert badge(cast, elena) is True
    came(info, mail("nessuno@cliente.example", "Eccomi"))
    from fedele.inbox.messages.models import Message, Report

    Report.objects.update(at=Message.objects.get(subject="Eccomi").at.replace(year=2023))
    assert badge(cast, elena) is False
