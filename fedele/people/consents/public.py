"""The pages of the person concerned, without sign-in: what we may use, change it, leave. Reading a page never changes anything.

The secret is in the address, so these pages need neither cookies nor a token against forged forms, and set none.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fedele.access.watching import whence
from fedele.base.house import house
from fedele.base.verbs import Refused
from fedele.people.consents.links import asked_by, person_of
from fedele.people.consents.models import ConsentText
from fedele.people.consents.preferences import change, confirm, leave, leave_mail, rows_of
from fedele.people.consents.slowing import too_many

#: Nobody indexes, keeps or is told of an address that is a secret.
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def page(request: HttpRequest, template: str, record: Any = None, *, status: int = 200, **context: Any) -> HttpResponse:
    """In the language of the person, else of the browser; never in the frame of who is signed in."""
    language = getattr(record, "language", "") or getattr(request, "LANGUAGE_CODE", "")
    with translation.override(language):
        text = (
            engines["jinja2"]
            .env.get_template(template)
            .render(  # type: ignore[attr-defined]
                house=house().name or "Fedele", language=translation.get_language(), path=request.path, **context
            )
        )
    return HttpResponse(text, status=status, headers={**HEADERS, "Content-Language": language or "it"})


def neutral(request: HttpRequest) -> HttpResponse:
    """The same for every link that is none: it tells nobody who is known here."""
    return page(request, "people/consents/public_unknown.html", status=404)


def _slowed(request: HttpRequest) -> HttpResponse | None:
    if too_many(request):
        answer = page(request, "people/consents/public_unknown.html", status=429)
        answer.headers["Retry-After"] = "60"
        return answer
    return None


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """GET: what is allowed. POST: `leave` withdraws all; otherwise the boxes as they stand."""
    record = None if (slowed := _slowed(request)) else person_of(token)
    if slowed or record is None:
        return slowed or neutral(request)
    done = False
    if request.method == "POST":
        trace = whence(request)
        if "leave" in request.POST:
            leave(record, trace)
        else:
            change(record, request.POST, trace)
        done = True
    return _show(request, record, done=done)


def _show(request: HttpRequest, record: Any, *, done: bool) -> HttpResponse:
    language = getattr(record, "language", "") or translation.get_language() or ""
    with translation.override(language):
        rows, seen = rows_of(record)
    text = ConsentText.current(language)
    return page(request, "people/consents/public.html", record, rows=rows, seen=seen, done=done, text=text)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """POST, from the button of a mail program (RFC 8058) or of this page: no more mail. GET only asks."""
    record = None if (slowed := _slowed(request)) else person_of(token)
    if slowed or record is None:
        return slowed or neutral(request)
    if request.method == "POST":
        leave_mail(record, whence(request))
        return page(request, "people/consents/public_left.html", record, back=f"/p/{token}/")
    return page(request, "people/consents/public_leave.html", record, back=f"/p/{token}/")


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """The second step of a double opt-in. GET asks: mail scanners follow links too."""
    asked = None if (slowed := _slowed(request)) else asked_by(token)
    if slowed or asked is None:
        return slowed or neutral(request)
    text = ConsentText.objects.filter(pk=asked.text_id).first() if asked.text_id else None
    done, refused = False, ""
    if request.method == "POST":
        try:
            confirm(asked, text, whence(request))
            done = True
        except Refused:
            refused = _("This request is no longer valid.")
    return page(
        request, "people/consents/public_confirm.html", asked.record, asked=asked, text=text, done=done, refused=refused
    )


@login_not_required
@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a text, for who is asked to agree to it."""
    slowed = _slowed(request)
    found = None if slowed else ConsentText.objects.filter(pk=pk).first()
    if slowed or found is None:
        return slowed or neutral(request)
    return page(request, "people/consents/public_text.html", text=found)
