"""The doors of the timeline: narrowed, its next page, an entry pinned; and the blocks beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.base.verbs import Refused
from fedele.journal.models import Entry
from fedele.records.adding import added_composers, widen
from fedele.records.declare import RecordType
from fedele.records.page.chips import chips_of
from fedele.records.page.finding import find
from fedele.records.page.lens import Lens
from fedele.records.page.panels import panel_of, panels_of
from fedele.records.page.pins import pin
from fedele.records.page.telling import tell
from fedele.records.page.timeline import PAGE, story_ids, timeline_of
from fedele.ui import redirect, render, toast


def story_of(
    request: HttpRequest, record_type: RecordType, record: Any, lens: Lens, size: int = PAGE
) -> dict[str, Any]:
    """What the templates of the timeline need."""
    return {
        "record_type": record_type,
        "record": record,
        "url": record_type.url(record.pk),
        "lens": lens,
        "timeline": timeline_of(record, request.user, lens, size=size),
        "chips": chips_of(record_type, record, request.user, lens),
        "composers": added_composers(record_type.key, record, request.user),
        "may_pin": request.user.rights.covers(record, "edit") and not lens.whole,
    }


def found(request: HttpRequest, record_type: RecordType, pk: int) -> tuple[Any, Lens]:
    """The record, wide when its whole group is asked for, and what its timeline is narrowed to."""
    record, lens = find(record_type, pk, request.user, for_page=True), Lens.read(request.GET)
    if lens.whole and record_type.has_group(record):
        widen(record, record_type.group_of(record, request.user))
        return record, lens
    return record, replace(lens, whole=False)


@require_GET
def timeline(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """The timeline narrowed, or its next page; as a whole page it is the record's."""
    record, lens = found(request, record_type, pk)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{record_type.url(pk)}?{request.GET.urlencode()}")
    context = story_of(request, record_type, record, lens)
    response = render(request, "records/_entries.html" if lens.before else "records/_timeline.html", context)
    if not lens.before:
        # A form sends its empty fields along; the address of the page has only what narrows.
        response.headers["HX-Replace-Url"] = f"{record_type.url(pk)}{lens.address}"
    return response


@require_POST
def pin_entry(request: HttpRequest, record_type: RecordType, pk: int, entry_id: int) -> HttpResponse:
    """Pinned, or no longer; only what this user may read on this timeline."""
    record = find(record_type, pk, request.user, "edit")
    entry = Entry.objects.about(record.record_type, *story_ids(record)).filter(pk=entry_id).first()
    if entry is None or not tell([entry], record, request.user):
        raise Http404
    swapped, url = request.headers.get("HX-Request") == "true", record_type.url(pk)
    try:
        is_pinned = pin(record, entry, request.user)
    except Refused as refused:
        if not swapped:
            return redirect(request, url, str(refused), level="warn")
        answer = toast(HttpResponse(status=422), str(refused), level="warn")
        answer.headers["HX-Reswap"] = "none"
        return answer
    words = _("Pinned to the top.") if is_pinned else _("No longer pinned.")
    if not swapped:
        return redirect(request, url, words)
    record = find(record_type, pk, request.user, for_page=True)
    answer = render(request, "records/_timeline.html", story_of(request, record_type, record, Lens.read(request.GET)))
    return toast(answer, words)


@require_GET
def panels(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """All blocks of the page in one answer, or those of `?side=left` or right."""
    record, lens = found(request, record_type, pk)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{record_type.url(pk)}?panels=1{lens.address.replace('?', '&')}#panels")
    blocks = panels_of(record_type, record, request.user, request.GET.get("side", ""))
    context = {"panels": blocks, "url": record_type.url(pk), "lens": lens}
    return render(request, "records/_panels.html", {**context, "record_type": record_type, "record": record})


@require_GET
def panel(request: HttpRequest, record_type: RecordType, pk: int, name: str) -> HttpResponse:
    """One block; 404 when there is none of this name for this user."""
    record, lens = found(request, record_type, pk)
    block = panel_of(record_type, record, request.user, name)
    if block is None:
        raise Http404
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{record_type.url(pk)}?panels=1{lens.address.replace('?', '&')}#panel-{name}")
    context = {"panel": block, "url": record_type.url(pk), "lens": lens, "record_type": record_type, "record": record}
    return render(request, "records/_panel.html", context)
