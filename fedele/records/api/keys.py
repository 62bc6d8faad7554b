"""How a call proves who it is: a key in the Authorization header, or the session of a signed-in browser."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from fedele.access.keys import ApiKey
from fedele.journal.acting import sign

SAFE = ("GET", "HEAD", "OPTIONS")


class _Key(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Any:
        key = ApiKey.find(token)
        if key is None or key.opens or (key.read_only and request.method not in SAFE):
            return None
        request.user = key.user
        # The middleware signed this request as nobody's; from here on it is the key's owner who acts.
        sign(key.user, "api")
        return key.user


class KeyOrSession(SessionAuth):
    """A key never needs a CSRF token, a session always does."""

    def __init__(self) -> None:
        super().__init__(csrf=True)
        self.key = _Key()

    def __call__(self, request: HttpRequest) -> Any:
        if request.headers.get("Authorization"):
            return self.key(request)
        return super().__call__(request)
