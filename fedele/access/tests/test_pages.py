"""Every page of sign-in is ours: it wears the shell and breaks no rule of the content security policy."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from fedele.access.models import User
from fedele.access.tests.people import PASSWORD

OUTSIDE = (
    "login/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-abc/",
    "inactive/",
    "3rdparty/login/cancelled/",
    "3rdparty/login/error/",
)
INSIDE = ("logout/", "reauthenticate/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
          "sessions/", "3rdparty/")  # fmt: skip


def check(page: str) -> None:
    assert "dist/fedele" in page, "not in our shell"
    assert not re.search(r"\son[a-z]+=|style=|<style", page)
    scripts = re.findall(r"<script(?![^>]*(?:src=|nonce=|application/json))[^>]*>", page)
    assert scripts == []


@pytest.mark.parametrize("path", OUTSIDE)
def test_pages_before_sign_in(client: Client, path: str) -> None:
    response = client.get(f"/accounts/{path}")
    assert response.status_code in (200, 401), response.status_code
    check(response.content.decode())
    assert "data-preference-form" in response.content.decode(), "no language switch"


@pytest.mark.parametrize("path", INSIDE)
def test_pages_after_sign_in(client: Client, giulia: User, path: str) -> None:
    client.post("/accounts/login/", {"login": giulia.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get(f"/accounts/{path}")
    assert response.status_code == 200
    check(response.content.decode())


@pytest.mark.parametrize("path", [one for one in INSIDE if one != "logout/"])
def test_pages_after_sign_in_need_one(client: Client, path: str) -> None:
    response = client.get(f"/accounts/{path}")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_the_language_can_be_chosen_before_sign_in(client: Client) -> None:
    client.post("/preferences/", {"language": "en", "next": "/accounts/login/"})
    assert 'lang="en"' in client.get("/accounts/login/").content.decode()
    client.post("/preferences/", {"language": "it", "next": "/accounts/login/"})
    assert 'lang="it"' in client.get("/accounts/login/").content.decode()


def test_too_many_requests_get_a_page(client: Client) -> None:
    answers = [client.post("/accounts/password/reset/", {"email": f"user{n}@aurora.example"}) for n in range(21)]
    assert answers[-1].status_code == 429
    check(answers[-1].content.decode())
