"""Writes down who came in, who was turned away, and who changed how they sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in, user_logged_out
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from fedele.access.audit import Subject, audit
from fedele.access.browsers import browser_of
from fedele.access.sessions import end_sessions


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="audit-in")
    user_logged_out.connect(signed_out, dispatch_uid="audit-out")
    for signal in (password_changed, password_set, password_reset):
        signal.connect(changed_password, dispatch_uid="audit-password")
    authentication_failed.connect(second_factor_failed, dispatch_uid="audit-factor")
    authenticator_added.connect(added_factor, dispatch_uid="audit-added")
    authenticator_removed.connect(removed_factor, dispatch_uid="audit-removed")
    authenticator_reset.connect(renewed_factor, dispatch_uid="audit-renewed")


def whence(request: HttpRequest) -> dict[str, Any]:
    adapter = get_adapter(request)
    return {"ip": adapter.get_client_ip(request), "browser": browser_of(adapter.get_http_user_agent(request))}


def signed_in(sender: Any, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    audit("user.signed_in", user, actor=user, **whence(request))


def signed_out(sender: Any, request: HttpRequest, user: Any = None, **_kwargs: Any) -> None:
    if user is not None:
        audit("user.signed_out", user, actor=user, **whence(request))


def sign_in_failed(request: HttpRequest, credentials: dict[str, Any]) -> None:
    audit("user.turned_away", _who(credentials), **whence(request))


def sign_in_throttled(request: HttpRequest, credentials: dict[str, Any]) -> None:
    audit("user.throttled", _who(credentials), **whence(request))


def _who(credentials: dict[str, Any]) -> Subject:
    address = str(credentials.get("email") or "")[:200]
    user = get_user_model().objects.filter(email=address.lower()).first()
    return Subject("user", user.pk if user else 0, address)


def changed_password(sender: Any, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    audit("user.changed_password", user, actor=user, **whence(request))


def second_factor_failed(sender: Any, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    audit("user.failed_second_factor", user, **whence(request))


def added_factor(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **_kwargs: Any) -> None:
    """Who was signed in elsewhere without the new factor must come in again with it."""
    audit("user.added_factor", user, actor=user, factor=authenticator.type, **whence(request))
    end_sessions(user, except_key=request.session.session_key)


def removed_factor(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **_kwargs: Any) -> None:
    audit("user.removed_factor", user, actor=request.user, factor=authenticator.type, **whence(request))


def renewed_factor(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **_kwargs: Any) -> None:
    audit("user.renewed_factor", user, actor=user, factor=authenticator.type, **whence(request))
