"""Second step of the import wizard: how the file is read, and where each column goes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.records.exchange.arranging import arranged
from fedele.records.exchange.guessing import propose
from fedele.records.exchange.models import Import
from fedele.records.exchange.provenance import is_to_be_said, take_origin, vendor_of
from fedele.records.exchange.saving import save_as, use
from fedele.records.exchange.understanding import understand
from fedele.records.reading import UnreadableFile
from fedele.records.registry import registry
from fedele.ui import redirect, render

READING = ("encoding", "delimiter", "sheet", "header_row", "decimal", "date_order")


def mine(request: HttpRequest, pk: int, *states: str) -> Import:
    source: Import = get_object_or_404(
        Import.visible_to(request.user).select_related("progress", "batch", "user"), pk=pk
    )
    if states and source.state not in states:
        raise Http404
    return source


def same_files(source: Import) -> Any:
    """Earlier imports of the very same file."""
    if not source.digest:
        return Import.objects.none()
    found = Import.objects.filter(digest=source.digest, record_type=source.record_type).exclude(pk=source.pk)
    return found.exclude(state__in=(Import.State.DRAFT, Import.State.UNDONE)).select_related("user").order_by("-pk")


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    source = mine(request, pk)
    if source.state != Import.State.DRAFT:
        return redirect(request, source.url)
    before, problem = source.reading, ""
    if request.method == "POST":
        source.reading = _reading_of(request)
    try:
        table = source.open()
    except UnreadableFile as unreadable:
        problem, source.reading = unreadable.message, before
        table = _open_somehow(source)
        if table is None:
            return redirect(request, "/import/", problem, level="bad")
    if request.method != "POST" or problem:
        return columns_page(request, source, table=table, problem=problem)
    form = take_origin(source, request.POST)
    problem = _take(source, table, request, is_read_anew=_shape(source.reading) != _shape(before))
    source.save(update_fields=["reading", "mapping", "constants", "provenance"])
    if form is None and not problem and "next" in request.POST:
        if not is_to_be_said(source):
            return redirect(request, f"/import/{source.pk}/check/")
        problem = _("Say where these names come from: choose a list, or say that they are of none.")
    return columns_page(request, source, table=table, problem=problem, origin_form=form)


def columns_page(
    request: HttpRequest, source: Import, *, table: Any = None, problem: str = "", origin_form: Any = None
) -> HttpResponse:
    table = table or source.open()
    context = {"source": source, "table": table, "problem": problem, **arranged(source, table, origin_form)}
    same = same_files(source).first()
    context["same"] = same
    context["may_see_same"] = same is not None and (same.user_id == source.user_id or request.user.is_administrator)
    return render(request, "records/import_columns.html", context, status=422 if problem or origin_form else 200)


def _shape(reading: dict[str, Any]) -> list[Any]:
    """What decides which columns there are."""
    return [reading.get(name) for name in ("encoding", "delimiter", "sheet", "header_row")]


def _open_somehow(source: Import) -> Any:
    """As it was read before, or as it is found to be; None when it cannot be read at all."""
    attempts: tuple[dict[str, Any], ...] = (source.reading, {})
    for source.reading in attempts:
        try:
            return source.open()
        except UnreadableFile:
            continue
    return None


def _reading_of(request: HttpRequest) -> dict[str, Any]:
    reading: dict[str, Any] = {}
    for name in READING:
        value: Any = str(request.POST.get(name, ""))
        if name == "header_row" and value:
            value = int(value) if value.isdigit() and len(value) < 7 else ""
        elif name == "delimiter":
            value = {"tab": "\t"}.get(value, value)
        elif (name == "decimal" and value not in (",", ".")) or (
            name == "date_order" and value not in ("dmy", "mdy", "ymd")
        ):
            value = ""
        if value != "":
            reading[name] = value
    return reading


def _take(source: Import, table: Any, request: HttpRequest, *, is_read_anew: bool) -> str:
    """Keeps what is chosen and says what is wrong with it; columns read anew get new proposals."""
    record_type = registry.by_key(source.record_type)
    if "use" in request.POST:
        return use(source, table.headers, request.POST.get("saved", ""))
    if is_read_anew:
        known = {header: told for header, told in source.mapping.items() if header in table.headers}
        sample = [row.cells for row in table.sample(50)]
        source.mapping = known or propose(record_type, table.headers, sample, source.user, vendor_of(source))
        return ""
    found = understand(record_type, table.headers, source.mapping, request.POST, source.user)
    source.mapping, source.constants = found.mapping, found.constants
    if "save" in request.POST:
        return found.problem or save_as(source, request.POST.get("save_as", ""))
    return found.problem


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws a prepared import away; nothing has come in yet."""
    source = mine(request, pk, Import.State.DRAFT)
    source.file.delete(save=False)
    source.delete()
    return redirect(request, "/import/", _("The prepared import was discarded."))
