"""The look and the doors of the screen: shell, components, menu, and how a page, a fragment or a toast is answered."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

R = TypeVar("R", bound=HttpResponseBase)
LEVELS = {"ok": messages.SUCCESS, "info": messages.INFO, "warn": messages.WARNING, "bad": messages.ERROR}


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    fragment: str | None = None,
) -> HttpResponse:
    """The page `template`, or only its block `fragment`, with the shell's names added to `context`."""
    from fedele.ui.pages import page, part

    text = part(request, template, fragment, context) if fragment else page(request, template, context)
    response = HttpResponse(text, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def toast(response: R, message: Any, undo_url: str | None = None, level: str = "ok") -> R:
    """Shows `message` when htmx or `fedele.js` receives `response`; with `undo_url` it can be taken back."""
    say = json.loads(response.headers.get("HX-Trigger") or "{}")
    say["toast"] = {"message": str(message), "undo": undo_url or "", "level": level}
    response.headers["HX-Trigger"] = json.dumps(say)
    return response


def toast_next(request: HttpRequest, message: Any, undo_url: str | None = None, level: str = "ok") -> None:
    """Shows `message` on the next full page this user sees."""
    messages.add_message(request, LEVELS[level], str(message), extra_tags=undo_url or "")


def redirect(
    request: HttpRequest, url: str, message: Any = None, undo_url: str | None = None, level: str = "ok"
) -> HttpResponse:
    """Sends the browser to `url`, whether it asked by htmx or by a plain request; `message` is shown there."""
    if message:
        toast_next(request, message, undo_url, level)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(url)
    return HttpResponse(headers={"HX-Redirect": url})


__all__ = ["redirect", "render", "toast", "toast_next"]
