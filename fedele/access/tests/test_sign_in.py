"""The door: password, throttling, where it leads, what it tells."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from fedele.access.models import User
from fedele.access.tests.people import PASSWORD
from fedele.journal.models import Entry

LOGIN = "/accounts/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def kinds() -> list[str]:
    return list(Entry.objects.filter(record_type="user").order_by("id").values_list("kind", flat=True))


def test_the_right_password_opens_and_is_written_down(client: Client, giulia: User) -> None:
    response = sign_in(client, giulia.email.upper())
    assert (response.status_code, response["Location"]) == (302, "/")
    entry = Entry.objects.get(kind="user.signed_in")
    assert (entry.actor_id, entry.record_id, entry.data["ip"]) == (giulia.pk, giulia.pk, "127.0.0.1")


def test_known_and_unknown_addresses_get_the_same_answer(giulia: User) -> None:
    known = sign_in(Client(), giulia.email, "wrong password").content.decode()
    unknown = sign_in(Client(), "nobody@aurora.example", "wrong password").content.decode()

    def told(page: str) -> str:
        return re.search(r'role="alert">.*?</div>', page, re.DOTALL).group()  # type: ignore[union-attr]

    assert told(known) == told(unknown)
    assert "alert" in told(known)
    assert kinds() == ["user.turned_away", "user.turned_away"]


def test_an_account_is_throttled_from_any_address(giulia: User) -> None:
    for n in range(8):
        client = Client(REMOTE_ADDR=f"192.0.2.{n}")
        sign_in(client, giulia.email, "wrong password")
    response = sign_in(Client(REMOTE_ADDR="192.0.2.99"), giulia.email)
    assert response.status_code == 200
    assert kinds() == ["user.turned_away"] * 8 + ["user.throttled"]


def test_an_address_is_throttled_for_any_account(giulia: User) -> None:
    client = Client()
    for n in range(10):
        sign_in(client, f"user{n}@aurora.example", "wrong password")
    assert sign_in(client, giulia.email).status_code == 200
    assert kinds()[-1] == "user.throttled"
    assert sign_in(Client(REMOTE_ADDR="192.0.2.1"), giulia.email).status_code == 302


def test_a_forwarded_address_is_not_believed(giulia: User) -> None:
    sign_in(Client(), giulia.email, "wrong password")
    Client(headers={"X-Forwarded-For": "203.0.113.7"}).post(LOGIN, {"login": giulia.email, "password": "wrong"})
    assert set(Entry.objects.filter(record_type="user").values_list("data__ip", flat=True)) == {"127.0.0.1"}


@pytest.mark.parametrize(
    "next_url", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_to_this_site_only(client: Client, giulia: User, next_url: str) -> None:
    assert sign_in(client, giulia.email, next=next_url)["Location"] == "/"


def test_sign_in_leads_back_to_where_one_wanted(client: Client, giulia: User) -> None:
    assert client.get("/companies/")["Location"] == f"{LOGIN}?next=/companies/"
    assert sign_in(client, giulia.email, next="/companies/")["Location"] == "/companies/"


def test_a_fragment_is_refused_not_replaced_by_the_sign_in_page(client: Client) -> None:
    assert client.get("/companies/", headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/email/", "/accounts/confirm-email/", "/accounts/login/code/confirm/"]
)
def test_what_does_not_exist_here_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "me@aurora.example", "password1": PASSWORD}).status_code == 404
    assert not User.objects.exists()


def test_who_is_switched_off_is_out_at_once(client: Client, giulia: User) -> None:
    sign_in(client, giulia.email)
    assert client.get("/profile/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/profile/").status_code == 302
    assert sign_in(Client(), giulia.email)["Location"] == reverse("account_inactive")


def test_signing_out_needs_a_post(client: Client, giulia: User) -> None:
    sign_in(client, giulia.email)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/profile/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/profile/").status_code == 302
    assert kinds() == ["user.signed_in", "user.signed_out"]


def test_hostile_text_is_shown_as_text(giulia: User, as_sara: Client) -> None:
    Client(headers={"User-Agent": "<script>alert(1)</script>"}).post(
        LOGIN, {"login": giulia.email, "password": "wrong"}
    )
    page = as_sara.get("/setup/audit/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
