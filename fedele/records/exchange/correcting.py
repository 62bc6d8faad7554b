"""Rows put right in the check: one cell, all cells that read the same, a row or a kind of problem left out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.records.exchange.checked import Checked, Chunk, page_of
from fedele.records.exchange.choosing import mine
from fedele.records.exchange.decided import Act, Decision, Fix, Mender
from fedele.records.exchange.intake import kind_of
from fedele.records.exchange.keeping import judge_anew, lines_reading
from fedele.records.exchange.models import Import
from fedele.records.reading import Row
from fedele.ui import redirect, render

#: Longest text a cell is given.
LONGEST = 10_000
#: Cells put right in one go while the page waits; more are judged when the file is checked again.
AT_ONCE = 5_000


def _row(source: Import, line: int) -> Checked:
    found = page_of(source, (), 1, after=line - 1)
    if not found or found[0].line != line or found[0].unread:
        raise Http404
    return found[0]


def _header(source: Import, at: int) -> str:
    headers: list[str] = source.checked.get("headers", [])
    if at >= len(headers) or headers[at] not in source.mapping:
        raise Http404
    return headers[at]


def cell(request: HttpRequest, pk: int, line: int, at: int) -> HttpResponse:
    """GET: the editor. POST: keeps the text and judges the row anew; "fedele:judged" tells the page to look again."""
    source = mine(request, pk, Import.State.DRAFT)
    row, header = _row(source, line), _header(source, at)
    if request.method == "POST":
        put_right(source, row.line, header, row.cells[at], request.POST.get("value", ""))
        judge_anew(source, [line])
        response = HttpResponse(escape(request.POST.get("value", "")[:300]))
        response.headers["HX-Trigger"] = '{"fedele:judged": {}}'
        return response
    now = Mender(source, source.checked["headers"])([Row(row.line, row.cells)])[0].cells[at]
    return render(request, "records/_import_cell.html", {"header": header, "value": now})


def put_right(source: Import, line: int, column: str, was: str, value: str) -> None:
    """The cell reads `value` from now on; as in the file (`was`), and nothing is kept about it."""
    value = value[:LONGEST].replace("\0", "")
    with transaction.atomic():
        Fix.objects.filter(source=source, line=line, column=column).delete()
        if value != was or Fix.objects.filter(source=source, line=0, column=column, was=was.strip()).exists():
            Fix.objects.create(source=source, line=line, column=column, was=was, value=value)


@require_POST
def everywhere(request: HttpRequest, pk: int) -> HttpResponse:
    """All cells of a column that read the same are put right at once."""
    source = mine(request, pk, Import.State.DRAFT)
    column, was = request.POST.get("column", ""), request.POST.get("was", "").strip()
    if column not in source.mapping or not was:
        raise Http404
    value = request.POST.get("value", "")[:LONGEST].replace("\0", "")
    with transaction.atomic():
        Fix.objects.filter(source=source, line=0, column=column, was=was).delete()
        Fix.objects.create(source=source, line=0, column=column, was=was, value=value)
    lines = lines_reading(source, column, was, AT_ONCE + 1)
    if len(lines) > AT_ONCE:
        Import.objects.filter(pk=source.pk).update(checked={})
    else:
        judge_anew(source, lines)
    said = ngettext("%(n)s cell was put right.", "%(n)s cells were put right.", len(lines)) % {"n": len(lines)}
    return redirect(request, _back(request, source), said)


@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows (`ids`, their lines) or a whole kind of problem (`kind`); with `back` they are looked at again."""
    source = mine(request, pk, Import.State.DRAFT)
    back = "back" in request.POST
    if kind := request.POST.get("kind", ""):
        _give_up(source, kind, back=back)
        return redirect(request, _back(request, source))
    lines = [int(part) for part in request.POST.get("ids", "").split(",") if part.isdigit() and len(part) < 15][:1000]
    with transaction.atomic():
        Decision.objects.filter(source=source, line__in=lines).delete()
        if not back:
            user: Any = request.user
            Decision.objects.bulk_create(
                [Decision(source=source, line=line, act=Act.SKIP, user=user) for line in lines]
            )
    judge_anew(source, lines)
    said = ngettext("%(n)s row is left out.", "%(n)s rows are left out.", len(lines)) % {"n": len(lines)}
    return redirect(request, _back(request, source), "" if back else said)


def _give_up(source: Import, kind: str, *, back: bool) -> None:
    """Nothing has to be read for it: the rows are known by what was said about them."""
    if kind not in {"|".join(one[:2]) for one in source.checked.get("kinds", ())} and not back:
        raise Http404
    kinds = [one for one in source.rules.get("left_out", ()) if one != kind] + ([] if back else [kind])
    with transaction.atomic():
        Import.objects.select_for_update().get(pk=source.pk)
        source.rules = {**source.rules, "left_out": kinds}
        source.save(update_fields=["rules"])
        left_out = set(Decision.objects.filter(source=source, act=Act.SKIP).values_list("line", flat=True)[:100_000])
        before = {"left_out__gt": 0} if back else {"problem__gt": 0}
        for chunk in Chunk.objects.filter(source=source, **before).order_by("first").iterator(chunk_size=4):
            rows = chunk.opened
            for row in rows:
                if row.fate in ("problem", "left_out") and row.reasons and row.line not in left_out:
                    said = {kind_of(column, message) for column, message in row.reasons}
                    row.fate = "left_out" if said & set(kinds) else "problem"
            chunk.keep(rows).save()


def _back(request: HttpRequest, source: Import) -> str:
    query = request.POST.get("query", "")
    return f"/import/{source.pk}/check/" + (f"?{query}" if query else "") + "#rows"
