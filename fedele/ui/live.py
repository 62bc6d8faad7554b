"""What an open page learns without being loaded again: one question every few seconds, answered with 304 when nothing is new.

A department says what may be new, above a function of the reader and the moment of the last answer:

    @live("notices")
    def unread(user, since): return {"unread": unread_count(user)}

It answers with something that fits into JSON, or None for no news, and checks by itself what the reader may see. In the page
`<live-pulse>` tells it as the event `fedele:live:notices` on the document, with the answer as its detail. What it answers
may be a state (told when it differs from the last time) or what happened since; the latter is told twice now and then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

#: Seconds before the last answer that are looked at again: what was being written then was not to be seen yet.
OVERLAP = dt.timedelta(seconds=5)
#: Further back than this nobody asks: a page that slept so long shows what it missed when it is loaded.
LONGEST = dt.timedelta(days=1)

_sources: dict[str, tuple[Callable[..., Any], bool]] = {}


@dataclass(frozen=True)
class Here:
    """The record whose page asks, and whether its reader is writing something there. Whoever uses it checks what may be seen."""

    record_type: str
    record_id: int
    is_writing: bool = False

    @classmethod
    def read(cls, asked: QueryDict) -> Here | None:
        key, _colon, pk = asked.get("here", "").partition(":")
        known = key.isidentifier() and pk.isascii() and pk.isdecimal() and len(pk) < 19
        return cls(key, int(pk), asked.get("writing") == "1") if known else None


def live(name: str, *, here: bool = False) -> Callable[[Any], Any]:
    """Declares a source of news; with `here` it is also given the place the page shows, a `Here` or None."""

    def declare(ask: Any) -> Any:
        _sources[name] = ask, here
        return ask

    return declare


@never_cache
@require_GET
def pulse(request: HttpRequest) -> HttpResponse:
    """GET ?since=…&here=company:12&writing=1 → {"at": "…", "news": {name: …}}, or 304."""
    now = timezone.now()
    since = moment(request.GET.get("since", ""), now)
    found = news(request.user, since - OVERLAP, Here.read(request.GET)) if since else {}
    told = json.dumps(found, cls=DjangoJSONEncoder, sort_keys=True)
    tag = f'"{hashlib.sha256(told.encode()).hexdigest()[:16]}"'
    if since and (not found or request.headers.get("If-None-Match") == tag):
        return HttpResponseNotModified(headers={"ETag": tag})
    answer = f'{{"at": "{now.isoformat()}", "news": {told}}}'
    return HttpResponse(answer, content_type="application/json", headers={"ETag": tag})


def news(user: Any, since: dt.datetime, here: Here | None) -> dict[str, Any]:
    answers = (
        (name, ask(user, since, here) if placed else ask(user, since)) for name, (ask, placed) in _sources.items()
    )
    return {name: answer for name, answer in answers if answer is not None}


def moment(text: str, now: dt.datetime) -> dt.datetime | None:
    """The moment somebody has; none is no moment in the future, and none before yesterday."""
    try:
        at = dt.datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return None if timezone.is_naive(at) else min(max(at, now - LONGEST), now)
