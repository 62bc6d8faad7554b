"""What an open page is told, and that it is told nothing when nothing is new."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fedele.access.models import User
from fedele.ui import live

SOURCES = "fedele.ui.live._sources"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The only source of news says what stands in here, and notes what it was asked."""
    said: dict[str, Any] = {"answer": None}
    monkeypatch.setattr(SOURCES, {})

    @live.live("test", here=True)
    def ask(user: Any, since: dt.datetime, here: live.Here | None) -> Any:
        said["asked"] = (user, since, here)
        return said["answer"]

    return said


@pytest.fixture
def client(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("giulia@example.com", first_name="Giulia"))
    return client


def ago(seconds: int) -> str:
    return (timezone.now() - dt.timedelta(seconds=seconds)).isoformat()


def test_nothing_new_is_304_without_a_body(client: Client, told: dict[str, Any]) -> None:
    answer = client.get("/live/", {"since": ago(3)})
    assert (answer.status_code, answer.content) == (304, b"")


def test_what_is_new_is_told_and_the_same_again_is_not(client: Client, told: dict[str, Any]) -> None:
    told["answer"] = {"unread": 2}
    first = client.get("/live/", {"since": ago(3)})
    assert first.json()["news"] == {"test": {"unread": 2}}
    tag = first.headers["ETag"]
    assert client.get("/live/", {"since": first.json()["at"]}, headers={"If-None-Match": tag}).status_code == 304
    told["answer"] = {"unread": 3}
    assert client.get("/live/", {"since": first.json()["at"]}, headers={"If-None-Match": tag}).status_code == 200


def test_a_source_hears_since_when_and_where(client: Client, told: dict[str, Any]) -> None:
    since = timezone.now() - dt.timedelta(seconds=30)
    client.get("/live/", {"since": since.isoformat(), "here": "company:12", "writing": "1"})
    user, asked_since, here = told["asked"]
    assert (user.first_name, asked_since, here) == ("Giulia", since - live.OVERLAP, live.Here("company", 12, True))


@pytest.mark.parametrize("here", ["", "company", "company:x", ":1", "company:²", "company:" + "9" * 30, "a b:1"])
def test_a_place_that_is_none_is_none(client: Client, told: dict[str, Any], here: str) -> None:
    client.get("/live/", {"since": ago(1), "here": here})
    assert told["asked"][2] is None


@pytest.mark.parametrize("since", ["", "yesterday", "2026-01-01T10:00:00", "\x00"])
def test_who_names_no_moment_gets_one_and_no_news(client: Client, told: dict[str, Any], since: str) -> None:
    told["answer"] = {"unread": 2}
    answer = client.get("/live/", {"since": since})
    assert (answer.status_code, answer.json()["news"]) == (200, {})


def test_nobody_asks_for_all_that_ever_happened(client: Client, told: dict[str, Any]) -> None:
    client.get("/live/", {"since": "2001-01-01T00:00:00+00:00"})
    assert timezone.now() - told["asked"][1] < dt.timedelta(days=1, minutes=1)


def test_who_is_not_signed_in_learns_nothing(db: None) -> None:
    assert Client().get("/live/").status_code == 302
