from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

#: Doors that open without sign-in: the sign-in pages themselves, and what the browser needs to show them.
OPEN = ("/accounts/", "/static/", "/health", "/manifest.webmanifest", "/sw.js", "/offline/")


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Every page needs a sign-in unless it is one of the few open doors."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        # The API answers 401 by itself: it also takes keys.
        if request.path.startswith((*OPEN, "/api/")):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override] # Django only ever redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        # A fragment must not be replaced by the sign-in page: the open page asks to sign in and keeps what was typed.
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)
