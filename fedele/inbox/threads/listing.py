"""The list of mail: what waits for an answer, ours or theirs, what is one's own, what waits to be sorted; newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from fedele.base.places import place_in, place_of
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.finding import COLUMNS
from fedele.inbox.messages.kinds import Direction, State
from fedele.inbox.messages.models import Message, Thread
from fedele.inbox.messages.seeking import words_found
from fedele.inbox.messages.waiting import waiting_for, waiting_for_others
from fedele.inbox.threads import saved
from fedele.inbox.threads.filtering import Filters
from fedele.inbox.threads.saved import acts_about, views_of
from fedele.ui import render

PAGE = 40
#: As far as a tab counts.
COUNTED = 99
VIEWS = {
    "waiting": _("Not answered"),
    "colleagues": pgettext_lazy("mail not answered", "Of colleagues"),
    "awaited": _("Waiting for a reply"),
    "mine": pgettext_lazy("mail", "Mine"),
    "sent": pgettext_lazy("mail list", "Sent"),
    "parked": _("To sort"),
    "outgoing": _("Not sent"),
    "all": pgettext_lazy("mail", "All"),
}
#: Too many to be counted.
UNCOUNTED = ("sent", "all")
MOST_BOXES = 100
NOT_SENT = (State.DRAFT, State.FAILED, State.UNCERTAIN, State.BOUNCED)


@dataclass
class Page:
    filters: Filters
    rows: list[Thread] = field(default_factory=list)
    older: str = ""
    #: With a search: {thread: (the message that answers it, the words around)}.
    said: dict[int, tuple[int, str]] = field(default_factory=dict)


@require_GET
def threads(request: HttpRequest) -> HttpResponse:
    """?view=…&before=… and what fedele/inbox/threads/filtering.py reads; as a page, or the next rows for htmx."""
    user: Any = request.user
    if not user.rights.may("view", "message"):
        raise Http404
    view, kept = request.GET.get("view", ""), views_of(user)
    current = next((one for one in kept if str(one.pk) == request.GET.get("saved")), None)
    filters = Filters.read(request.GET, user, view if view in VIEWS else "waiting", current.pk if current else 0)
    page = page_of(user, filters, request.GET.get("before", ""))
    if "before" in request.GET:
        return render(request, "inbox/threads/_rows.html", {"page": page})
    boxes = list(Mailbox.objects.visible_to(user)[:MOST_BOXES])
    context = {
        "page": page,
        "filters": filters,
        "views": [(key, label, address_of(key), _count(user, key)) for key, label in VIEWS.items()],
        "kept": [(f"v{one.pk}", one, saved.address_of(one)) for one in kept],
        "here": f"v{current.pk}" if current else filters.view,
        "acts": acts_about(filters, current, user),
        "mailboxes": [(str(one.pk), str(one)) for one in boxes],
        "has_mailbox": bool(boxes),
    }
    return render(request, "inbox/threads/list.html", context)


def address_of(view: str) -> str:
    """What waits to be sorted has a page of its own, with the keys that sort it."""
    return "/mail/parked/" if view == "parked" else f"/mail/?view={view}"


def page_of(user: Any, filters: Filters, before: str = "") -> Page:
    found, best = filters.narrow(seen_in(user, filters.view), user)
    if (place := place_in(before)) is not None:
        at, pk = place
        found = found.filter(Q(last_at__lt=at) | Q(last_at=at, pk__lt=pk))
    related = ("mailbox", "company", "contact", "lead", "assigned_to")
    rows = list(found.select_related(*related).order_by("-last_at", "-pk")[: PAGE + 1])
    older = place_of(rows[PAGE - 1].last_at, rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return Page(filters, rows[:PAGE], older, _said({row.pk: best[row.pk] for row in rows[:PAGE] if best}, filters))


def _said(best: dict[int, int], filters: Filters) -> dict[int, tuple[int, str]]:
    if not best:
        return {}
    messages = Message.objects.filter(pk__in=best.values()).only(*COLUMNS).in_bulk()
    words = words_found(list(messages.values()), filters.text)
    return {thread: (pk, words[pk]) for thread, pk in best.items() if pk in words}


def seen_in(user: Any, view: str) -> Any:
    found = Thread.objects.visible_to(user)
    if view == "waiting":
        return waiting_for(user)
    if view == "colleagues":
        return waiting_for_others(user)
    if view == "awaited":
        return found.filter(awaited_since__isnull=False)
    if view == "sent":
        left = Message.objects.filter(direction=Direction.OUT).exclude(state__in=(State.DRAFT, State.FAILED))
        own = left.filter(Q(author=user) | Q(mailbox__in=Mailbox.objects.visible_to(user).values("pk")))
        return found.filter(pk__in=own.values("thread"))
    if view == "mine":
        return found.filter(Q(assigned_to=user) | Q(mailbox__owner=user))
    if view == "parked":
        return found.filter(is_parked=True)
    if view == "outgoing":
        return found.filter(pk__in=Message.objects.filter(author=user, state__in=NOT_SENT).values("thread"))
    return found


def waiting_count(user: Any) -> int:
    """Beside the menu entry: what one is to answer oneself, as far as it is counted; Today says the same number."""
    return int(seen_in(user, "waiting").order_by()[:COUNTED].count())


def _count(user: Any, view: str) -> int | None:
    return None if view in UNCOUNTED else int(seen_in(user, view).order_by()[:COUNTED].count())
