"""`POST /api/calls/incoming`: the door for the telephone system. Its key opens nothing else, and learns nothing of customers."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fedele.access.keys import CALLS, ApiKey
from fedele.inbox.calls.arriving import answer, end, ring
from fedele.inbox.calls.models import Call

#: Calls in a minute from which on something is wrong with the telephone system; and the longest thing it may say.
BUSY, LONGEST_BODY = 240, 10_000
EVENTS = ("ringing", "answered", "ended")


class Wrong(Exception):
    """What is wrong with what was sent: status, field and words for the engineer who reads them."""

    def __init__(self, status: int, detail: str, field: str = "") -> None:
        self.status, self.detail, self.field = status, detail, field
        super().__init__(detail)


@csrf_exempt
@login_not_required
@require_POST
def incoming(request: HttpRequest) -> JsonResponse:
    """{"call_id", "number", "to", "at"?, "event"?, "by"?} → 201 for a new call, 200 for what is told of a known one."""
    try:
        _check_key(request)
        return _told(_read(request))
    except Wrong as wrong:
        fields = {wrong.field: [wrong.detail]} if wrong.field else {}
        answered = JsonResponse({"detail": wrong.detail, "fields": fields}, status=wrong.status)
        if wrong.status == 429:
            answered.headers["Retry-After"] = "60"
        return answered


def _check_key(request: HttpRequest) -> None:
    """A key for calls only, or one of somebody who administers; never in the address."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    key = ApiKey.find(secret.strip()) if kind.lower() == "bearer" and secret else None
    if key is None:
        raise Wrong(401, "A key is needed: Authorization: Bearer fdl_…")
    if key.read_only or (key.opens != CALLS and not key.user.is_administrator):
        raise Wrong(403, "This key does not open this door.")


def _read(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_BODY:
        raise Wrong(413, "This is too long.")
    try:
        given = json.loads(request.body)
    except ValueError:
        raise Wrong(400, "This is not JSON.") from None
    if not isinstance(given, dict):
        raise Wrong(422, "An object is needed.")
    call_id = _text(given, "call_id", 120)
    if not call_id:
        raise Wrong(422, "A call_id is needed: it tells one call from the next.", "call_id")
    event = _text(given, "event", 20) or "ringing"
    if event not in EVENTS:
        raise Wrong(422, f"One of {', '.join(EVENTS)}.", "event")
    read = {"call_id": call_id, "event": event, "number": _text(given, "number", 60), "by": _text(given, "by", 120)}
    return {**read, "to": _places(given.get("to", [])), "at": _moment(_text(given, "at", 40))}


def _text(given: dict[str, Any], name: str, longest: int) -> str:
    value = given.get(name, "")
    value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise Wrong(422, f"A text of at most {longest} characters.", name)
    return value.strip()


def _places(value: Any) -> list[str]:
    """Extensions or e-mail addresses, one or several."""
    found = value if isinstance(value, list) else [value]
    if len(found) > 50:
        raise Wrong(422, "At most 50.", "to")
    return [one for one in (_text({"to": item}, "to", 120) for item in found) if one]


def _moment(text: str) -> dt.datetime:
    try:
        at = parse_datetime(text) if text else timezone.now()
    except ValueError:
        at = None
    if at is None or timezone.is_naive(at):
        raise Wrong(422, "A moment with its time zone, such as 2026-11-29T10:42:00+01:00.", "at")
    return min(at, timezone.now())


def _told(given: dict[str, Any]) -> JsonResponse:
    call = Call.objects.filter(call_id=given["call_id"]).first()
    is_new = call is None
    if call is None:
        if given["event"] != "ringing":
            raise Wrong(404, "No call of this call_id is known.")
        if Call.objects.filter(received_at__gt=timezone.now() - dt.timedelta(minutes=1)).count() >= BUSY:
            raise Wrong(429, "Too many calls in a minute.")
        call = ring(given["call_id"], given["number"], given["to"], given["at"])
    elif given["event"] == "answered":
        answer(call, given["by"])
    elif given["event"] == "ended":
        end(call)
    return JsonResponse({"call_id": call.call_id, "screens": call.rings.count()}, status=201 if is_new else 200)
