"""Single sign-on, against a sign-in service that listens on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from fedele.access.models import User
from fedele.access.tests.people import colleague
from fedele.journal.models import Entry


class Service(BaseHTTPRequestHandler):
    """Speaks as much OpenID Connect as a sign-in needs; `person` is who just signed in there."""

    person: dict[str, Any] = {}

    def answer(self, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self) -> None:
        here = f"http://localhost:{self.server.server_address[1]}"
        if self.path.endswith("openid-configuration"):
            names = ("authorization", "token", "userinfo")
            self.answer(
                {"issuer": here, "jwks_uri": f"{here}/keys"} | {f"{name}_endpoint": f"{here}/{name}" for name in names}
            )
        else:
            self.answer(self.person)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "token", "token_type": "Bearer"})

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def service(settings: Any) -> Iterator[None]:
    server = HTTPServer(("localhost", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://localhost:{server.server_address[1]}"
    app = {
        "provider_id": "sso",
        "name": "Aurora ID",
        "client_id": "fedele",
        "secret": "x",
        "settings": {"server_url": address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield
    server.shutdown()
    server.server_close()


def come_from_service(client: Client, **person: Any) -> Any:
    Service.person = {"sub": "4711", **person}
    asked = client.get("/accounts/oidc/sso/login/")
    state = parse_qs(urlsplit(asked["Location"]).query)["state"][0]
    return client.get("/accounts/oidc/sso/login/callback/", {"code": "c", "state": state}, follow=True)


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def test_the_door_offers_it(client: Client, service: None) -> None:
    page = client.get("/accounts/login/?next=/leads/").content.decode()
    assert "Aurora ID" in page
    assert "/accounts/oidc/sso/login/?process=login&amp;next=%2Fleads%2F" in page


def test_a_colleague_with_this_address_comes_in(client: Client, service: None, giulia: User) -> None:
    come_from_service(client, email="Giulia@aurora.example", email_verified=True)
    assert is_in(client)
    assert Entry.objects.filter(kind="user.signed_in", actor=giulia).count() == 1


@pytest.mark.parametrize(
    "person",
    [
        {"email": "giulia@aurora.example", "email_verified": False},
        {"email": "nobody@aurora.example", "email_verified": True},
        {},
    ],
)
def test_nobody_else_does(client: Client, service: None, giulia: User, person: dict[str, Any]) -> None:
    response = come_from_service(client, **person)
    assert response.status_code == 200
    assert "dist/fedele" in response.content.decode()
    assert is_in(client) is False
    assert list(User.objects.all()) == [giulia]


def test_who_is_switched_off_stays_out(client: Client, service: None) -> None:
    colleague("luca", is_active=False)
    come_from_service(client, email="luca@aurora.example", email_verified=True)
    assert is_in(client) is False


def test_who_was_connected_and_is_switched_off_stays_out(service: None, giulia: User) -> None:
    come_from_service(Client(), email=giulia.email, email_verified=True)
    User.objects.update(is_active=False)
    client = Client()
    come_from_service(client, email=giulia.email, email_verified=True)
    assert is_in(client) is False


def test_a_strange_answer_gets_a_page(client: Client, service: None) -> None:
    response = client.get("/accounts/oidc/sso/login/callback/?code=c&state=unknown")
    assert "dist/fedele" in response.content.decode()
    assert is_in(client) is False
