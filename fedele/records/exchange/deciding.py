"""Duplicates, the fifth step of the import: rows beside what they are like, decided with one key each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.records.exchange.checked import Checked, page_of, totals
from fedele.records.exchange.choosing import mine
from fedele.records.exchange.decided import Act, Decision, Mender
from fedele.records.exchange.following import relation_to, rule_for
from fedele.records.exchange.keeping import is_checked, judge_anew
from fedele.records.exchange.models import Import
from fedele.records.fields import fields_of
from fedele.records.page.words import words_of
from fedele.records.reading import Row
from fedele.records.registry import registry
from fedele.search.naming import key_of
from fedele.ui import redirect, render, toast

#: Pairs on a page.
SHOWN = 10


@dataclass
class Side:
    """One of the records, or rows above, that a row is like."""

    key: str
    target: str
    title: str
    url: str
    is_sure: bool
    reasons: list[str]
    what: str = ""
    second: str = ""
    can_link: bool = False
    #: What it says under the column of the same place.
    values: list[str] = field(default_factory=list)


@dataclass
class Pair:
    line: int
    #: (column, text of the file)
    cells: list[tuple[str, str]]
    sides: list[Side]
    rule: str
    decision: Decision | None = None

    @property
    def rows(self) -> list[tuple[str, str, str, bool]]:
        """(column, ours, theirs, are they alike) of what either says."""
        theirs = self.sides[0].values if self.sides else []
        found = []
        for at, (column, cell) in enumerate(self.cells):
            there = theirs[at] if at < len(theirs) else ""
            if cell or there:
                found.append((column, cell, there, bool(cell) and key_of(cell) == key_of(there)))
        return found


def duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    source = mine(request, pk)
    if source.state != Import.State.DRAFT:
        return redirect(request, source.url)
    if not is_checked(source):
        return redirect(request, f"/import/{source.pk}/check/")
    if request.method == "POST":
        return _answer(request, source, _take(source, request))
    return render(request, "records/import_duplicates.html", _context(source, request))


@require_POST
def all_alike(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of all rows nobody decided about that are like records of the type of `target`; no act takes it back."""
    source = mine(request, pk, Import.State.DRAFT)
    key, act = request.POST.get("target", "").partition(":")[0], request.POST.get("all-act", "")
    likes = {name: told for name, told in source.rules.get("likes", {}).items() if name != key}
    if act in Act and (not key or key in registry):
        likes[key] = act
    source.rules = {**source.rules, "likes": likes}
    source.save(update_fields=["rules"])
    return _answer(request, source, "")


def _answer(request: HttpRequest, source: Import, told: str) -> HttpResponse:
    """The pairs as they are now, and what somebody else said before."""
    if request.headers.get("HX-Request") != "true":
        query = request.POST.get("query", "")
        return redirect(request, f"/import/{source.pk}/duplicates/?{query}", told, level="warn")
    response = render(request, "records/import_duplicates.html", _context(source, request), fragment="pairs")
    return toast(response, told, level="warn") if told else response


def _context(source: Import, request: HttpRequest) -> dict[str, Any]:
    told = request.POST if request.method == "POST" else request.GET
    is_decided = told.get("show") == "decided"
    after = int(told["after"]) if told.get("after", "").isdigit() and len(told["after"]) < 15 else 0
    decisions = Decision.objects.filter(source=source)
    if is_decided:
        lines = list(decisions.filter(line__gt=after).order_by("line").values_list("line", flat=True)[: SHOWN + 1])
        rows = [row for line in lines for row in page_of(source, (), 1, after=line - 1)]
    else:
        rows = page_of(source, ("duplicate",), SHOWN + 1, after=after)
    counts = totals(source)
    return {
        "source": source, "record_type": registry.by_key(source.record_type), "show": "decided" if is_decided else "",
        "pairs": _pairs(source, rows[:SHOWN]), "later": rows[SHOWN - 1].line if len(rows) > SHOWN else 0, "after": after,
        "left": counts["duplicate"], "decided": decisions.count(), "acts": Act, "rules": _rules(source),
    }  # fmt: skip


def _rules(source: Import) -> list[tuple[str, str, str]]:
    """(record type or "", what is like it, what becomes of those) of what was told for all remaining."""
    return [
        (key, capfirst(str(registry.by_key(key).plural)) if key else _("Rows of this file"), str(Act(act).label))
        for key, act in source.rules.get("likes", {}).items()
    ]


# --- what is shown ---


