"""Whether an address can be written to follows from what came back and what arrived."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fedele.inbox.filing.tests.conftest import came, elena, in_english, info, mail, sent
from fedele.inbox.filing.tests.test_reports import OFFER, sample
from fedele.inbox.unreachable.counting import came_back, left_for, works
from fedele.inbox.unreachable.models import Unreachable
from fedele.journal.models import Entry

__all__ = ["came", "elena", "in_english", "info"]

GONE = "nessuno@cliente.example"


@pytest.fixture
def giulia(cast: Any) -> Client:
    cast.giulia.language = "en"
    cast.giulia.save()
    client = Client()
    client.force_login(cast.giulia)
    return client


@pytest.fixture
def gone(elena: Any) -> Any:
    elena.email = GONE
    elena.save()
    return elena


def page(client: Client, contact: Any) -> str:
    return client.get(f"/contacts/{contact.pk}/").content.decode()


def softly(days_ago: float) -> None:
    """As if the last report that it could not take mail had come so long ago."""
    came_back(GONE, "soft", "452 mailbox full")
    moved = timezone.now() - dt.timedelta(days=days_ago)
    Unreachable.objects.update(soft_at=moved)


def test_a_hard_bounce_is_told_on_the_page_until_they_write(info: Any, gone: Any, came: Any, giulia: Client) -> None:
    sent(info, gone, OFFER)
    came(info, sample("dsn-mailbox-full"))
    assert "cannot be reached" not in page(giulia, gone)
    came(info, sample("dsn-unknown-user"))
    assert "e-mail address cannot be reached" in page(giulia, gone)
    assert f"Mail to {GONE} came back on" in page(giulia, gone)
    came(info, mail(GONE, "Here I am"))
    assert "cannot be reached" not in page(giulia, gone)
    assert not Unreachable.objects.exists()


def test_one_click_says_that_it_works_again(gone: Any, giulia: Client, cast: Any) -> None:
    came_back(GONE, "hard", "550 no such user")
    url = f"/mail/unreachable/contact/{gone.pk}/works/"
    assert url in page(giulia, gone)
    giulia.post(url)
    assert "cannot be reached" not in page(giulia, gone)
    assert Entry.objects.filter(kind="contact.address_works").count() == 1
    giulia.post(url)
    assert Entry.objects.filter(kind="contact.address_works").count() == 1


def test_who_may_not_change_them_cannot_say_so(gone: Any, cast: Any) -> None:
    came_back(GONE, "hard", "550 no such user")
    for user, status in ((cast.eva, 404), (cast.marco, 403)):
        client = Client()
        client.force_login(user)
        assert client.post(f"/mail/unreachable/contact/{gone.pk}/works/").status_code == status
    assert Unreachable.objects.count() == 1


def test_three_soft_ones_on_different_days_end_it(db: Any) -> None:
    for days in (5, 3, 1.5):
        assert not Unreachable.objects.for_good().exists()
        softly(days)
    assert list(Unreachable.objects.among([GONE.upper()])) == [GONE.upper()]


def test_three_soft_ones_of_one_morning_are_one(db: Any) -> None:
    for _each in range(3):
        came_back(GONE, "soft", "452 mailbox full")
    assert [(one.softs, one.since) for one in Unreachable.objects.all()] == [(1, None)]


def test_what_left_and_did_not_come_back_has_arrived(db: Any) -> None:
    softly(20)
    left_for([GONE])
    Unreachable.objects.update(left_at=timezone.now() - dt.timedelta(days=6))
    left_for([GONE])
    assert not Unreachable.objects.exists()


def test_a_letter_that_comes_back_itself_ends_no_doubt(db: Any) -> None:
    softly(20)
    left_for([GONE])
    softly(10)
    left_for([GONE])
    assert [(one.softs, one.left_at is None) for one in Unreachable.objects.all()] == [(2, False)]


@pytest.mark.parametrize("cls", ["policy", "delay"])
def test_a_rule_of_the_receiver_says_nothing_of_the_address(db: Any, cls: str) -> None:
    came_back(GONE, cls, "550 5.7.1 blocked")
    assert not Unreachable.objects.exists()


def test_after_a_year_somebody_may_try_again(db: Any) -> None:
    came_back(GONE, "hard", "550 no such user")
    Unreachable.objects.update(since=timezone.now() - dt.timedelta(days=366))
    assert Unreachable.objects.among([GONE]) == {}
    assert works(GONE) is True
