"""A provider that listens on this machine: signs in, proves the challenge, gives tokens and changes them at each renewal."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT, SECRET = "fedele-client", "segreto-del-client"


class Service:
    """What it knows and can be told to do; `asked` are the bodies of all requests for tokens."""

    def __init__(self) -> None:
        self.url = ""
        self.lasts: int | None = 3600
        self.slow = 0.0
        self.rotates = True
        self.gives_refresh = True
        #: (status, body): answered to the next requests, whatever they are.
        self.answers: list[tuple[int, bytes]] = []
        self.asked: list[dict[str, str]] = []
        self.sent_there: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.access: set[str] = set()
        self.refresh: set[str] = set()
        #: Bodies of what was to be taken back.
        self.revoked: list[dict[str, str]] = []

    def allow(self, given: dict[str, str]) -> str:
        """Somebody signed in and allowed it: where their browser goes next."""
        assert (given["client_id"], given["response_type"], given["code_challenge_method"]) == (CLIENT, "code", "S256")
        code = secrets.token_hex(8)
        self.codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def tokens(self, body: dict[str, str]) -> tuple[int, bytes]:
        self.asked.append(body)
        time.sleep(self.slow)
        if self.answers:
            return self.answers.pop(0)
        if (body["client_id"], body.get("client_secret")) != (CLIENT, SECRET):
            return 401, b'{"error": "invalid_client"}'
        proven = self._renews(body) if body["grant_type"] == "refresh_token" else self._proves(body)
        return (200, self._given(body)) if proven else (400, b'{"error": "invalid_grant"}')

    def takes_back(self, body: dict[str, str]) -> tuple[int, bytes]:
        self.revoked.append(body)
        if self.answers:
            return self.answers.pop(0)
        if (body["client_id"], body.get("client_secret")) != (CLIENT, SECRET):
            return 401, b'{"error": "invalid_client"}'
        self.refresh.discard(body["token"])
        return 200, b""

    def _proves(self, body: dict[str, str]) -> bool:
        given = self.codes.pop(body["code"], None)
        digest = hashlib.sha256(body["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return given is not None and (given["code_challenge"], given["redirect_uri"]) == (
            challenge,
            body["redirect_uri"],
        )

    def _renews(self, body: dict[str, str]) -> bool:
        if body["refresh_token"] not in self.refresh:
            return False
        if self.rotates:
            self.refresh.remove(body["refresh_token"])
        return True

    def _given(self, body: dict[str, str]) -> bytes:
        told: dict[str, Any] = {"access_token": f"access-{secrets.token_hex(8)}", "token_type": "Bearer"}
        self.access.add(told["access_token"])
        if self.lasts is not None:
            told["expires_in"] = self.lasts
        if self.gives_refresh and (self.rotates or body["grant_type"] == "authorization_code"):
            told["refresh_token"] = f"refresh-{secrets.token_hex(8)}"
            self.refresh.add(told["refresh_token"])
        return json.dumps({**told, "scope": "mail other"}).encode()


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = {name: value[0] for name, value in parse_qs(urlsplit(self.path).query).items()}
            service.sent_there.append(given)
            page = f'<!doctype html><title>Provider</title><h1>Provider</h1><a href="{service.allow(given)}">Allow</a>'
            self._answer(200, page.encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = service.takes_back if self.path == "/revoke" else service.tokens
            status, said = answer({name: value[0] for name, value in parse_qs(body).items()})
            self._answer(status, said, "application/json")

        def _answer(self, status: int, said: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@contextmanager
def provider_service() -> Iterator[Service]:
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