def _pairs(source: Import, rows: list[Checked]) -> list[Pair]:
    headers = source.checked.get("headers", [])
    mended = Mender(source, headers)([Row(row.line, row.cells, row.unread) for row in rows])
    columns = [(at, header) for at, header in enumerate(headers) if header in source.mapping]
    decisions = Decision.objects.filter(source=source, line__in=[row.line for row in rows]).select_related("user")
    decided = {one.line: one for one in decisions}
    found = _stored(source, rows)
    pairs = []
    for row, now in zip(rows, mended, strict=True):
        cells = [(header, now.cells[at].strip()) for at, header in columns if at < len(now.cells)]
        sides = [_side(source, match, found, columns) for match in row.matches]
        rule = rule_for(source.rules, row.matches) if source.rules.get("likes", {}).get(_kind(row)) else ""
        pairs.append(Pair(row.line, cells, sides, rule, decided.get(row.line)))
    return pairs


def _kind(row: Checked) -> str:
    return str(row.matches[0][0]) if row.matches else ""


def _stored(source: Import, rows: list[Checked]) -> dict[tuple[str, int], Any]:
    """The records the rows are like, of those the user may see; one statement for each type."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for match in row.matches:
            wanted[match[0]].add(match[1])
    found: dict[tuple[str, int], Any] = {}
    for line in wanted.pop("", ()):
        found["", line] = next(iter(page_of(source, (), 1, after=line - 1)), None)
    for key, ids in wanted.items():
        if key in registry:
            known = registry.by_key(key)
            visible = known.model.objects.visible_to(source.user).select_related(*known.related())
            found.update({(key, record.pk): record for record in visible.filter(pk__in=ids)})
    return found


def _side(source: Import, match: list[Any], found: dict[Any, Any], columns: list[tuple[int, str]]) -> Side:
    key, record_id, title, _score, is_sure, reasons = match
    record = found.get((key, record_id))
    if not key:
        side = Side(key, f":{record_id}", _("Line %(line)s of this file") % {"line": record_id}, "", is_sure, reasons)
        side.values = [record.cells[at].strip() if record and at < len(record.cells) else "" for at, _header in columns]
        return side
    known = registry.by_key(key)
    side = Side(key, f"{key}:{record_id}", title, known.url(record_id), is_sure, reasons, str(known.label))
    if record is None:
        side.url, side.second = "", _("It is no longer there, or not yours to see.")
        return side
    side.title, side.second = str(record), known.second_line(record)
    side.can_link = relation_to(registry.by_key(source.record_type), known) is not None
    side.values = _said(source, known, record, columns)
    return side


def _said(source: Import, known: Any, record: Any, columns: list[tuple[int, str]]) -> list[str]:
    """What the record says where the file has a column for it."""
    fields, names = fields_of(known, source.user), _names(source)
    found = []
    for _at, header in columns:
        told = [_counterpart(name, fields) for name in names.get(header, "").split("+")]
        wanted = [fields[name] for name in told if name]
        labels = [_told(one, one.value_of(record)) for one in wanted]
        found.append(" ".join(label for label in labels if label))
    return found


def _told(one: Any, value: Any) -> str:
    """A value as a file would have it: telephone numbers and days as people write them."""
    return words_of(one, value, {}, "") if one.kind in ("phone", "date", "datetime") else str(one.label_of(value))


def _counterpart(name: str, fields: dict[str, Any]) -> str:
    """The field of the same name; the company a contact belongs to beside the name of the company of a lead."""
    return next((one for one in (name, name.removesuffix("_name"), f"{name}_name") if one in fields), "")


def _names(source: Import) -> dict[str, str]:
    """{column: name of the field it goes to}."""
    return {
        header: one if isinstance(one, str) else str(one.get("field", "")) for header, one in source.mapping.items()
    }


# --- what is told ---


def _take(source: Import, request: HttpRequest) -> str:
    """Keeps a decision about one row, or answers with what somebody else said about it meanwhile."""
    act = request.POST.get("act", "")
    line, target = request.POST.get("line", ""), request.POST.get("target", "")
    key, _colon, record_id = target.partition(":")
    rows = page_of(source, (), 1, after=int(line) - 1) if line.isdigit() and len(line) < 15 else []
    if act not in Act or not rows or rows[0].line != int(line):
        raise Http404
    if (key, record_id) not in {(str(match[0]), str(match[1])) for match in rows[0].matches}:
        raise Http404
    with transaction.atomic():
        Import.objects.select_for_update().get(pk=source.pk)
        before = Decision.objects.filter(source=source, line=int(line)).select_related("user").first()
        if before is not None and str(before.pk) != request.POST.get("seen", ""):
            told = {"name": before.user, "line": line, "act": before.get_act_display()}
            return (
                _("%(name)s has already decided about line %(line)s: %(act)s. Decide again if you see it otherwise.")
                % told
            )
        if before is not None:
            before.delete()
        user: Any = request.user
        Decision.objects.create(
            source=source,
            line=int(line),
            act=act,
            record_type=key,
            record_id=int(record_id),
            user=user,
            at=timezone.now(),
        )
    judge_anew(source, [int(line)])
    return ""
