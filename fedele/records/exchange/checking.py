"""Check, the fourth step of the import: what would become of every row; cells are put right, rows left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from fedele.records.exchange.checked import Checked, page_of, totals
from fedele.records.exchange.choosing import mine
from fedele.records.exchange.decided import Decision, Mender
from fedele.records.exchange.engine import start
from fedele.records.exchange.keeping import ready
from fedele.records.exchange.models import Import
from fedele.records.exchange.running import assigned_to, take_owner
from fedele.records.exchange.summing import expected, sentence
from fedele.records.reading import Row, UnreadableFile
from fedele.records.registry import registry
from fedele.ui import redirect, render

#: Rows on a page.
SHOWN = 50
MATCHES = (
    ("update", gettext_lazy("take over the values of the file")),
    ("empty", gettext_lazy("fill in only what is empty")),
    ("skip", gettext_lazy("leave it as it is")),
)
#: {part of the address: fate}; a page without shows all rows.
KINDS = {
    "new": "new", "update": "update", "duplicates": "duplicate", "problems": "problem", "unchanged": "unchanged",
    "left-out": "left_out",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of the file as a page shows it, with what was put right."""

    row: Checked
    #: (place in the file, text, is wrong, was put right)
    cells: list[tuple[int, str, bool, bool]]
    #: A person said it is to be left out, and can say otherwise.
    is_given_up: bool = False


def checking(request: HttpRequest, pk: int) -> HttpResponse:
    source = mine(request, pk)
    if source.state != Import.State.DRAFT:
        return redirect(request, source.url)
    if not source.mapping:
        return redirect(request, f"/import/{source.pk}/columns/")
    if request.method == "POST":
        _take_rules(source, request)
        if "run" in request.POST:
            progress = start(source, tell=request.POST.get("tell") == "on")
            return redirect(request, progress.get_absolute_url() if progress else f"/import/{source.pk}/result/")
    try:
        progress = ready(source, request.user)
    except UnreadableFile as unreadable:
        return redirect(request, f"/import/{source.pk}/columns/", unreadable.message, level="bad")
    if progress is not None:
        return redirect(request, progress.get_absolute_url())
    return render(request, "records/import_check.html", _context(source, request))


def _context(source: Import, request: HttpRequest) -> dict[str, Any]:
    record_type = registry.by_key(source.record_type)
    only = request.GET.get("only", "")
    only = only if only in KINDS else ""
    lines = lines_of(source, (KINDS[only],) if only else (), request)
    counts = totals(source)
    return {
        "source": source, "record_type": record_type, "counts": counts, "only": only, **lines,
        "expected": expected(source, counts), "sentence": sentence(source, counts, record_type),
        "assigned": assigned_to(source), "matches": MATCHES, "common": source.checked,
        "given_up": [kind.partition("|") for kind in source.rules.get("left_out", ())],
        "named": [(str(registry.by_key(key).plural), n) for key, n in source.checked.get("named", ())],
    }  # fmt: skip


def lines_of(source: Import, fates: tuple[str, ...], request: HttpRequest) -> dict[str, Any]:
    """The rows of a page, and the lines its neighbours begin behind or end before."""
    after, before = (_line_of(request.GET.get(name, "")) for name in ("after", "before"))
    rows = page_of(source, fates, SHOWN + 1, after=after, before=before)
    more = len(rows) > SHOWN
    rows = rows[-SHOWN:] if before else rows[:SHOWN]
    headers = source.checked.get("headers", [])
    columns = [(at, header) for at, header in enumerate(headers) if header in source.mapping]
    return {
        "columns": columns, "lines": shown(source, rows, columns, headers),
        "earlier": rows[0].line if rows and (after or (before and more)) else 0,
        "later": rows[-1].line if rows and (more or before) else 0,
    }  # fmt: skip


def _line_of(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 15 else 0


def shown(source: Import, rows: list[Checked], columns: list[tuple[int, str]], headers: list[str]) -> list[Line]:
    mended = Mender(source, headers)([Row(row.line, row.cells, row.unread) for row in rows])
    skipped = Decision.objects.filter(source=source, act="skip", line__in=[row.line for row in rows])
    left_out = set(skipped.values_list("line", flat=True))
    found = []
    for row, now in zip(rows, mended, strict=True):
        cells = [
            (at, now.cells[at][:300], header in row.wrong, now.cells[at] != row.cells[at])
            for at, header in columns
            if at < len(row.cells)
        ]
        found.append(Line(row, cells, row.line in left_out))
    return found


def _take_rules(source: Import, request: HttpRequest) -> None:
    rules = dict(source.rules)
    if request.POST.get("match") in dict(MATCHES):
        rules["match"] = request.POST["match"]
    if request.POST.get("duplicates") in ("create", "skip", "update"):
        rules["duplicates"] = request.POST["duplicates"]
    rules["create_related"] = request.POST.get("create_related") == "on"
    source.rules = rules
    take_owner(source, request.POST.get("owner", ""))
    source.save(update_fields=["rules"])
