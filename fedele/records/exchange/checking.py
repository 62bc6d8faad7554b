"""Third step of the import wizard: what would happen, and the rules for rows that are there already."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fedele.records.declare import RecordType
from fedele.records.exchange.bringing import told
from fedele.records.exchange.choosing import mine
from fedele.records.exchange.engine import Check, start
from fedele.records.exchange.models import Import
from fedele.records.reading import UnreadableFile
from fedele.records.registry import registry
from fedele.ui import redirect, render
from fedele.ui.amounts import number

#: Beyond this many rows the check looks at the first ones only and says so.
CHECKED = 20_000
#: Seconds for which a check may be looked at from all sides without being made again.
REMEMBER = 120
MOST_OWNERS = 200
MATCHES = (
    ("update", gettext_lazy("take over the values of the file")),
    ("empty", gettext_lazy("fill in only what is empty")),
    ("skip", gettext_lazy("leave it as it is")),
)
DUPLICATES = (
    ("create", gettext_lazy("import them anyway")),
    ("skip", gettext_lazy("leave them out")),
)
FATES = {
    "": (),
    "new": ("new",),
    "there": ("update", "unchanged"),
    "duplicates": ("duplicate",),
    "problems": ("problem",),
}


@dataclass(frozen=True)
class Line:
    """A row of the file as the check shows it."""

    line: int
    fate: str
    reasons: list[tuple[str, str]]
    cells: list[str]
    #: Headers of the cells something is wrong with.
    wrong: frozenset[str]


def checking(request: HttpRequest, pk: int) -> HttpResponse:
    source = mine(request, pk)
    if source.state != Import.State.DRAFT:
        return redirect(request, source.url)
    if not source.mapping:
        return redirect(request, f"/import/{source.pk}/columns/")
    record_type = registry.by_key(source.record_type)
    owners = owners_for(source.user, record_type)
    if request.method == "POST":
        _take_rules(source, request, owners)
        caches["process"].delete(_key(source))
        if "run" in request.POST:
            progress = start(source, tell=request.POST.get("tell") == "on")
            return redirect(request, progress.get_absolute_url() if progress else f"/import/{source.pk}/result/")
    try:
        found = _checked(source)
    except UnreadableFile as unreadable:
        return redirect(request, f"/import/{source.pk}/columns/", unreadable.message, level="bad")
    only = request.GET.get("only", "")
    only = only if only in FATES else ""
    context = {
        **found, "source": source, "record_type": record_type, "rows": found["rows"][only], "only": only,
        "sentence": _sentence(found["counts"], source, record_type), "matches": MATCHES, "duplicates": DUPLICATES,
        "owners": owners, "may_leave_open": _may_have(source.user, record_type, None),
    }  # fmt: skip
    return render(request, "records/import_check.html", context)


def _key(source: Import) -> str:
    said = json.dumps([source.reading, source.mapping, source.rules, get_language()], sort_keys=True)
    return f"import-check-{source.pk}-{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _checked(source: Import) -> dict[str, Any]:
    found = caches["process"].get(_key(source))
    if found is None:
        found = _check(source)
        caches["process"].set(_key(source), found, REMEMBER)
    return found  # type: ignore[no-any-return]


def _check(source: Import) -> dict[str, Any]:
    table = source.open()
    check = Check(source, table, )
    mapped = [(header, at) for at, header in enumerate(table.headers) if header in source.mapping]
    rows = {only: [_line(one, check, mapped) for one in check.rows(*fates)] for only, fates in FATES.items()}
    troubles = Counter(header for row in rows["problems"] for header in row.wrong)
    return {
        "counts": dict(check.counts), "rows": rows, "headers": [header for header, _at in mapped],
        "named": [(str(record_type.plural), count) for record_type, count in check.named],
        "troubles": troubles.most_common(8), "checked": check.counts["read"],
        "partly": check.counts["read"] >= CHECKED and (table.row_count or CHECKED + 1) > check.counts["read"],
    }  # fmt: skip


def _line(one: Any, check: Check, mapped: list[tuple[str, int]]) -> Line:
    cells = [str(one.cells[at])[:200] if at < len(one.cells) else "" for _header, at in mapped]
    wrong = frozenset(check.reader.headers[name] for name, _message in one.problems if name in check.reader.headers)
    reasons = told(one, check.reader) if one.fate in ("problem", "duplicate") else []
    return Line(one.line, one.fate, reasons, cells, wrong)


def _sentence(counts: dict[str, int], source: Import, record_type: RecordType) -> str:
    """What pressing the button does."""
    doubtful = counts.get("possible_duplicates", 0)
    leaves_out = source.rules.get("duplicates") == "skip"
    numbers = {
        "new": counts.get("new", 0) + (0 if leaves_out else doubtful), "changed": counts.get("updated", 0),
        "out": counts.get("problems", 0) + (doubtful if leaves_out else 0),
    }  # fmt: skip
    return _("%(records)s: %(new)s new, %(changed)s to change, %(out)s left out.") % {
        **{name: number(value) for name, value in numbers.items()}, "records": capfirst(str(record_type.plural)),
    }  # fmt: skip


def owners_for(user: Any, record_type: RecordType) -> list[Any]:
    """The people this user may make records for."""
    people = get_user_model().objects.filter(is_active=True).order_by("first_name", "last_name")
    return [person for person in people[:MOST_OWNERS] if _may_have(user, record_type, person)]


def _may_have(user: Any, record_type: RecordType, person: Any) -> bool:
    record = record_type.model(owner_id=person.pk if person else None, team_id=person.team_id if person else None)
    return bool(user.rights.covers(record, "create"))


def _take_rules(source: Import, request: HttpRequest, owners: list[Any]) -> None:
    rules = dict(source.rules)
    for name, choices in (("match", MATCHES), ("duplicates", DUPLICATES)):
        if request.POST.get(name) in dict(choices):
            rules[name] = request.POST[name]
    rules["create_related"] = request.POST.get("create_related") == "on"
    chosen = request.POST.get("owner", "")
    if chosen == "nobody":
        rules["owner_id"] = rules["team_id"] = None
    for person in owners:
        if str(person.pk) == chosen:
            rules["owner_id"], rules["team_id"] = person.pk, person.team_id
    source.rules = rules
    source.save(update_fields=["rules"])
