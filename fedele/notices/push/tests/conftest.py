"""A push service of our own: it takes what is sent to a browser, checks who signed it, and reads it as the browser would."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from py_vapid import Vapid02
from py_vapid.utils import b64urldecode, b64urlencode

from fedele.access.models import User
from fedele.notices.push.devices import Device
from fedele.notices.push.keys import current_key
from fedele.notices.tests.conftest import giulia, house, in_english, luca, mailbox, shared_database, worker

__all__ = ["giulia", "house", "in_english", "luca", "mailbox", "shared_database", "worker"]


class Browser:
    """The keys a browser makes for a subscription."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint, self.secret = endpoint, os.urandom(16)
        self.private = ec.generate_private_key(ec.SECP256R1())
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = {"endpoint": endpoint, "p256dh": b64urlencode(point), "auth": b64urlencode(self.secret)}

    def read(self, body: bytes) -> dict[str, Any]:
        return json.loads(http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret))


class PushService:
    """`answers` are given one a message, then everything is accepted: 201."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.hang_up = False
        self.answers_now = threading.Event()
        self.answers_now.set()
        self.url = ""

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]] | None:
        self.messages.append((path, headers, body))
        self.answers_now.wait(30)
        return None if self.hang_up else self.answers.pop(0) if self.answers else (201, {})


def handler_of(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = service.take(self.path, {key.lower(): value for key, value in self.headers.items()}, body)
            if answer is None:
                self.close_connection = True
                return
            self.send_response(answer[0])
            for name, value in answer[1].items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    settings.PRIVATE_ADDRESSES = True
    service = PushService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(service))
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield service
    service.answers_now.set()
    server.shutdown()
    server.server_close()


def signed_in(user: User) -> Client:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140"})
    client.force_login(user)
    return client


def subscribe(client: Client, service: PushService, name: str = "phone") -> Browser:
    """What the page does once its user allowed notices."""
    browser = Browser(f"{service.url}/push/{name}")
    answer = client.post("/notices/devices/", {**browser.subscription, "key": current_key().public})
    assert answer.status_code == 201
    return browser


@pytest.fixture
def phone(giulia: User, service: PushService) -> Browser:
    browser = subscribe(signed_in(giulia), service)
    assert Device.objects.get().name == "Chrome · Android"
    return browser


def claims_of(authorization: str) -> dict[str, Any]:
    """What is signed, after the signature was found right."""
    assert Vapid02.verify(authorization)
    token = authorization.partition("t=")[2].partition(",")[0]
    return json.loads(b64urldecode(token.split(".")[1].encode()))
