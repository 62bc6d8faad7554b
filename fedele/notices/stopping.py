"""The link at the foot of an e-mail that stops exactly this kind of e-mail, without signing in (RFC 8058)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from fedele.notices.kinds import kinds
from fedele.notices.preferences import choices_of, choose
from fedele.ui import render

SALT = "notices.stop"
#: A mail may be read long after it came.
VALID = 365 * 24 * 3600
#: In place of a kind: all that comes in the daily e-mail.
DAILY = "daily"


def stop_path(user: Any, kind: str) -> str:
    return reverse("notices:stop", args=[signing.dumps([user.pk, kind], salt=SALT)])


@login_not_required
@csrf_exempt
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, because programs that look into mail follow links; POST stops. The token says whose and what."""
    try:
        pk, key = signing.loads(token, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError):
        return render(request, "notices/stop.html", {"user_": None, "label": "", "done": False}, status=404)
    user = get_user_model().objects.filter(pk=pk, is_active=True).first()
    done = request.method == "POST" and user is not None
    if done:
        _stop(user, key)
    with translation.override(user.language if user else translation.get_language()):
        context = {"user_": user, "label": _label(key), "done": done}
        return render(request, "notices/stop.html", context, status=200 if user else 404)


def _stop(user: Any, key: str) -> None:
    for choice in choices_of(user):
        if choice.kind.key == key or (key == DAILY and choice.email == "daily"):
            choose(user, choice.kind, in_app=choice.in_app, email="none", push=choice.push)


def _label(key: str) -> Any:
    return kinds[key].label if key in kinds else ""
