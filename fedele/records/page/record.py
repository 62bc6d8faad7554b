"""The page of one record, the drawer that previews it, and the card that stands in its place when it is in the trash."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.access.sights import saw
from fedele.base.models import Conflict, Refused
from fedele.journal.acting import gathering
from fedele.journal.models import Entry
from fedele.records.adding import added_composers
from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from fedele.records.page.answering import in_dialog, told
from fedele.records.page.facts import facts_of, first_facts
from fedele.records.page.finding import find, find_trashed
from fedele.records.page.header import header_of
from fedele.records.page.lens import Lens
from fedele.records.page.panels import LEFT, RIGHT, first_new, panels_of, places_of
from fedele.records.page.story import found, story_of
from fedele.records.page.telling import tell
from fedele.records.page.timeline import PAGE
from fedele.records.page.typed import LONGEST
from fedele.records.page.undoing import undo_url
from fedele.ui import redirect, render, toast


@require_GET
def page(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """Head, facts and story; the blocks come after it, but for who asks for all at once: `?panels=1`."""
    try:
        record, lens = found(request, record_type, pk)
    except Http404:
        trashed = find_trashed(record_type, pk, request.user)
        if trashed is None:
            raise
        return trash_card(request, record_type, trashed)
    if request.headers.get("HX-Target") == "head":
        return render(request, "records/_head.html", _head(request, record_type, record, lens))
    saw(request.user, record_type.key, pk)
    places, whole = places_of(record_type, record, request.user), "panels" in request.GET
    sides = {side: [place for place in places if place.side == side] for side in (LEFT, RIGHT)}
    blocks = {side: panels_of(record_type, record, request.user, side) if whole else None for side in sides}
    context = {**_about(request, record_type, record, lens), "sides": sides, "blocks": blocks}
    return render(request, "records/page.html", context)


def _head(request: HttpRequest, record_type: RecordType, record: Any, lens: Lens) -> dict[str, Any]:
    """What stays on top of the page, and is fetched anew when something was told."""
    rights = request.user.rights
    return {
        "record_type": record_type,
        "record": record,
        "url": record_type.url(record.pk),
        "lens": lens,
        "header": header_of(record_type, record, request.user),
        "may": {right: rights.covers(record, right) for right in ("edit", "delete")},
        "has_group": record_type.has_group(record),
        "first_new": first_new(record_type, record, request.user),
        "composers": added_composers(record_type.key, record, request.user),
        "from_list": _list_left(request, record_type),
    }


def _about(request: HttpRequest, record_type: RecordType, record: Any, lens: Lens, size: int = PAGE) -> dict[str, Any]:
    key_facts, others = first_facts(facts_of(record_type, record, request.user), record_type)
    return {
        **_head(request, record_type, record, lens),
        **story_of(request, record_type, record, lens, size),
        "key_facts": key_facts,
        "groups": others,
    }


def _list_left(request: HttpRequest, record_type: RecordType) -> str:
    """The query of the list this page was opened from, so that one can go on to its next record."""
    if "from" in request.GET:
        return request.GET["from"]
    address = request.headers.get("Referer", "")
    path, _mark, query = address.partition("?")
    return query or "all=1" if path.endswith(request.get_host() + record_type.url()) else ""


@require_GET
def peek(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """What the drawer beside a list shows: a summary and the last entries."""
    record = find(record_type, pk, request.user, for_page=True)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(record_type.url(pk))
    saw(request.user, record_type.key, pk)
    return render(request, "records/_peek.html", _about(request, record_type, record, Lens(), size=8))


@require_POST
def note(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """A note, from anybody who may see the record."""
    record = find(record_type, pk, request.user)
    text = request.POST.get("text", "").replace("\x00", "").replace("\r\n", "\n").strip()
    swapped = request.headers.get("HX-Request") == "true"
    if not text or len(text) > LONGEST:
        message = _("Write something first.") if not text else _("This note is too long.")
        if not swapped:
            return redirect(request, record_type.url(pk), message, level="warn")
        refused = toast(HttpResponse(status=422), message, level="warn")
        refused.headers["HX-Reswap"] = "none"
        return refused
    entry = record.note(text)
    return told(request, record_type.url(pk), _("Note saved."), f"/undo/{entry.pk}/")


@require_GET
def history(request: HttpRequest, record_type: RecordType, pk: int, name: str) -> HttpResponse:
    """What a field said, since when, by whom, through which door: in the dialog."""
    record = find(record_type, pk, request.user)
    known = fields_of(record_type, request.user).get(name)
    if known is None:
        raise Http404
    entries = Entry.objects.filter(record_type=record_type.key, record_id=pk)
    changed = entries.filter(changes__has_key=name).order_by("-at", "-id")[:50]
    label = str(known.label)
    rows = [
        (one, next(change for change in one.changes if change[0] == label))
        for one in tell(changed, record, request.user)
        if any(change[0] == label for change in one.changes)
    ]
    first = (
        entries.filter(kind__endswith=".created").select_related("actor").first()
        or entries.select_related("actor").order_by("at", "id").first()
    )
    context = {
        "record_type": record_type,
        "record": record,
        "field": known,
        "rows": rows,
        "first": first,
        "url": record_type.url(pk),
    }
    return in_dialog(request, "records/_history.html", label.capitalize(), context)


# --- the trash ------------------------------------------------------------------------------------------------------


def trash_card(request: HttpRequest, record_type: RecordType, record: Any) -> HttpResponse:
    """410: it was here. Who may throw it away may also take it back."""
    entry = (
        Entry.objects.filter(record_type=record_type.key, record_id=record.pk, kind__endswith=".trashed")
        .select_related("actor")
        .order_by("-at", "-id")
        .first()
    )
    context = {"record_type": record_type, "record": record, "entry": entry, "url": record_type.url(record.pk)}
    return render(request, "records/trash.html", context, status=410)


@require_POST
def restore(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    record = find_trashed(record_type, pk, request.user)
    if record is None:
        raise Http404
    try:
        with transaction.atomic(), gathering() as entries:
            record.restore()
    except (Conflict, Refused):
        return redirect(request, record_type.url(pk), _("Somebody was faster: it is back already."), level="info")
    return redirect(request, record_type.url(pk), _("Restored."), undo_url(entries))


def erase(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """For good, by an administrator, who types its name first. GET: the dialog that asks."""
    if not request.user.is_administrator:
        raise PermissionDenied(_("Only administrators erase records for good."))
    record = find_trashed(record_type, pk, request.user)
    if record is None:
        raise Http404
    if request.method != "POST" or request.POST.get("typed", "").strip() != str(record).strip():
        context = {"record_type": record_type, "record": record, "url": record_type.url(pk)}
        return in_dialog(
            request,
            "records/_erase.html",
            _("Erase for good"),
            context,
            status=422 if request.method == "POST" else 200,
        )
    record.erase()
    return redirect(request, f"{record_type.url()}?trash=1", _("Erased for good."))
