from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from fedele.base.stores import StoreError
from fedele.ui.errors import store_down

COOKIE = "fedele-language"


class LanguageMiddleware:
    """Speaks the language of the signed-in user, else of the cookie, else of the browser, else the default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class StoreMiddleware:
    """A store of files that does not answer is said in words, whichever page wanted a file."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return store_down(request) if isinstance(error, StoreError) else None


def language_of(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    user: Any = getattr(request, "user", None)
    wanted = [user.language] if user is not None and user.is_authenticated else []
    wanted += [request.COOKIES.get(COOKIE, ""), *_asked_for(request.headers.get("Accept-Language", ""))]
    return next((one for one in wanted if one in known), settings.LANGUAGE_CODE)


def _asked_for(header: str) -> list[str]:
    """`it-IT,it;q=0.9,en;q=0.8` as ["it", "it", "en"]."""
    parts = [part.strip().partition(";q=") for part in header.lower()[:200].split(",")]
    ranked = sorted(parts, key=lambda part: -_weight(part[2]))
    return [name.partition("-")[0] for name, _, _ in ranked]


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
