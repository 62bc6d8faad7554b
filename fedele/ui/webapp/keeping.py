"""Which answers a device may keep to be read without a network, and whose they are.

Every page says in a header whose it is: a name made from the session, which says nothing about the person. The service
worker keeps pages under that name and forgets all others; so nothing is left of who signed out or of who was here before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

#: Pages and parts of pages one reads; forms, setup, exports and whatever is not named here are never kept.
READ = {
    "notices:inbox",
    *(f"records:{name}" for name in ("home", "today_work", "today_block", "list", "board", "calendar")),
    *(f"records:{name}" for name in ("record", "panel", "peek", "timeline")),
}
READER, KEEP = "X-Reader", "X-Keep"
NOBODY = "nobody"


class KeepingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html") or response.status_code in (401, 404, 410):
            response.headers[READER] = reader_of(request)
            if may_keep(request, response):
                response.headers[KEEP] = "yes"
        if request.method == "POST" and request.path == reverse("account_logout"):
            _forget(response)
        return response


def reader_of(request: HttpRequest) -> str:
    user, session = getattr(request, "user", None), getattr(request, "session", None)
    if user is None or not user.is_authenticated or session is None or not session.session_key:
        return NOBODY
    return salted_hmac("fedele.reader", session.session_key, algorithm="sha256").hexdigest()[:24]


def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    if request.method != "GET" or response.status_code != 200 or match is None or match.view_name not in READ:
        return False
    if "no-store" in response.headers.get("Cache-Control", "") or response.has_header("Content-Disposition"):
        return False
    return bool(getattr(match.kwargs.get("record_type"), "kept_offline", True)) and reader_of(request) != NOBODY


def _forget(response: HttpResponse) -> None:
    """Who has signed out leaves nothing in the browser: pages, drafts, worker. Only heeded over https or on localhost."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def release() -> str:
    """Changes with every release: by it the worker knows that its files are old."""
    from django.templatetags.static import static

    from fedele import __version__
    from fedele.ui.webapp.worker import source

    parts: tuple[Any, ...] = (__version__, static("dist/fedele.css"), static("dist/fedele.js"), source())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
