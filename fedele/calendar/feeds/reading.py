"""What a program reads under the secret address of somebody: their own planned activities, without any sign-in."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fedele.calendar.activities.models import Activity
from fedele.calendar.feeds.models import Feed
from fedele.calendar.ics.writing import calendar_of, event_of
from fedele.people.naming import SEEN_BY, named
from fedele.records.registry import registry
from fedele.records.unseen import hide_unseen

#: What was called off lately is told along, so that it goes away over there.
BEFORE, AHEAD, MOST = dt.timedelta(days=31), dt.timedelta(days=366), 2_000
#: What an event tells, and what its people are called.
TOLD = (
    "kind", "state", "subject", "due_on", "due_at", "minutes", "until_on", "until_at", "remind", "repeats", "repeats_until",
    "skips", "private", "place", "notes", "version", "created_at", "updated_at", *SEEN_BY,
    *named("company", "contact", "lead"), "invitation__uid",
)  # fmt: skip
HEADERS = {
    "Cache-Control": "private, max-age=300",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The file, 304 when the program has it already, 404 for whatever is no address of anybody active."""
    found = Feed.find(secret[:80])
    if found is None:
        return HttpResponse(status=404, headers=HEADERS, content_type="text/plain")
    rows = _rows(found.user)
    tag, newest = _tag(found, rows), max((row.updated_at for row in rows), default=found.created_at)
    headers = {**HEADERS, "ETag": tag, "Last-Modified": http_date(newest.timestamp())}
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    with translation.override(found.user.language):
        content = file_of(found, rows)
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8",
        headers={**headers, "Content-Disposition": 'inline; filename="fedele.ics"'},
    )  # fmt: skip


def _rows(user: Any) -> list[Any]:
    """Planned ones of a year and those called off lately: through the same gate as everywhere."""
    today = timezone.localdate()
    own = Activity.objects.visible_to(user).filter(owner=user, state__in=("planned", "off"))
    begins = Q(due_on__gte=today - BEFORE, due_on__lte=today + AHEAD)
    near = own.filter(begins | Q(due_on__lt=today - BEFORE, until_on__gte=today - BEFORE))
    near = near.select_related("company", "contact", "lead", "invitation").only(*TOLD)
    rows = list(near.order_by("due_on", "due_at", "pk")[:MOST])
    hide_unseen(registry.by_key("activity"), rows, user)
    return rows


def _tag(found: Feed, rows: list[Any]) -> str:
    said = [f"{row.pk}.{row.version}.{row.company or ''}.{row.contact or ''}.{row.lead or ''}" for row in rows]
    whole = "|".join([found.user.language, str(found.with_names), *said])
    return f'"{hashlib.sha256(whole.encode()).hexdigest()[:32]}"'


def file_of(found: Feed, rows: list[Any]) -> bytes:
    events = [_event(found, row) for row in rows]
    return calendar_of(events, name=_("Fedele: %(name)s") % {"name": found.user})


def _event(found: Feed, row: Any) -> Any:
    url = f"{settings.SITE_URL}/activities/{row.pk}/"
    if not found.with_names:
        return event_of(_without_words(row), title=str(row.get_kind_display()).capitalize(), url=url)
    who = ", ".join(str(one) for one in (row.contact, row.lead, row.company) if one and str(one))
    return event_of(row, title=row.subject, line="\n".join(filter(None, (who, row.notes))), url=url)


def _without_words(row: Any) -> Any:
    """Where one goes can be who one goes to."""
    row.place = ""
    return row
