"""The list of mail: what waits for an answer, what is one's own, what waits to be sorted, everything; newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message, Thread
from fedele.ui import render

PAGE = 40
#: As far as a tab counts.
COUNTED = 99
VIEWS = {
    "waiting": _("Not answered"),
    "mine": pgettext_lazy("mail", "Mine"),
    "parked": _("To sort"),
    "outgoing": _("Not sent"),
    "all": pgettext_lazy("mail", "All"),
}
NOT_SENT = (State.DRAFT, State.FAILED, State.UNCERTAIN, State.BOUNCED)


@dataclass
class Page:
    view: str
    text: str
    rows: list[Thread] = field(default_factory=list)
    older: str = ""


@require_GET
def threads(request: HttpRequest) -> HttpResponse:
    """?view=…&q=…&before=…; as a page, or the next rows for htmx."""
    user: Any = request.user
    if not user.rights.may("view", "message"):
        raise Http404
    view = request.GET.get("view", "")
    page = page_of(user, view if view in VIEWS else "waiting", request.GET.get("q", ""), request.GET.get("before", ""))
    context = {
        "page": page,
        "views": [(key, label, address_of(key), _count(user, key)) for key, label in VIEWS.items()],
        "has_mailbox": Mailbox.objects.visible_to(user).exists(),
    }
    return render(
        request, "inbox/threads/_rows.html" if "before" in request.GET else "inbox/threads/list.html", context
    )


def address_of(view: str) -> str:
    """What waits to be sorted has a page of its own, with the keys that sort it."""
    return "/mail/parked/" if view == "parked" else f"/mail/?view={view}"


def page_of(user: Any, view: str, text: str = "", before: str = "") -> Page:
    text = text.replace("\x00", "").strip()[:100]
    found = seen_in(user, view)
    if text:
        found = found.filter(_matching(text))
    if (place := _place(before)) is not None:
        at, pk = place
        found = found.filter(Q(last_at__lt=at) | Q(last_at=at, pk__lt=pk))
    related = ("mailbox", "company", "contact", "lead", "assigned_to")
    rows = list(found.select_related(*related).order_by("-last_at", "-pk")[: PAGE + 1])
    older = f"{rows[PAGE - 1].last_at.isoformat()}~{rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    return Page(view, text, rows[:PAGE], older)


def seen_in(user: Any, view: str) -> Any:
    found = Thread.objects.visible_to(user)
    if view == "waiting":
        return found.filter(waiting_since__isnull=False, is_parked=False)
    if view == "mine":
        return found.filter(Q(assigned_to=user) | Q(mailbox__owner=user))
    if view == "parked":
        return found.filter(is_parked=True)
    if view == "outgoing":
        return found.filter(pk__in=Message.objects.filter(author=user, state__in=NOT_SENT).values("thread"))
    return found


def waiting_count(user: Any) -> int:
    """Beside the menu entry: what nobody has answered yet, as far as it is counted."""
    return int(seen_in(user, "waiting").order_by()[:COUNTED].count())


def _count(user: Any, view: str) -> int | None:
    return None if view == "all" else int(seen_in(user, view).order_by()[:COUNTED].count())


def _matching(text: str) -> Q:
    """By an address of somebody who wrote, or by words of subject, names and beginning; of the last two years."""
    if "@" in text and " " not in text:
        return Q(pk__in=Message.objects.filter(sender=text.lower()).values("thread"))
    since = timezone.now() - dt.timedelta(days=730)
    words = Q(last_at__gte=since)
    for word in text.split()[:6]:
        words &= Q(subject__icontains=word) | Q(people__icontains=word) | Q(snippet__icontains=word)
    return words


def _place(before: str) -> tuple[dt.datetime, int] | None:
    at, _tilde, pk = before.partition("~")
    try:
        moment = parse_datetime(at.replace(" ", "+"))
    except ValueError:
        return None
    known = moment is not None and timezone.is_aware(moment) and pk.isascii() and pk.isdecimal() and len(pk) < 19
    return (moment, int(pk)) if known and moment else None
