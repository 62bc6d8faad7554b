"""The dialog in which a notice, or all about its record, is put off or muted, and the ways back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from fedele.notices import snoozing
from fedele.notices.models import Mute, Notice
from fedele.notices.reading import read
from fedele.notices.views import mine
from fedele.records.page.answering import in_dialog
from fedele.ui import redirect
from fedele.ui.moments import ago


def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: until when? POST when=hour|evening|tomorrow|week|day, day=…, whole=1: also all else about the record."""
    notice = mine(request, pk)
    until = snoozing.moment_of(request.POST.get("when", ""), request.POST.get("day", ""))
    if request.method == "POST" and until is not None:
        count = snoozing.snooze(notice, until, whole=request.POST.get("whole") == "1")
        said = ngettext("%(num)d notice put off until %(moment)s", "%(num)d notices put off until %(moment)s", count)
        message = said % {"num": count, "moment": ago(until)}
        return redirect(request, reverse("notices:inbox"), message, reverse("notices:wake", args=[pk]))
    wrong = _("Choose a day after today.") if request.method == "POST" else ""
    context = {
        "told": read([notice], request.user)[0],
        "moments": snoozing.moments(),
        "wrong": wrong,
        "day": request.POST.get("day", ""),
    }
    return in_dialog(request, "notices/_snooze.html", pgettext("do", "Put off"), context, status=422 if wrong else 200)


@require_POST
def wake(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a snooze back: this notice, and all that was put off with it."""
    notice = mine(request, pk)
    Mute.objects.filter(user=request.user, record_type=notice.record_type, record_id=notice.record_id).delete()
    together = Notice.objects.inbox_of(request.user).about(notice).later().filter(shown_at=notice.shown_at)
    for one in together:
        snoozing.wake(one)
    return redirect(request, reverse("notices:inbox"), _("Back in the inbox"))


@require_POST
def mute(request: HttpRequest, pk: int) -> HttpResponse:
    notice = mine(request, pk)
    if notice.record_id:
        snoozing.mute(notice)
    known = Mute.objects.filter(user=request.user, record_type=notice.record_type, record_id=notice.record_id).first()
    undo = reverse("notices:unmute", args=[known.pk]) if known else None
    return redirect(request, reverse("notices:inbox"), _("You are no longer told of this"), undo)


@require_POST
def unmute(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Mute, pk=pk, user=request.user).delete()
    return redirect(request, reverse("notices:preferences"), _("You are told of it again"))
