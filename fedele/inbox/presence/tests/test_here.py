"""Who else is here: told to who may see the record, gone after half a minute, and cheap to ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import timezone, translation

from fedele.inbox.presence.here import who_else
from fedele.inbox.presence.models import Presence
from fedele.people.companies.models import Company
from fedele.ui.live import Here


@pytest.fixture
def rinaldi(cast: Any) -> Any:
    caches["process"].clear()
    with translation.override("en"):
        yield Company.objects.create(name="Officine Rinaldi", owner=cast.giulia)


def ask(user: Any, record: Any, *, writing: bool = False) -> Any:
    return who_else(user, timezone.now(), Here("company", record.pk, writing))


def test_two_people_see_each_other(rinaldi: Any, cast: Any) -> None:
    assert ask(cast.giulia, rinaldi) == {"people": [], "more": 0, "writing": ""}
    assert ask(cast.luca, rinaldi, writing=True)["people"] == [
        {"initials": "GB", "name": "Giulia Bassi", "writing": False}
    ]
    found = ask(cast.giulia, rinaldi)
    assert (found["people"][0]["name"], found["writing"]) == ("Luca Moretti", "Luca is writing…")


def test_who_was_not_heard_of_for_half_a_minute_has_gone(rinaldi: Any, cast: Any) -> None:
    ask(cast.luca, rinaldi)
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=31))
    assert ask(cast.giulia, rinaldi)["people"] == []


def test_who_may_not_see_the_record_neither_learns_nor_shows(rinaldi: Any, cast: Any) -> None:
    ask(cast.giulia, rinaldi)
    assert ask(cast.eva, rinaldi) is None
    assert who_else(cast.giulia, timezone.now(), Here("nothing", 1)) is None
    assert [one.user for one in Presence.objects.all()] == [cast.giulia]


def test_asking_again_writes_nothing(rinaldi: Any, cast: Any, django_assert_num_queries: Any) -> None:
    ask(cast.giulia, rinaldi)
    with django_assert_num_queries(1):
        ask(cast.giulia, rinaldi)
