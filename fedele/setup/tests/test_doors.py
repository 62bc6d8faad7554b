"""Setup is for administrators: every address, by every method, says so to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from fedele.access.models import User
from fedele.access.tests.people import colleague

#: What stands in an address for what is written there.
NAMED = {
    "<int:pk>": "1", "<id:pk>": "1", "<slug:key>": "company", "<slug:record_type>": "company", "<slug:kind>": "google",
}  # fmt: skip


def addresses(patterns: Any, prefix: str = "") -> Iterator[str]:
    for one in patterns:
        route = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from addresses(one.url_patterns, route)
        elif route.startswith("setup/"):
            for name, value in NAMED.items():
                route = route.replace(name, value)
            yield f"/{route}"


EVERY = sorted(addresses(get_resolver().url_patterns))


def test_there_are_addresses() -> None:
    assert "/setup/users/1/deactivate/" in EVERY
    assert "/setup/processes/1/" in EVERY


@pytest.mark.parametrize("path", EVERY)
def test_only_administrators_come_in(client: Client, giulia: User, path: str) -> None:
    assert [client.get(path).status_code, client.post(path).status_code] == [302, 302]
    client.force_login(giulia)
    assert [client.get(path).status_code, client.post(path).status_code] == [403, 403]
    client.force_login(colleague("dario", "director"))
    assert [client.get(path).status_code, client.post(path).status_code] == [403, 403]


@pytest.mark.parametrize("path", [one for one in EVERY if one.count("/") <= 3])
def test_administrators_do(as_sara: Client, path: str) -> None:
    assert as_sara.get(path).status_code == 200


def test_the_menu_shows_setup_to_administrators_only(as_sara: Client, giulia: User) -> None:
    assert 'href="/setup/"' in as_sara.get("/profile/").content.decode()
    client = Client()
    client.force_login(giulia)
    assert 'href="/setup/"' not in client.get("/profile/").content.decode()
