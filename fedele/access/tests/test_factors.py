"""The second step: authenticator app, recovery codes, and the sessions it ends."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from fedele.access.models import User
from fedele.access.tests.people import PASSWORD, colleague
from fedele.journal.models import Entry

FACTOR_PAGE = "/accounts/2fa/authenticate/"


def sign_in(client: Client, user: User, password: str = PASSWORD) -> str:
    return client.post("/accounts/login/", {"login": user.email, "password": password}).headers.get("Location", "")


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client: Client) -> str:
    """Sets the authenticator app up and returns its secret."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret: str = client.session["mfa.totp.secret"]
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    cache.clear()  # the code just used counts as used
    return secret


@pytest.fixture
def secret(client: Client, giulia: User) -> str:
    sign_in(client, giulia)
    return set_up_app(client)


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def test_password_alone_is_not_enough(giulia: User, secret: str) -> None:
    client = Client()
    assert sign_in(client, giulia) == FACTOR_PAGE
    assert is_in(client) is False
    client.post(FACTOR_PAGE, {"code": "000000"})
    assert is_in(client) is False
    assert client.post(FACTOR_PAGE, {"code": code_of(secret)})["Location"] == "/"
    assert is_in(client) is True
    assert Entry.objects.filter(kind="user.failed_second_factor", record_id=giulia.pk).count() == 1


def test_a_code_opens_once(giulia: User, secret: str) -> None:
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, giulia)
        client.post(FACTOR_PAGE, {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_codes_cannot_be_tried_through(giulia: User, secret: str) -> None:
    for n in range(8):
        client = Client(REMOTE_ADDR=f"192.0.2.{n}")
        sign_in(client, giulia)
        client.post(FACTOR_PAGE, {"code": f"00000{n}"})
    client = Client(REMOTE_ADDR="192.0.2.99")
    sign_in(client, giulia)
    client.post(FACTOR_PAGE, {"code": code_of(secret)})
    assert is_in(client) is False


def test_a_recovery_code_opens_once(client: Client, giulia: User, secret: str) -> None:
    client.post("/accounts/2fa/recovery-codes/generate/")
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    opened = []
    for other in (Client(), Client()):
        sign_in(other, giulia)
        other.post(FACTOR_PAGE, {"code": code})
        opened.append(is_in(other))
    assert opened == [True, False]


def test_the_secret_is_not_readable_in_the_database(secret: str) -> None:
    assert secret not in str(Authenticator.objects.get(type="totp").data)


@pytest.mark.django_db(transaction=True)  # the library tells of it after the commit
def test_a_new_factor_ends_the_other_sessions(client: Client, giulia: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere, giulia)
    sign_in(client, giulia)
    set_up_app(client)
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert Entry.objects.filter(kind="user.added_factor", actor=giulia).exists()


def test_switching_off_asks_who_is_there(client: Client, giulia: User, secret: str) -> None:
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - 3600, "reauthenticated": True}
    ]
    session.save()
    assert "reauthenticate" in client.post("/accounts/2fa/totp/deactivate/")["Location"]
    assert Authenticator.objects.filter(type="totp").exists()


def test_one_session_ends_and_only_of_ones_own(client: Client, giulia: User) -> None:
    luca, elsewhere, other = colleague("luca"), Client(), Client()
    sign_in(client, giulia)
    sign_in(elsewhere, giulia)
    sign_in(other, luca)
    mine = UserSession.objects.get(session_key=elsewhere.session.session_key)
    his = UserSession.objects.get(user=luca)
    here = UserSession.objects.get(session_key=client.session.session_key)
    assert client.post(f"/accounts/sessions/{mine.pk}/end/").status_code == 302
    assert [client.post(f"/accounts/sessions/{one.pk}/end/").status_code for one in (his, here)] == [404, 404]
    assert (is_in(client), is_in(elsewhere), is_in(other)) == (True, False, True)
