"""The import wizard: file → columns → check → run → result. Each step is an address; leaving and coming back resumes."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fedele.records.declare import RecordType
from fedele.records.exchange.engine import check, start
from fedele.records.exchange.mapping import propose, writable
from fedele.records.exchange.models import Import
from fedele.records.reading import UnreadableFile
from fedele.records.registry import registry
from fedele.ui import redirect, render

#: Beyond this many rows the check step looks at the first ones only and says so.
CHECKED = 20_000
SHOWN_IN_HISTORY = 50
READING = ("encoding", "delimiter", "sheet", "header_row", "decimal", "date_order")
MATCHES = (
    ("update", gettext_lazy("take over the values of the file")),
    ("empty", gettext_lazy("fill in only what is empty")),
    ("skip", gettext_lazy("leave it as it is")),
)
DUPLICATES = (
    ("create", gettext_lazy("bring them in all the same")),
    ("skip", gettext_lazy("leave them out")),
)


def importable(user: Any) -> list[RecordType]:
    return [record_type for record_type in registry if user.rights.may("create", record_type.key)]


def upload(request: HttpRequest) -> HttpResponse:
    """First step: the file, and what it holds. Below it the files brought in before."""
    types = importable(request.user)
    if not types:
        raise Http404
    problem = ""
    chosen = request.POST.get("as") or request.GET.get("as") or types[0].key
    if request.method == "POST":
        try:
            source = _receive(request, chosen, types)
        except UnreadableFile as unreadable:
            problem = unreadable.message
        else:
            return redirect(request, f"/import/{source.pk}/columns/")
    history = Import.visible_to(request.user).select_related("user", "batch").order_by("-created_at")[:SHOWN_IN_HISTORY]
    choices = [(one.key, capfirst(str(one.plural))) for one in types]
    context = {"choices": choices, "chosen": chosen, "problem": problem, "history": history, "labels": {one.key: one.plural for one in registry}}
    return render(request, "records/import_file.html", context, status=422 if problem else 200)


def _receive(request: HttpRequest, chosen: str, types: list[RecordType]) -> Import:
    """Stores the file when it can be read, and proposes where its columns go."""
    if chosen not in {one.key for one in types}:
        raise Http404
    file: File[Any] | None = request.FILES.get("file")
    pasted = request.POST.get("pasted", "")
    if file is None and pasted.strip():
        file = File(io.BytesIO(pasted.encode()), name="pasted.txt")
    if file is None:
        raise UnreadableFile(_("Choose a file, or paste rows copied from a spreadsheet."))
    record_type = registry.by_key(chosen)
    rules = {"match": "update", "duplicates": "create", "create_related": True, "owner_id": request.user.pk, "team_id": request.user.team_id}
    source = Import(user_id=int(request.user.pk or 0), record_type=chosen, name=str(file.name)[-200:], rules=rules)
    from fedele.records.reading import open_table

    table = open_table(file, source.name)
    sample = [row.cells for row in table.sample(50)]
    source.mapping = propose(record_type, table.headers, sample, request.user)
    file.seek(0)
    source.file.save(source.name, File(file), save=False)
    source.save()
    return source


def _mine(request: HttpRequest, pk: int, *states: str) -> Import:
    source: Import = get_object_or_404(Import.visible_to(request.user), pk=pk)
    if states and source.state not in states:
        raise Http404
    return source


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Second step: how the file is read, and where each column goes."""
    source = _mine(request, pk, Import.State.DRAFT)
    record_type = registry.by_key(source.record_type)
    problem = ""
    if request.method == "POST":
        _take_reading(source, request)
    try:
        table = source.open()
    except UnreadableFile as unreadable:
        problem, source.reading = unreadable.message, {}
        table = source.open()
    fields = writable(record_type, request.user)
    if request.method == "POST" and not problem:
        source.mapping, problem = _take_mapping(table, request, fields)
        source.save()
        if not problem and "next" in request.POST:
            return redirect(request, f"/import/{source.pk}/check/")
    sample = table.sample(8)
    context = {
        "source": source, "record_type": record_type, "table": table, "sample": sample, "problem": problem,
        "fields": sorted(((name, str(one.label)) for name, one in fields.items()), key=lambda pair: pair[1].lower()),
        "examples": _examples(table, sample), "needed": [str(one.label) for one in fields.values() if one.required and one.name not in source.mapping.values()],
    }
    return render(request, "records/import_columns.html", context, status=422 if problem else 200)


def _examples(table: Any, sample: list[Any]) -> list[list[str]]:
    """Up to three different values of each column."""
    found = []
    for at in range(len(table.headers)):
        values = dict.fromkeys(str(row.cells[at]) for row in sample if at < len(row.cells) and row.cells[at])
        found.append(list(values)[:3])
    return found


