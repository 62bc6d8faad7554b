"""The page where what was shared finds its place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.files.base import File
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fedele.journal.acting import act_as, gathering
from fedele.journal.writing import open_batch
from fedele.knowledge.documents.places import read_place
from fedele.knowledge.documents.uploading import add_document
from fedele.knowledge.sharing.models import Shared
from fedele.knowledge.sharing.receiving import receive
from fedele.records.page.undoing import undo_url
from fedele.records.palette import Item, found_for, recent_of
from fedele.records.registry import registry
from fedele.ui import redirect, render, toast_next


@csrf_exempt
def share(request: HttpRequest) -> HttpResponse:
    """POST comes from the phone's own sheet, which knows no token of ours: it only sets aside, for who is signed in.

    A page elsewhere cannot send it in somebody's name: the session's cookie does not travel with posts of other sites.
    """
    if request.method == "POST":
        shared, refused = receive(request.user, request.POST, request.FILES.getlist("files"))
        for words in refused:
            toast_next(request, words, level="bad")
        return redirect(request, reverse("share"))
    text = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    shared = Shared.latest_of(request.user)
    context = {
        "shared": shared,
        "q": text,
        "places": _places(request.user, text) if shared else [],
        "makes": _makes(request.user, shared) if shared else [],
    }
    return render(request, "knowledge/sharing/share.html", context)


def _places(user: Any, text: str) -> list[tuple[str, Item]]:
    """What it can be put on, as an address names it: what one worked on last, or what is found."""
    found = found_for(user, text) if text else recent_of(user)
    keys = {one.slug: one.key for one in registry if one.key != "document"}
    split = [(item.url.strip("/").split("/"), item) for item in found]
    return [(f"{keys[parts[0]]}:{parts[1]}", item) for parts, item in split if len(parts) == 2 and parts[0] in keys][
        :12
    ]


def _makes(user: Any, shared: Shared) -> list[tuple[str, str]]:
    """New records a card can become, with the form filled."""
    if not shared.card:
        return []
    found = []
    for one in registry:
        if one.is_person and one.creatable and user.rights.may("create", one.key):
            known = {field.name for field in one.model._meta.fields}
            given = {name: value for name, value in shared.card.items() if name in known}
            found.append((str(one.new_label), f"{one.url()}new/?{urlencode(given)}"))
    return found


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST on=company:12: its files are documents there now, its text a note. One act, undone as one."""
    shared = Shared.latest_of(request.user)
    record = read_place(request.POST.get("on", ""), request.user)
    if shared is None or record is None:
        raise Http404
    with transaction.atomic(), gathering() as entries:
        with act_as(batch=open_batch("act", record_type=record.record_type, title=str(record))):
            count = _put(shared, record, request.user)
        shared.delete()
    said = ngettext("%(num)d file is on %(record)s now", "%(num)d files are on %(record)s now", count)
    message = said % {"num": count, "record": record} if count else _("Noted on %(record)s") % {"record": record}
    return redirect(request, registry.of(record).url(record.pk), message, undo_url(entries))


def _put(shared: Shared, record: Any, user: Any) -> int:
    files = list(shared.files.select_related("stored")) if user.rights.may("create", "document") else []
    for one in files:
        with one.stored.file.open("rb") as content:
            add_document(record, File(content, name=one.name), user, "again")
    if shared.text:
        record.note(shared.text)
    return len(files)


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    Shared.objects.filter(user=request.user).delete()
    return redirect(request, "/", _("Thrown away"))
