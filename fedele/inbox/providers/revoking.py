"""A permission that is needed no longer is taken back where it was given, too (RFC 7009)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from fedele.base.outside import Answer, BrokenOff, NotOutside, Unreachable, post
from fedele.inbox.providers.tokens import MOST_BYTES, PATIENCE

#: It is none any more there: that is what was wanted.
GONE = {"invalid_token", "invalid_grant"}


def revoke(provider: Any, refresh: str) -> str:
    """Why the provider still keeps it, for who reads the screen; "" where it is taken back."""
    head = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = post(provider.takes_back_at, _body(provider, refresh), head, timeout=PATIENCE, most=MOST_BYTES)
    except (NotOutside, Unreachable, BrokenOff) as error:
        return str(error)
    if answer.status < 300 or (said := _said(answer)) in GONE:
        return ""
    return said or _("it answers %(status)s") % {"status": answer.status}


def _body(provider: Any, refresh: str) -> bytes:
    """Those that are known ask for the token alone; the standard wants to know who asks."""
    given = {"token": refresh}
    if not provider.known:
        given |= {"token_type_hint": "refresh_token", "client_id": provider.client_id}
        given |= {"client_secret": provider.secret} if provider.secret else {}
    return urlencode(given).encode()


def _said(answer: Answer) -> str:
    """The code of the error, and nothing else of an answer that may hold anything."""
    try:
        said = json.loads(answer.body)["error"]
    except (ValueError, TypeError, KeyError):
        return ""
    return said[:60] if isinstance(said, str) else ""