def _take_reading(source: Import, request: HttpRequest) -> None:
    reading: dict[str, Any] = {}
    for name in READING:
        value = request.POST.get(name, "")
        if value and name == "header_row":
            if value.isdigit() and len(value) < 7:
                reading[name] = int(value)
        elif value:
            reading[name] = {"tab": "\t"}.get(value, value) if name == "delimiter" else value
    source.reading = reading


def _take_mapping(table: Any, request: HttpRequest, fields: dict[str, Any]) -> tuple[dict[str, str], str]:
    mapping: dict[str, str] = {}
    for at, header in enumerate(table.headers):
        name = request.POST.get(f"column-{at}", "")
        if not name:
            continue
        if name not in fields:
            raise Http404
        if name in mapping.values():
            return mapping, _("“%(field)s” is chosen for two columns; keep one.") % {"field": fields[name].label}
        mapping[header] = name
    if not mapping:
        return mapping, _("Choose a field for at least one column.")
    return mapping, ""


def checking(request: HttpRequest, pk: int) -> HttpResponse:
    """Third step: what would happen, and the rules for rows that are there already."""
    source = _mine(request, pk, Import.State.DRAFT)
    if not source.mapping:
        return redirect(request, f"/import/{source.pk}/columns/")
    if request.method == "POST":
        _take_rules(source, request)
        source.save(update_fields=["rules"])
        if "run" in request.POST:
            return redirect(request, start(source).get_absolute_url())
    table = source.open()
    counts, shown = check(source, table=table, limit=CHECKED)
    only = request.GET.get("only", "")
    fates = {"new": ("new",), "updated": ("update", "unchanged"), "duplicates": ("duplicate",), "problems": ("problem",)}
    rows = [one for one in shown if not only or one.fate in fates.get(only, ())]
    mapped = [header for header in table.headers if header in source.mapping]
    at = {header: position for position, header in enumerate(table.headers)}
    context = {
        "source": source, "record_type": registry.by_key(source.record_type), "counts": counts, "rows": rows[:100], "only": only,
        "columns": [(header, at[header]) for header in mapped], "partly": (table.row_count or 0) > CHECKED, "checked": CHECKED,
        "matches": MATCHES, "duplicates": DUPLICATES, "owners": get_user_model().objects.filter(is_active=True)[:200],
    }
    return render(request, "records/import_check.html", context)


def _take_rules(source: Import, request: HttpRequest) -> None:
    rules = dict(source.rules)
    for name, choices in (("match", MATCHES), ("duplicates", DUPLICATES)):
        if request.POST.get(name) in dict(choices):
            rules[name] = request.POST[name]
    rules["create_related"] = request.POST.get("create_related") == "on"
    owner = request.POST.get("owner", "")
    if owner.isdigit() and len(owner) < 19:
        person = get_user_model().objects.filter(pk=int(owner), is_active=True).first()
        if person:
            rules["owner_id"], rules["team_id"] = person.pk, person.team_id
    elif owner == "nobody":
        rules["owner_id"] = rules["team_id"] = None
    source.rules = rules


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Kept for good: what came in, what did not and why, and the way back."""
    source = _mine(request, pk)
    if source.state == Import.State.DRAFT:
        return redirect(request, f"/import/{source.pk}/columns/")
    context = {
        "source": source, "record_type": registry.by_key(source.record_type), "problems": source.problems.all()[:100],
        "problem_count": source.counts.get("problems", 0), "undone": bool(source.batch and source.batch.undone_at),
    }
    return render(request, "records/import_result.html", context)


def problem_file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows that did not come in, as a CSV with the reason in a further column: mend it and bring it again."""
    source = _mine(request, pk)
    headers = source.open().headers
    writer = csv.writer(_Echo(), delimiter=";")

    def lines() -> Any:
        yield "\ufeff" + writer.writerow([*headers, _("Line"), _("Problem")])
        for problem in source.problems.iterator():
            yield writer.writerow([*(safe(cell) for cell in problem.cells), problem.line, f"{problem.column}: {problem.message}"])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{source.pk}.csv"'
    return response


class _Echo:
    """A file that gives each written line back, so that a file of any size streams."""

    def write(self, text: str) -> str:
        return text


def safe(cell: Any) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers and phones stay."""
    text = "" if cell is None else str(cell)
    if text[:1] in ("=", "@", "\t", "\r", "|") or (text[:1] in "+-" and not _is_number(text)):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return all(one in "0123456789 .,+-()/" for one in text)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws a prepared import away; nothing has come in yet."""
    source = _mine(request, pk, Import.State.DRAFT)
    source.file.delete(save=False)
    source.delete()
    return redirect(request, "/import/", _("The prepared import is thrown away."))
