"""Drafts on the server: what `<draft-keeper>` sends 800 ms after the last key."""

from __future__ import annotations

import json
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from fedele.ui.models import Draft
from fedele.ui.moments import clock

#: A draft is what somebody typed, not a place to store things.
MAX_CHARACTERS = 100_000
MAX_DRAFTS = 200
#: Seconds after which a draft made through another process is noticed.
REMEMBER = 60


def of(user: Any, key: str) -> dict[str, str]:
    """What `user` left unsent in the form `key`: {field name: text}."""
    draft = Draft.objects.filter(user=user, key=key).first()
    return draft.text if draft else {}


def any_of(user: Any) -> bool:
    """Has `user` left anything unsent? Remembered for a while: asked by every page, it seldom changes."""
    return bool(caches["process"].get_or_set(_key(user), Draft.objects.filter(user=user).exists, REMEMBER))


def _key(user: Any) -> str:
    return f"has-drafts-{user.pk}"


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponseBase:
    """GET ?key=… → {"text": {…}, "at": "10:42"}; POST key, text (JSON; empty forgets it) → {"at": "10:42"}."""
    user: Any = request.user
    key = (request.GET if request.method == "GET" else request.POST).get("key", "")
    if not key or len(key) > 120:
        return HttpResponseBadRequest()
    if request.method == "GET":
        draft = Draft.objects.filter(user=user, key=key).first()
        return JsonResponse({"text": draft.text, "at": clock(draft.updated_at)} if draft else {"text": {}, "at": ""})
    return _keep(user, key, request.POST.get("text", ""))


def _keep(user: Any, key: str, raw: str) -> HttpResponseBase:
    try:
        text = json.loads(raw) if raw else {}
    except ValueError:
        return HttpResponseBadRequest()
    if not isinstance(text, dict) or len(raw) > MAX_CHARACTERS:
        return HttpResponseBadRequest()
    caches["process"].delete(_key(user))
    if not any(text.values()):
        Draft.objects.filter(user=user, key=key).delete()
        return JsonResponse({"at": ""})
    draft, made = Draft.objects.update_or_create(user=user, key=key, defaults={"text": text})
    if made:
        _forget_oldest(user)
    return JsonResponse({"at": clock(draft.updated_at)})


def _forget_oldest(user: Any) -> None:
    old = Draft.objects.filter(user=user).order_by("-updated_at").values_list("pk", flat=True)[MAX_DRAFTS:]
    Draft.objects.filter(pk__in=list(old)).delete()
