"""The doors through which a message is written, put better, taken away; and those who can be named in it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.access.models import Team
from fedele.access.seeing import who_sees
from fedele.base.verbs import Refused
from fedele.inbox.conversations.attaching import small
from fedele.inbox.conversations.models import Remark, RemarkFile
from fedele.inbox.conversations.naming import Unfit
from fedele.inbox.conversations.reading import remarks_of
from fedele.inbox.conversations.saying import change, say, take_away
from fedele.knowledge.files.handing import handed_out
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import redirect, render, toast

#: Names offered, and people looked at for them.
OFFERED, LOOKED_AT = 8, 40


def record_at(key: str, pk: int, user: Any) -> Any:
    """The record a conversation is about: what one may not see has none."""
    known = registry.get(key)
    if known is None:
        raise Http404
    return find(known, pk, user)


def address(record: Any, part: str = "") -> str:
    return f"/conversations/{record.record_type}/{record.pk}/{part}"


@require_GET
def compose(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The form alone, for the page of the record."""
    record = record_at(key, pk, request.user)
    context = {"record": record, "url": address(record, "say/"), "text": "", "wrong": "", "in_tab": True}
    return in_dialog(request, "inbox/conversations/_compose.html", _("Message to colleagues"), context)


@require_POST
def send(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    record = record_at(key, pk, request.user)
    try:
        say(
            record,
            request.user,
            request.POST.get("text", ""),
            answers=_answered(record, request.POST.get("answers", "")),
            files=request.FILES.getlist("files"),
        )
    except Unfit as unfit:
        return _refused(request, record, unfit.message)
    if request.headers.get("HX-Request") != "true":
        return redirect(request, address(record), _("Sent."))
    return toast(HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"fedele:told": {}})}), _("Sent."))


def _answered(record: Any, pk: str) -> Remark | None:
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return Remark.objects.about(record).filter(pk=int(pk), removed_at=None).first()


def _refused(request: HttpRequest, record: Any, words: str) -> HttpResponse:
    """What is wrong stands at the field; what was typed is not touched."""
    if request.headers.get("HX-Request") == "true":
        response = render(request, "inbox/conversations/_wrong.html", {"wrong": words}, status=422)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "find .wrong", "innerHTML"
        return response
    context = {"record": record, "url": address(record, "say/"), "text": request.POST.get("text", ""), "wrong": words}
    return in_dialog(
        request,
        "inbox/conversations/_compose.html",
        _("Message to colleagues"),
        {**context, "in_tab": False},
        status=422,
    )


@require_GET
def people(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Whom one may name here: colleagues who may see the record, and teams; by how their names begin."""
    record = record_at(key, pk, request.user)
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    begins = Q(first_name__istartswith=asked) | Q(last_name__istartswith=asked)
    if " " in asked:
        first, _space, last = asked.partition(" ")
        begins |= Q(first_name__istartswith=first, last_name__istartswith=last.strip())
    found = get_user_model().objects.filter(begins, is_active=True).exclude(pk=request.user.pk)
    seeing = who_sees(record, found.select_related("team").order_by("first_name", "last_name")[:LOOKED_AT])
    teams = Team.objects.filter(name__icontains=asked, members__is_active=True).distinct()[:OFFERED] if asked else []
    return render(request, "inbox/conversations/_people.html", {"people": seeing[:OFFERED], "teams": teams})


def message_of(request: HttpRequest, pk: int) -> tuple[Remark, Any]:
    """A message and its record, for who may see the record."""
    message = Remark.objects.select_related("author").filter(pk=pk).first()
    if message is None:
        raise Http404
    return message, record_at(message.record_type, message.record_id, request.user)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the dialog with its text. POST: the message as it reads now."""
    message, record = message_of(request, pk)
    if not message.may_change(request.user):
        raise Http404
    if request.method != "POST":
        return _ask(request, message, message.text)
    try:
        change(message, request.user, request.POST.get("text", ""), record)
    except (Unfit, Refused) as wrong:
        return _ask(request, message, request.POST.get("text", ""), str(wrong))
    return redirect(request, request.headers.get("HX-Current-URL") or address(record), _("Changed."))


def _ask(request: HttpRequest, message: Remark, text: str, wrong: str = "") -> HttpResponse:
    context = {"message": message, "text": text, "wrong": wrong}
    status = 422 if wrong else 200
    return in_dialog(request, "inbox/conversations/_edit.html", _("Change the message"), context, status=status)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    message, record = message_of(request, pk)
    if not message.may_remove(request.user):
        raise Http404
    take_away(message, request.user)
    return redirect(request, request.headers.get("HX-Current-URL") or address(record), _("Taken away."))


@require_GET
def download(request: HttpRequest, pk: int) -> Any:
    one = _file(request, pk)
    return handed_out(one.file, one.name, request)


@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    one = _file(request, pk)
    if not one.is_picture:
        raise Http404
    return small(one.file)


def _file(request: HttpRequest, pk: int) -> RemarkFile:
    one = RemarkFile.objects.select_related("file", "message").filter(pk=pk).first()
    if one is None:
        raise Http404
    record_at(one.message.record_type, one.message.record_id, request.user)
    return one


@require_GET
def newer(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What came after a message, to be added below it; or before it, above."""
    record = record_at(key, pk, request.user)
    asked = {name: int(value) for name, value in request.GET.items() if value.isdecimal() and len(value) < 19}
    said = remarks_of(record, request.user, before=asked.get("before", 0), after=asked.get("after", 0))
    return render(request, "inbox/conversations/_lines.html", {"said": said, "record": record, "more": False})
