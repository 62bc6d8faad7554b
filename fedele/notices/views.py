"""The inbox of notices and the bell; notices are read, marked and put back there."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.notices import unread_count
from fedele.notices.models import Notice, NoticeQuerySet
from fedele.notices.reading import by_day, read
from fedele.ui import redirect, render

PAGE = 50


SHOWN = ("unread", "later", "all")


def inbox(request: HttpRequest) -> HttpResponse:
    """Unread notices; those put off with `?show=later`, all with `?show=all`; pages by the last one seen."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "unread"
    notices = _kept_in(show, Notice.objects.inbox_of(request.user))
    if last := _number(request.GET.get("before", "")):
        notices = _after(notices, last, request)
    found = list(notices.select_related("actor").order_by("-shown_at", "-id")[: PAGE + 1])
    older = {"show": show, "before": found[PAGE - 1].pk} if len(found) > PAGE else {}
    context = {
        "days": by_day(read(found[:PAGE], request.user)),
        "show": show,
        "more": urlencode(older),
        "newest": found[0].pk if found else 0,
        "unread": unread_count(request.user),
        "later": Notice.objects.inbox_of(request.user).later()[:100].count(),
    }
    return render(request, "notices/inbox.html", context)


def _kept_in(show: str, notices: NoticeQuerySet) -> NoticeQuerySet:
    if show == "later":
        return notices.later()
    return notices.shown() if show == "all" else notices.shown().unread()


def _after(notices: NoticeQuerySet, last: int, request: HttpRequest) -> NoticeQuerySet:
    """What stands below the notice `last`."""
    at = Notice.objects.filter(pk=last, user=request.user).values_list("shown_at", flat=True).first()
    return notices.filter(Q(shown_at__lt=at) | Q(shown_at=at, id__lt=last)) if at else notices


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def bell(request: HttpRequest) -> HttpResponse:
    """The number beside the bell, alone."""
    return render(request, "notices/_bell.html", {"unread": unread_count(request.user)})


def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes to what the notice is about; having gone there is having read it."""
    notice = mine(request, pk)
    Notice.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return HttpResponseRedirect(notice.url or reverse("notices:inbox"))


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, or with `unread=1` unread again."""
    notice = mine(request, pk)
    notice.read_at = None if request.POST.get("unread") == "1" else timezone.now()
    Notice.objects.filter(pk=pk).update(read_at=notice.read_at)
    if request.headers.get("HX-Request") != "true":
        return redirect(request, reverse("notices:inbox"))
    return render(request, "notices/_notice.html", {"told": read([notice], request.user)[0]})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All that was on the page or below it; what has come since stays unread."""
    now = timezone.now()
    newest = Notice.objects.filter(pk=_number(request.POST.get("newest", "")), user=request.user).first()
    if newest is None:
        raise Http404
    below = Notice.objects.inbox_of(request.user).unread().filter(shown_at__lte=newest.shown_at)
    count = below.update(read_at=now)
    undo = f"{reverse('notices:unread_again')}?{urlencode({'at': now.isoformat()})}" if count else None
    said = ngettext("%(num)d notice marked as read", "%(num)d notices marked as read", count) % {"num": count}
    return redirect(request, reverse("notices:inbox"), said, undo)


@require_POST
def unread_again(request: HttpRequest) -> HttpResponse:
    """Takes back `read_all`: exactly those that were marked at that moment."""
    try:
        at = datetime.fromisoformat(request.GET.get("at", ""))
    except ValueError:
        raise Http404 from None
    if timezone.is_naive(at):
        raise Http404
    Notice.objects.inbox_of(request.user).filter(read_at=at).update(read_at=None)
    return redirect(request, reverse("notices:inbox"))


def mine(request: HttpRequest, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.inbox_of(request.user).select_related("actor"), pk=pk)
