"""The way to a provider and back: what a browser is sent there with, and whether what comes back was asked for here.

What was asked lies in the session, once: another browser, another person, a second time or a quarter of an hour later it
is worth nothing. The secret half of the challenge (PKCE) never leaves this server before the code is exchanged.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from oauthlib.oauth2 import WebApplicationClient

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.providers.models import Provider

#: Seconds one may take at the provider.
LONGEST = 15 * 60
KEY = "mailbox_asked"


@dataclass(frozen=True)
class Asked:
    mailbox: int
    provider: int
    state: str
    verifier: str
    at: float


def came_back_to() -> str:
    """The one address providers send browsers back to, as it is registered there."""
    return f"{settings.SITE_URL}{reverse('mailbox_connected')}"


def ask(request: HttpRequest, box: Mailbox, provider: Provider) -> str:
    """Where the browser goes to sign in; what was asked before in this session is void."""
    client = WebApplicationClient(provider.client_id)
    verifier = client.create_code_verifier(64)
    asked = Asked(box.pk, provider.pk, secrets.token_urlsafe(32), verifier, time.time())
    request.session[KEY] = asdict(asked)
    given = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": came_back_to(),
        "scope": provider.asks_for, "state": asked.state,
        "code_challenge": client.create_code_challenge(verifier, "S256"), "code_challenge_method": "S256",
        **(provider.known.extra if provider.known else {}), **_hint(box),
    }  # fmt: skip
    joint = "&" if "?" in provider.signs_in_at else "?"
    return f"{provider.signs_in_at}{joint}{urlencode(given)}"


def answered(request: HttpRequest) -> Asked | None:
    """What was asked, if this is its answer. It is forgotten either way."""
    kept: dict[str, Any] | None = request.session.pop(KEY, None)
    if kept is None:
        return None
    asked = Asked(**kept)
    is_it = constant_time_compare(request.GET.get("state", ""), asked.state)
    return asked if is_it and time.time() - asked.at < LONGEST else None


def _hint(box: Mailbox) -> dict[str, str]:
    """Into a shared mailbox somebody signs in as themselves."""
    return {"login_hint": box.address} if box.is_personal else {}
