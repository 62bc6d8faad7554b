"""What goes wrong, said in words: a whole page for the browser, a small card for htmx, JSON for a program.

The status is always kept.
"""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from fedele.ui.pages import page

log = logging.getLogger("fedele.ui")


def answer(
    request: HttpRequest,
    status: int,
    title: str,
    text: str,
    *,
    icon: str = "circle-alert",
    action: tuple[str, str] | None = None,
    number: str = "",
) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _to_program(status, f"{title}. {text}", number)
    wants_card = request.headers.get("HX-Request") == "true"
    template = "ui/_error_card.html" if wants_card else "ui/error.html"
    error = {"icon": icon, "action": action}
    context = {"status": status, "title": title, "text": text, "error": error, "number": number}
    response = HttpResponse(page(request, template, context), status=status)
    if number:
        response.headers["X-Request-Number"] = number
    if wants_card and request.method != "GET":
        response.headers["HX-Retarget"] = "#dialog-body"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _to_program(status: int, detail: str, number: str) -> HttpResponse:
    """In the shape in which the API describes its refusals."""
    headers = {"X-Request-Number": number} if number else None
    return JsonResponse({"detail": detail, "fields": {}}, status=status, headers=headers)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return answer(request, 400, _("This request makes no sense to us"), _("Go back, reload the page and try again."))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    text = str(exception or "") or _(
        "Your role does not include this. Ask the owner of the record or an administrator."
    )
    return answer(request, 403, _("You may not do this"), text, icon="lock")


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    text = _("It may have been moved or deleted, or it is not among the records you may see.")
    return answer(request, 404, _("There is nothing here"), text, icon="search-x")


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return answer(
        request, 405, _("This address cannot be opened this way"), _("Go back and use the button on the page.")
    )


def conflict(request: HttpRequest, exception: Any = None) -> HttpResponse:
    text = _(
        "Somebody else saved this record while you had it open. Reload to see their changes; yours are kept as a draft."
    )
    return answer(
        request, 409, _("Changed meanwhile"), text, icon="git-compare-arrows", action=(_("Reload"), request.path)
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _(
        "The page was open for too long or you signed in elsewhere. "
        "Reload it and try again: what you typed is kept as a draft."
    )
    return answer(request, 419, _("This page has expired"), text, icon="timer-off", action=(_("Reload"), request.path))


def server_error(request: HttpRequest, exception: Any = None) -> HttpResponse:
    number = uuid.uuid4().hex[:8]
    log.error("Request %s failed: %s %s", number, request.method, request.path)
    text = _("It is our fault, not yours. Try again; if it happens again, tell your administrator this number.")
    try:
        return answer(request, 500, _("Something went wrong"), text, icon="triangle-alert", number=number)
    except Exception:  # the page itself may need what has just failed, such as the database
        log.exception("The error page of request %s failed", number)
        return HttpResponse(
            f"{_('Something went wrong')} ({number})", status=500, content_type="text/plain; charset=utf-8"
        )


def store_down(request: HttpRequest) -> HttpResponse:
    text = _(
        "Their store does not answer. Everything else works; try again in a while, or tell whoever administers Fedele."
    )
    return answer(request, 503, _("Files cannot be reached at the moment"), text, icon="cloud-off")


def offline(request: HttpRequest) -> HttpResponse:
    text = _(
        "There is no connection. What you typed is kept on this device; the page comes back when the network does."
    )
    return HttpResponse(page(request, "ui/offline.html", {"title": _("You are offline"), "text": text}))
