"""Screens of invitations: bringing a file in, answering, and the files that go out."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fedele.calendar.activities.models import Activity
from fedele.calendar.ics.reading import MOST_BYTES, UnreadableError
from fedele.calendar.invitations.answering import can_answer, invitation_of, reply, reply_file, request_file
from fedele.calendar.invitations.taking import Taken, take
from fedele.journal.acting import gathering
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui import redirect

KIND = "text/calendar; charset=utf-8"


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Calendar file (.ics)"))

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too big for an invitation."))
        return bytes(file.read())


def bring_in(request: HttpRequest) -> HttpResponse:
    """GET: where a file is dropped. POST: taken into one's own calendar; undone as one."""
    if not request.user.rights.may("create", "activity"):
        raise PermissionDenied(_("Your role does not include creating these."))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with gathering() as entries:
                taken = take(form.cleaned_data["file"], request.user)
        except UnreadableError as error:
            form.add_error("file", str(error))
        else:
            return _taken(request, taken, undo_url(entries))
    context = {"form": form, "url": request.path, "most_bytes": MOST_BYTES}
    title, status = _("Bring in an invitation"), 422 if form.errors else 200
    return in_dialog(request, "calendar/invitations/_file.html", title, context, status=status)


def _taken(request: HttpRequest, taken: Taken, undo: str | None) -> HttpResponse:
    """To the one activity it was about, or to the day of the first."""
    found = taken.activities
    url = f"/activities/{found[0].pk}/" if len(found) == 1 else "/calendar/?view=list"
    if len(found) > 1:
        url += f"&day={min(one.due_on for one in found if one.due_on).isoformat()}"
    return redirect(request, url if found else "/calendar/", said(taken), undo, "ok" if found else "warn")


def said(taken: Taken) -> str:
    counts = (
        (len(taken.made), lambda n: ngettext("%(n)s appointment taken in.", "%(n)s appointments taken in.", n)),
        (len(taken.changed), lambda n: ngettext("%(n)s changed.", "%(n)s changed.", n)),
        (len(taken.called_off), lambda n: ngettext("%(n)s called off.", "%(n)s called off.", n)),
        (len(taken.answered), lambda n: ngettext("%(n)s answer noted.", "%(n)s answers noted.", n)),
    )
    parts = [words(n) % {"n": n} for n, words in counts if n]
    return " ".join([*parts, *taken.left[:3]]) or _("Nothing has changed.")


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: who invites to what. POST answer=accepted|declined: kept, and the file that says so is on the page."""
    record = _mine(request, pk)
    invitation = invitation_of(record)
    if not can_answer(invitation):
        raise Http404
    given = request.POST.get("answer", "")
    if request.method == "POST" and given in ("accepted", "declined"):
        reply(record, given == "accepted")
        accepted, declined = (
            _("Accepted: send the reply file to who invited."),
            _("Declined: send the reply file to who invited."),
        )
        return redirect(request, f"/activities/{pk}/", accepted if given == "accepted" else declined)
    context = {"record": record, "invitation": invitation, "url": request.path}
    return in_dialog(request, "calendar/invitations/_answer.html", _("Answer the invitation"), context)


def reply_ics(request: HttpRequest, pk: int) -> HttpResponse:
    record = _mine(request, pk)
    invitation = invitation_of(record)
    if invitation is None or not can_answer(invitation) or not invitation.answer:
        raise Http404
    return _file(reply_file(record, invitation), "reply", record)


def request_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitation for the customer, to send along with a message."""
    record = find(registry.by_key("activity"), pk, request.user)
    if record.due_on is None or invitation_of(record) is not None:
        raise Http404
    _without_the_unseen(record, request.user)
    return _file(request_file(record, request.user), "invite", record)


def _mine(request: HttpRequest, pk: int) -> Activity:
    record: Activity = find(registry.by_key("activity"), pk, request.user)
    if record.owner_id != request.user.pk:
        raise Http404
    return record


def _without_the_unseen(record: Any, user: Any) -> None:
    """An address one may not see does not leave by this door either."""
    for name in ("contact", "lead"):
        one = getattr(record, name)
        if one is not None and (one.is_trashed or not user.rights.covers(one) or user.rights.hides(name, "email")):
            setattr(record, name, None)


def _file(content: bytes, name: str, record: Any) -> HttpResponse:
    number = re.sub(r"[^A-Za-z0-9-]", "", record.number or str(record.pk))
    return HttpResponse(
        content,
        content_type=KIND,
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{number}.ics"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
