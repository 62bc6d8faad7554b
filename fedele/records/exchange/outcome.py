"""The result of an import, kept for good: what came in, what did not and why, and the ways on and back."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.records.exchange.choosing import mine
from fedele.records.exchange.engine import go_on
from fedele.records.exchange.mapping import remember
from fedele.records.exchange.models import UNDO_DAYS, Import
from fedele.records.exchange.returning import csv_bytes, left_rows, sheet
from fedele.records.exchange.running import assigned_to
from fedele.records.reading import UnreadableFile
from fedele.records.registry import registry
from fedele.ui import redirect, render

#: Rows with problems that the page shows; the file has all.
SHOWN = 100


def result(request: HttpRequest, pk: int) -> HttpResponse:
    source = mine(request, pk)
    if source.state == Import.State.DRAFT:
        return redirect(request, source.url)
    context = {
        "source": source, "record_type": registry.by_key(source.record_type), "problems": source.problems.all()[:SHOWN],
        "left_out": source.problems.count(), "shown": SHOWN, "assigned": assigned_to(source), "undo_days": UNDO_DAYS,
    }  # fmt: skip
    return render(request, "records/import_result.html", context)


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes on with what was stopped or has failed."""
    source = mine(request, pk)
    if not source.can_go_on:
        raise Http404
    return redirect(request, go_on(source).get_absolute_url())


def problem_file(request: HttpRequest, pk: int) -> StreamingHttpResponse | FileResponse:
    """The rows that did not come in, with the reason behind each: mend it and bring it again, its columns are known."""
    source = mine(request, pk)
    table = _table(source)
    headers = table.headers if table else list(source.mapping)
    more = [*headers, _("Line"), _("Problem")]
    remember(registry.by_key(source.record_type), more, source.mapping, source.constants)
    rows, name = left_rows(source, headers), f"problems-{source.pk}"
    if table is not None and table.kind in ("xlsx", "xls", "ods"):
        return FileResponse(sheet(more, rows), as_attachment=True, filename=f"{name}.xlsx")
    encoding, delimiter = (table.encoding, table.delimiter) if table is not None and table.kind == "csv" else ("", "")
    content_type = f"text/csv; charset={encoding or 'utf-8'}"
    response = StreamingHttpResponse(csv_bytes(more, rows, encoding, delimiter), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _table(source: Import) -> Any:
    try:
        return source.open()
    except UnreadableFile:
        return None
