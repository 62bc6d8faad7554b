"""How a user likes the screen: theme, density, language, keys, folded menu. Kept with the user, so it follows them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fedele.ui.middleware import COOKIE

YEAR = 365 * 24 * 60 * 60
CHOICES: dict[str, dict[str, Any]] = {
    "theme": {"auto": "auto", "light": "light", "dark": "dark"},
    "density": {"compact": "compact", "comfortable": "comfortable"},
    "language": {code: code for code, _name in settings.LANGUAGES},
    "single_keys": {"on": True, "off": False},
    "rail_collapsed": {"on": True, "off": False},
}


@login_not_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """POST theme=dark, density=…, language=…, single_keys=on|off, rail_collapsed=on|off, next=address to return to."""
    chosen = {name: request.POST[name] for name in CHOICES if name in request.POST}
    if not chosen or any(value not in CHOICES[name] for name, value in chosen.items()):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        for name, value in chosen.items():
            setattr(request.user, name, CHOICES[name][value])
        request.user.save(update_fields=list(chosen))
    response = _back(request)
    if "language" in chosen:
        response.set_cookie(COOKIE, chosen["language"], max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    return response


def _back(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)
    url = request.POST.get("next") or request.headers.get("Referer", "/")
    allowed = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=settings.HTTPS)
    return HttpResponseRedirect(url if allowed else "/")
