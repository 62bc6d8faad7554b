"""The result of an import, kept for good: what came in, what did not and why, and the ways on and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.records.exchange.choosing import mine
from fedele.records.exchange.engine import go_on
from fedele.records.exchange.mapping import remember
from fedele.records.exchange.models import Import
from fedele.records.exchange.sheets import csv_lines
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
        "left_out": source.problems.count(), "shown": SHOWN,
    }  # fmt: skip
    return render(request, "records/import_result.html", context)


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes on with what was stopped or has failed."""
    source = mine(request, pk)
    if not source.can_go_on:
        raise Http404
    return redirect(request, go_on(source).get_absolute_url())


def problem_file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows that did not come in, with the reason behind each: mend it and bring it again, its columns are known."""
    source = mine(request, pk)
    try:
        headers = source.open().headers
    except UnreadableFile:
        headers = list(source.mapping)
    more = [*headers, _("Line"), _("Problem")]
    remember(registry.by_key(source.record_type), more, source.mapping)
    response = StreamingHttpResponse(
        csv_lines(more, _rows(source, len(headers))), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="problems-{source.pk}.csv"'
    return response


def _rows(source: Import, width: int) -> Iterator[list[Any]]:
    """As many cells as columns, so that the reason always stands in its own."""
    for problem in source.problems.iterator(chunk_size=1_000):
        cells = [*problem.cells, *[""] * width][:width]
        yield [*cells, problem.line, problem.said]
