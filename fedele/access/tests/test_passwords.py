"""Choosing a password: by the link of a forgotten one, by an invitation, by change."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from fedele.access import links
from fedele.access.links import INVITATION, RESET, PasswordLinks, password_link
from fedele.access.models import User
from fedele.access.tests.people import PASSWORD, colleague

NEW = "seven brave lanterns"
RESET_PAGE = "/accounts/password/reset/"


def link_in_mail() -> str:
    found = re.search(r"https?://\S+/accounts/password/reset/key/\S+", mail.outbox[-1].body)
    assert found
    return found.group()


def path_of(link: str) -> str:
    return link[link.index("/accounts/") :]


def choose(client: Client, link: str, password: str = NEW) -> Any:
    """Follows the link and sends the form; the first answer that is no redirect to the form."""
    form = client.get(path_of(link))
    if form.status_code != 302:
        return form
    return client.post(form["Location"], {"password1": password, "password2": password})


def opens(password: str, email: str) -> bool:
    return Client().post("/accounts/login/", {"login": email, "password": password}).status_code == 302


def test_the_link_sets_a_password_once(client: Client, giulia: User) -> None:
    client.post(RESET_PAGE, {"email": giulia.email})
    link = link_in_mail()
    assert choose(client, link).status_code == 302
    assert (opens(NEW, giulia.email), opens(PASSWORD, giulia.email)) == (True, False)
    assert b"no longer works" in choose(Client(headers={"Accept-Language": "en"}), link).content


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}])
def test_the_link_names_this_site_whatever_the_request_says(giulia: User, headers: dict[str, str]) -> None:
    with override_settings(SITE_URL="https://crm.aurora.example", ALLOWED_HOSTS=["*"]):
        Client(headers=headers).post(RESET_PAGE, {"email": giulia.email})
    assert link_in_mail().startswith("https://crm.aurora.example/accounts/")
    assert "evil.example" not in mail.outbox[-1].body


def test_known_unknown_and_switched_off_addresses_look_the_same(giulia: User) -> None:
    colleague("luca", is_active=False)
    answers = {
        (response.status_code, response["Location"])
        for email in (giulia.email, "luca@aurora.example", "nobody@aurora.example")
        for response in [Client().post(RESET_PAGE, {"email": email})]
    }
    assert answers == {(302, "/accounts/password/reset/done/")}
    assert [("key/" in one.body) for one in mail.outbox] == [True, False, False]


def test_a_reset_lives_a_day_and_an_invitation_a_week(giulia: User, monkeypatch: pytest.MonkeyPatch) -> None:
    invited = colleague("eva")
    invited.set_unusable_password()
    invited.save()
    tokens = {user.pk: (user, PasswordLinks().make_token(user)) for user in (giulia, invited)}

    def valid_after(age: dt.timedelta) -> list[str]:
        later = dt.datetime.now() + age  # noqa: DTZ005 (as Django counts)
        monkeypatch.setattr(links.PasswordLinks, "_now", lambda self: later)
        return [user.first_name for user, token in tokens.values() if PasswordLinks().check_token(user, token)]

    assert valid_after(dt.timedelta(hours=23)) == ["Giulia", "Eva"]
    assert valid_after(RESET + dt.timedelta(minutes=1)) == ["Eva"]
    assert valid_after(INVITATION + dt.timedelta(minutes=1)) == []


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"email": "other@aurora.example"}, {"last_login": timezone.now()}]
)
def test_a_link_dies_when_its_user_changes(giulia: User, change: dict[str, Any]) -> None:
    link = password_link(giulia)
    User.objects.filter(pk=giulia.pk).update(**change)
    assert b"no longer works" in choose(Client(headers={"Accept-Language": "en"}), link).content
    assert opens(NEW, giulia.email) is False


def test_a_new_password_ends_the_other_sessions(client: Client, giulia: User) -> None:
    elsewhere = Client()
    for one in (client, elsewhere):
        one.post("/accounts/login/", {"login": giulia.email, "password": PASSWORD})
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert client.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302
    assert "password" in mail.outbox[-1].body.lower()


@pytest.mark.parametrize("weak", ["short", "password123", "giulia@aurora.example"])
def test_weak_passwords_are_refused_at_the_field(client: Client, giulia: User, weak: str) -> None:
    client.force_login(giulia)
    data = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    response = client.post("/accounts/password/change/", data)
    assert b'class="error"' in response.content
    assert opens(PASSWORD, giulia.email) is True


def test_mail_speaks_the_language_of_its_reader(giulia: User) -> None:
    Client(headers={"Accept-Language": "it"}).post(RESET_PAGE, {"email": giulia.email})
    assert mail.outbox[-1].subject == "Choose a new password for Fedele"
