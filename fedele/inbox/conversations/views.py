"""The pages of conversations: the list, one conversation beside it, and what is done there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.inbox.conversations.models import Part
from fedele.inbox.conversations.reading import (
    SHOWS,
    Line,
    is_more_before,
    lines_of,
    mark,
    read_up,
    remarks_of,
    unread_count,
)
from fedele.inbox.conversations.writing import address, record_at
from fedele.notices.following import follow, followers_of, follows, unfollow
from fedele.records.registry import registry
from fedele.ui import redirect, render


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    return render(request, "inbox/conversations/inbox.html", {**_list(request), "open": None})


@require_GET
def conversation(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The list with one conversation open beside it; what is shown counts as read."""
    record = record_at(key, pk, request.user)
    context = _list(request)
    part = Part.objects.of(request.user).filter(record_type=key, record_id=pk).first()
    read_to = part.read_to if part else None
    said = remarks_of(record, request.user, read_to=read_to)
    if said:
        read_up(record, request.user, said[-1].message.pk)
    at = next((n for n, line in enumerate(context["lines"]) if _is(line, record)), None)
    context |= {
        "open": record,
        "record_type": registry.by_key(key),
        "said": said,
        "more": is_more_before(record, said),
        "followers": followers_of(record),
        "is_following": follows(record, request.user),
        "is_unread": False,
        "has_part": part is not None,
        "url": address(record),
        "neighbours": _neighbours(context["lines"], at, context["query"]),
    }
    return render(request, "inbox/conversations/inbox.html", context)


def _is(line: Line, record: Any) -> bool:
    return line.part.record_type == record.record_type and line.part.record_id == record.pk


def _neighbours(lines: list[Line], at: int | None, query: str) -> tuple[str, str]:
    """Where the keys for the next and the previous conversation lead."""
    if at is None:
        return (lines[0].url + query if lines else "", "")
    following = lines[at + 1].url + query if at + 1 < len(lines) else ""
    return following, lines[at - 1].url + query if at else ""


def _list(request: HttpRequest) -> dict[str, Any]:
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 7 else 0
    lines, older = lines_of(request.user, show, text, start)
    asked = {name: value for name, value in (("show", show), ("q", text)) if value}
    return {
        "lines": lines,
        "older": f"?{urlencode({**asked, 'after': older})}" if older else "",
        "show": show,
        "text": text,
        "shows": [
            (key, label, f"/conversations/?show={key}" if key else "/conversations/") for key, label in SHOWS.items()
        ],
        "query": f"?{urlencode(asked)}" if asked else "",
        "unread": unread_count(request.user),
        "neighbours": (lines[0].url if lines else "", ""),
    }


@require_POST
def marked(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Read, or with `unread=1` unread again; then back to the list."""
    record = record_at(key, pk, request.user)
    unread = request.POST.get("unread") == "1"
    mark(record, request.user, unread=unread)
    return redirect(request, "/conversations/", _("Marked as unread.") if unread else _("Marked as read."))


@require_POST
def watch(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Follows the record, or stops; answers with the block that says who follows."""
    record = record_at(key, pk, request.user)
    on = not follows(record, request.user)
    (follow if on else unfollow)(record, request.user)
    words = _("You follow this now.") if on else _("You no longer follow this.")
    if request.headers.get("HX-Request") != "true":
        return redirect(request, registry.of(record).url(pk), words)
    return render(request, "inbox/conversations/_followers.html", followed(record, request.user))


def followed(record: Any, user: Any) -> dict[str, Any]:
    """Who follows, and whether the reader does."""
    people = followers_of(record)
    return {"record": record, "followers": people, "is_following": user in people, "url": address(record)}
