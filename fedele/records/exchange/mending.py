"""“Fix these 14 here”: rows that stayed out, put right on the page and brought in as a part of the same import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.journal.acting import act_as
from fedele.records.exchange.bringing import COUNTED, bring, told
from fedele.records.exchange.choosing import mine
from fedele.records.exchange.correcting import put_right
from fedele.records.exchange.decided import Act, Decision, Mender
from fedele.records.exchange.engine import BATCH, Overtaken
from fedele.records.exchange.intake import Intake
from fedele.records.exchange.models import Import, Problem
from fedele.records.reading import Row, UnreadableFile
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.tasks.progress import Progress
from fedele.ui import redirect, render

#: Rows on a page.
SHOWN = 50


@dataclass(frozen=True)
class Line:
    """A row that stayed out, as it would be judged now."""

    line: int
    fate: str
    reasons: list[tuple[str, str]]
    #: (place in the file, text, is wrong, was put right)
    cells: list[tuple[int, str, bool, bool]]
    is_unread: bool
    can_update: bool


def mend(request: HttpRequest, pk: int) -> HttpResponse:
    source = mine(request, pk)
    if source.state != Import.State.DONE:
        return redirect(request, source.url)
    if request.method == "POST":
        return redirect(request, start(source, request.user).get_absolute_url())
    try:
        context = _context(source, request)
    except UnreadableFile as unreadable:
        return redirect(request, f"/import/{source.pk}/result/", unreadable.message, level="bad")
    return render(request, "records/import_mend.html", context)


def _context(source: Import, request: HttpRequest) -> dict[str, Any]:
    after = request.GET.get("after", "")
    problems = source.problems.filter(line__gt=int(after) if after.isdigit() and len(after) < 15 else 0)
    some = list(problems[: SHOWN + 1])
    table = source.open()
    intake = Intake(source, table)
    columns = [(at, header) for at, header in enumerate(table.headers) if header in source.mapping]
    lines = _judged(source, intake, some[:SHOWN], columns, table.headers)
    return {
        "source": source, "record_type": registry.by_key(source.record_type), "columns": columns, "lines": lines,
        "later": some[SHOWN - 1].line if len(some) > SHOWN else 0, "left": source.problems.count(),
        "ready": sum(one.fate not in ("problem", "duplicate") for one in lines),
    }  # fmt: skip


def _judged(
    source: Import, intake: Intake, problems: list[Problem], columns: list[tuple[int, str]], headers: list[str]
) -> list[Line]:
    rows = [_row_of(one, headers) for one in problems]
    mended = Mender(source, headers)(rows)
    # Nothing is written: the records that rows are about are locked for a moment, as they are when rows come in.
    with transaction.atomic():
        candidates = intake.read(rows)
    found = []
    for row, now, one in zip(rows, mended, candidates, strict=True):
        wrong = {intake.reader.headers.get(name, "") for name, _message in one.problems}
        cells = [
            (at, now.cells[at][:300], header in wrong, now.cells[at] != row.cells[at])
            for at, header in columns
            if at < len(row.cells)
        ]
        reasons = told(one, intake.reader) if one.fate in ("problem", "duplicate") else []
        can_update = bool(one.matches and one.matches[0][0])
        found.append(Line(row.line, one.fate, reasons, cells, bool(row.problem), can_update))
    return found


def _row_of(problem: Problem, headers: list[str]) -> Row:
    """A row that could not even be split into its cells cannot be put right here."""
    return Row(problem.line, problem.cells, "" if len(problem.cells) == len(headers) else problem.said)


def cell(request: HttpRequest, pk: int, line: int, at: int) -> HttpResponse:
    """GET: the editor. POST: keeps the text; "fedele:judged" tells the page to look again."""
    source = mine(request, pk, Import.State.DONE)
    problem = source.problems.filter(line=line).first()
    headers = source.open().headers
    if problem is None or at >= len(headers) or len(problem.cells) != len(headers) or headers[at] not in source.mapping:
        raise Http404
    if request.method == "POST":
        put_right(source, line, headers[at], problem.cells[at], request.POST.get("value", ""))
        response = HttpResponse(escape(request.POST.get("value", "")[:300]))
        response.headers["HX-Trigger"] = '{"fedele:judged": {}}'
        return response
    now = Mender(source, headers)([Row(line, problem.cells)])[0].cells[at]
    return render(request, "records/_import_cell.html", {"header": headers[at], "value": now})


@require_POST
def decide(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """What becomes of a row that was left out as a possible duplicate."""
    source = mine(request, pk, Import.State.DONE)
    problem = source.problems.filter(line=line).first()
    act = request.POST.get("act", "")
    if problem is None or act not in (Act.CREATE, Act.UPDATE):
        raise Http404
    table = source.open()
    with transaction.atomic():
        Decision.objects.filter(source=source, line=line).delete()
        (one,) = Intake(source, table).read([_row_of(problem, table.headers)])
        match: list[Any] = one.matches[0] if one.matches else ["", 0]
        user: Any = request.user
        Decision.objects.create(
            source=source, line=line, act=act, record_type=match[0], record_id=match[1], user=user
        )  # fmt: skip
    return redirect(request, f"/import/{source.pk}/mend/")


def start(source: Import, user: Any) -> Progress:
    """Brings in, with a job, whatever is in order by now."""
    with transaction.atomic():
        running = source.progress
        if running is not None and running.kind == "import" and not running.is_over:
            return running
        left = source.problems.count()
        title = ngettext("%(n)s more row of %(name)s", "%(n)s more rows of %(name)s", left)
        progress = Progress.start(
            user, title % {"n": left, "name": source.name}, "import", total=left, record_type=source.record_type,
            url=f"/import/{source.pk}/result/", job=run, args=(source.pk,),
        )  # fmt: skip
        Import.objects.filter(pk=source.pk).update(progress=progress)
    return progress


@job(retries=3)
def run(progress_id: int, import_id: int) -> None:
    """Repeatable: a row that is in does not wait any more."""
    with Progress.working(progress_id) as progress:
        source = Import.objects.select_related("user", "batch").get(pk=import_id)
        Progress.objects.filter(pk=progress_id).update(done=0, counts={})
        try:
            with act_as(source.user, door="import", batch=source.batch):
                bring_left(source, progress)
        except UnreadableFile as unreadable:
            progress.fail(unreadable.message)
            return
        except Overtaken:
            progress.fail(_("Somebody else is already importing this file, or undoing its import."))
            return
        progress.finish(url=f"/import/{source.pk}/result/")


def bring_left(source: Import, progress: Any = None) -> None:
    table = source.open()
    intake, last = Intake(source, table), 0
    while True:
        with transaction.atomic():
            stored = Import.objects.select_for_update().only("state", "counts", "given").get(pk=source.pk)
            if stored.state != Import.State.DONE:
                raise Overtaken
            problems = list(source.problems.filter(line__gt=last)[:BATCH])
            if not problems:
                return
            last = problems[-1].line
            source.counts, source.given = stored.counts, stored.given
            _bring_some(source, intake, problems, table.headers, progress)


def _bring_some(source: Import, intake: Intake, problems: list[Problem], headers: list[str], progress: Any) -> None:
    candidates = intake.read([_row_of(one, headers) for one in problems])
    good = [one for one in candidates if one.fate not in ("problem", "duplicate")]
    bring(source, intake.reader, good, intake.digest)
    before = {one.line: one for one in problems}
    counts, more = Counter(source.counts), Counter(COUNTED[one.fate] for one in good)
    for one in good:
        counts[COUNTED.get(before[one.line].fate, "problems")] -= 1
    source.problems.filter(line__in=[one.line for one in good]).delete()
    source.counts = {name: n for name, n in (counts + more).items() if n > 0}
    Import.objects.filter(pk=source.pk).update(counts=source.counts, given=source.given)
    if progress is not None:
        progress.advance(len(problems), **more)
