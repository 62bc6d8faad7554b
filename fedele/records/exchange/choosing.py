"""Second step of the import wizard: how the file is read, and where each column goes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.records.exchange.columns import WRITTEN_KINDS
from fedele.records.exchange.guessing import propose
from fedele.records.exchange.mapping import needed, writable
from fedele.records.exchange.models import Import
from fedele.records.reading import UnreadableFile
from fedele.records.registry import registry
from fedele.ui import redirect, render

READING = ("encoding", "delimiter", "sheet", "header_row", "decimal", "date_order")
#: Columns a page offers a field for, and rows it shows as understood; a file may have a thousand columns.
MOST_COLUMNS = 100
PREVIEWED = 10
PREVIEWED_COLUMNS = 30


def mine(request: HttpRequest, pk: int, *states: str) -> Import:
    source: Import = get_object_or_404(
        Import.visible_to(request.user).select_related("progress", "batch", "user"), pk=pk
    )
    if states and source.state not in states:
        raise Http404
    return source


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
    if request.method == "POST" and not problem:
        problem = _take(source, table, request, is_read_anew=_shape(source.reading) != _shape(before))
        source.save(update_fields=["reading", "mapping"])
        if not problem and "next" in request.POST:
            return redirect(request, f"/import/{source.pk}/check/")
    return render(
        request,
        "records/import_columns.html",
        _context(source, table, request.user, problem),
        status=422 if problem else 200,
    )


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
    """Keeps the chosen fields and says what is wrong with them; columns read anew get new proposals."""
    record_type = registry.by_key(source.record_type)
    if is_read_anew:
        known = {header: name for header, name in source.mapping.items() if header in table.headers}
        source.mapping = known or propose(
            record_type, table.headers, [row.cells for row in table.sample(50)], source.user
        )
        return ""
    fields = writable(record_type, source.user)
    mapping: dict[str, str] = {}
    for at, header in enumerate(table.headers):
        name = request.POST.get(f"column-{at}", "")
        if name and name not in fields:
            raise Http404
        if name in mapping.values():
            source.mapping = mapping
            return _("“%(field)s” is chosen for two columns; keep one.") % {"field": fields[name].label}
        if name:
            mapping[header] = name
    source.mapping = mapping
    return "" if mapping else _("Choose a field for at least one column.")


def _context(source: Import, table: Any, user: Any, problem: str) -> dict[str, Any]:
    record_type = registry.by_key(source.record_type)
    fields = writable(record_type, source.user)
    sample = table.sample(PREVIEWED)
    chosen = source.mapping
    table.settle_formats(
        [at for at, header in enumerate(table.headers) if _is_written(fields.get(chosen.get(header, "")))]
    )
    numbered = list(enumerate(table.headers))
    # Columns that go somewhere are always offered; of the others as many as fit.
    offered = [(at, header) for at, header in numbered if header in chosen]
    offered += [(at, header) for at, header in numbered if header not in chosen][: max(0, MOST_COLUMNS - len(offered))]
    return {
        "source": source, "record_type": record_type, "table": table, "problem": problem,
        "columns": [(at, header, _examples(sample, at)) for at, header in sorted(offered)],
        "hidden_columns": len(numbered) - len(offered), "preview": sample, "preview_width": min(len(numbered), PREVIEWED_COLUMNS),
        "fields": sorted(((name, str(one.label)) for name, one in fields.items()), key=lambda pair: pair[1].lower()),
        "needed": [str(one.label) for one in needed(record_type, source.user) if one.name not in chosen.values()],
    }  # fmt: skip


def _is_written(field: Any) -> bool:
    return field is not None and field.kind in WRITTEN_KINDS


def _examples(sample: list[Any], at: int) -> list[str]:
    """Up to three different values of a column."""
    values = dict.fromkeys(row.cells[at].strip() for row in sample if not row.problem and row.cells[at].strip())
    return list(values)[:3]


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws a prepared import away; nothing has come in yet."""
    source = mine(request, pk, Import.State.DRAFT)
    source.file.delete(save=False)
    source.delete()
    return redirect(request, "/import/", _("The prepared import was discarded."))
