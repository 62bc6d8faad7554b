"""What is asked of a provider and what it answers: tokens, or why there are none. Nothing of it is ever logged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from oauthlib.oauth2 import MissingTokenError, OAuth2Error, WebApplicationClient

from fedele.base.outside import Answer, BrokenOff, NotOutside, Unreachable, post
from fedele.inbox.mailboxes.models import Standing

#: No provider's answer is longer.
MOST_BYTES = 64 << 10
PATIENCE = 15
#: Where a provider does not say how long its token lasts.
USUAL = 3600
#: The permission has ended: only its owner can give it again.
OVER = {"invalid_grant", "interaction_required", "login_required", "consent_required"}
#: The application is registered no longer, or its secret has ended.
NOT_REGISTERED = {"invalid_client", "unauthorized_client"}
_TOKEN = re.compile(r"[\x21-\x7e]+")


class NotSignedIn(Exception):
    """There is no token now. `standing` is what the mailbox becomes; the text is for who reads the screen."""

    def __init__(self, standing: Standing, words: str, *, is_over: bool = False) -> None:
        super().__init__(words)
        self.standing, self.is_over = standing, is_over


@dataclass(frozen=True)
class Tokens:
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lasts: int = USUAL


def exchange(provider: Any, code: str, verifier: str, back: str) -> Tokens:
    """For the code a browser brought back: the first tokens. `back` is where it was sent back to."""
    body = WebApplicationClient(provider.client_id).prepare_request_body(
        code=code, redirect_uri=back, code_verifier=verifier, **_secret(provider)
    )
    return _asked(provider, body)


def renew(provider: Any, refresh: str) -> Tokens:
    body = WebApplicationClient(provider.client_id).prepare_refresh_body(
        refresh_token=refresh, scope=provider.asks_for, client_id=provider.client_id, **_secret(provider)
    )
    return _asked(provider, body)


def _secret(provider: Any) -> dict[str, str]:
    return {"client_secret": provider.secret} if provider.secret else {}


def _asked(provider: Any, body: str) -> Tokens:
    head = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = post(provider.gives_tokens_at, body.encode(), head, timeout=PATIENCE, most=MOST_BYTES)
    except (NotOutside, Unreachable, BrokenOff) as error:
        words = _("%(name)s cannot be asked for a permission: %(said)s")
        raise NotSignedIn(Standing.UNREACHABLE, words % {"name": provider, "said": error}) from None
    if answer.status == 429 or answer.status >= 500:
        words = _("%(name)s gives no permission just now (%(status)s).")
        raise NotSignedIn(Standing.UNREACHABLE, words % {"name": provider, "status": answer.status})
    return _understood(provider, answer)


def _understood(provider: Any, answer: Answer) -> Tokens:
    """What went wrong is raised without its cause: that would hold the answer, and the answer may hold tokens."""
    try:
        told = WebApplicationClient("").parse_request_body_response(answer.body.decode())
        access, refresh = str(told["access_token"]), str(told.get("refresh_token") or "")
        lasts = max(0, int(told.get("expires_in") or USUAL))
    except OAuth2Error as error:
        if not isinstance(error, MissingTokenError):
            raise _refused(provider, str(error.error or "")[:60]) from None
        access = ""
    except (ValueError, TypeError, AttributeError, KeyError):
        access = ""
    if not _TOKEN.fullmatch(access):
        words = _("%(name)s answers with something that is no permission.") % {"name": provider}
        raise NotSignedIn(Standing.FAILING, words)
    return Tokens(access, refresh, lasts)


def _refused(provider: Any, code: str) -> NotSignedIn:
    told = {"name": provider, "said": code}
    if code in OVER:
        return NotSignedIn(Standing.REFUSED, over(provider), is_over=True)
    if code in NOT_REGISTERED:
        words = _("%(name)s does not know this application, or its secret has ended: who administers enters a new one.")
        return NotSignedIn(Standing.FAILING, words % told)
    return NotSignedIn(Standing.FAILING, _("%(name)s gives no permission: %(said)s") % told)


def over(provider: Any) -> str:
    return _("%(name)s no longer lets Fedele in. Connect the mailbox again.") % {"name": provider}
