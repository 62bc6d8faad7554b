"""The inbox of notices, the bell, and the page where each person chooses how to be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.notices import unread_count
from fedele.notices.kinds import MAIL, kinds
from fedele.notices.models import Notice, Preference
from fedele.notices.preferences import choices_of, choose
from fedele.notices.reading import by_day, read
from fedele.ui import redirect, render

PAGE = 50


def inbox(request: HttpRequest) -> HttpResponse:
    """Unread notices, or all with `?show=all`; further pages by the id of the last one seen."""
    everything = request.GET.get("show") == "all"
    notices = Notice.objects.inbox_of(request.user).select_related("actor").order_by("-id")
    if not everything:
        notices = notices.unread()
    if (before := request.GET.get("before", "")).isdecimal() and len(before) < 19:
        notices = notices.filter(id__lt=int(before))
    found = list(notices[: PAGE + 1])
    older = {"show": "all" if everything else "unread", "before": found[PAGE - 1].pk} if len(found) > PAGE else {}
    context = {
        "days": by_day(read(found[:PAGE], request.user)),
        "everything": everything,
        "more": urlencode(older),
        "newest": found[0].pk if found else 0,
        "unread": unread_count(request.user),
    }
    return render(request, "notices/inbox.html", context)


def bell(request: HttpRequest) -> HttpResponse:
    """The number beside the bell, alone."""
    return render(request, "notices/_bell.html", {"unread": unread_count(request.user)})


def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes to what the notice is about; having gone there is having read it."""
    notice = _mine(request, pk)
    Notice.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return HttpResponseRedirect(notice.url or reverse("notices:inbox"))


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, or with `unread=1` unread again."""
    notice = _mine(request, pk)
    notice.read_at = None if request.POST.get("unread") == "1" else timezone.now()
    Notice.objects.filter(pk=pk).update(read_at=notice.read_at)
    if request.headers.get("HX-Request") != "true":
        return redirect(request, reverse("notices:inbox"))
    return render(request, "notices/_notice.html", {"told": read([notice], request.user)[0]})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All that was on the page or below it; what has come since stays unread."""
    now = timezone.now()
    newest = request.POST.get("newest", "")
    if not newest.isdecimal() or len(newest) > 18:
        raise Http404
    count = Notice.objects.inbox_of(request.user).unread().filter(id__lte=int(newest)).update(read_at=now)
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


def preferences(request: HttpRequest) -> HttpResponse:
    choices = choices_of(request.user)
    if request.method != "POST":
        return render(request, "notices/preferences.html", {"choices": choices, "ways": _ways()})
    for choice in choices:
        email = request.POST.get(f"email-{choice.kind.key}", choice.email)
        in_app = request.POST.get(f"in_app-{choice.kind.key}") == "1"
        if email in MAIL and (in_app, email) != (choice.in_app, choice.email):
            choose(request.user, kinds[choice.kind.key], in_app=in_app, email=email)
    return redirect(request, reverse("notices:preferences"), _("Saved"))


def _ways() -> list[tuple[Any, Any]]:
    return list(Preference._meta.get_field("email").choices or [])


def _mine(request: HttpRequest, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.inbox_of(request.user).select_related("actor"), pk=pk)
