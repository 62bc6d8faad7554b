"""The check of a whole file, kept until it is brought in: made at once for short files, by a job for long ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fedele.base.memory import uncollected
from fedele.records.exchange.bringing import told
from fedele.records.exchange.checked import Checked, Chunk, chunks_with
from fedele.records.exchange.engine import batches
from fedele.records.exchange.intake import Intake
from fedele.records.exchange.models import Import
from fedele.records.exchange.tallying import Common
from fedele.records.reading import Row, UnreadableFile
from fedele.tasks.jobs import job
from fedele.tasks.progress import Progress

#: Up to so many rows the page waits for the check.
AT_ONCE = 5_000
#: Up to so many, all are judged anew when a cell was put right: rows say something about each other.
JUDGED_ANEW = 3_000
#: Rules that change nothing in what becomes of a row.
_LATER = {"assign", "people", "owner_id", "team_id", "notify", "duplicates", "likes", "left_out"}


def key_of(source: Import) -> str:
    """Of all that decides what a check finds, but for what people told about single rows."""
    rules = {name: value for name, value in source.rules.items() if name not in _LATER}
    said = [source.reading, source.mapping, source.constants, source.provenance is None, rules, get_language()]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:24]


def is_checked(source: Import) -> bool:
    return bool(source.checked) and source.checked.get("key") == key_of(source)


def ready(source: Import, user: Any) -> Progress | None:
    """Makes the check if there is none; the job that makes it when that takes long. UnreadableFile says why not."""
    if is_checked(source):
        return None
    running = source.progress
    if running is not None and running.kind == "check" and running.args[1:] == [key_of(source)]:
        if not running.is_over:
            return running
        if running.state == Progress.State.FAILED:
            raise UnreadableFile(running.error)
    table = source.open()
    if sum(1 for _row in islice(table.rows(), AT_ONCE + 1)) <= AT_ONCE:
        check(source, key_of(source))
        return None
    with transaction.atomic():
        if running is not None and not running.is_over:
            running.cancel()
        progress = Progress.start(
            user, _("Check of %(name)s") % {"name": source.name}, "check", total=table.row_count,
            record_type=source.record_type, url=f"/import/{source.pk}/check/", job=run, args=(source.pk, key_of(source)),
        )  # fmt: skip
        Import.objects.filter(pk=source.pk).update(progress=progress)
    return progress


@job(retries=3)
def run(progress_id: int, import_id: int, key: str) -> None:
    """Begun again from the first row when it was killed: it changes nothing but its own findings."""
    with Progress.working(progress_id) as progress:
        source = Import.objects.select_related("user").get(pk=import_id)
        if source.state != Import.State.DRAFT:
            progress.cancel()
            return
        Import.objects.filter(pk=import_id).update(progress=progress)
        Progress.objects.filter(pk=progress_id).update(done=0, counts={})
        try:
            check(source, key, progress)
        except UnreadableFile as unreadable:
            progress.fail(unreadable.message)
            return
        progress.finish(url=f"/import/{source.pk}/check/")


def check(source: Import, key: str, progress: Any = None) -> None:
    """Finds out what would become of every row, and keeps it."""
    table = source.open()
    intake, common = Intake(source, table), Common()
    places = {header: at for at, header in enumerate(table.headers)}
    Chunk.objects.filter(source=source).delete()
    for rows in batches(table.rows(), 0):
        with transaction.atomic(), uncollected():
            Chunk(source=source).keep(_judged(intake, rows, common, places)).save()
            if progress is not None:
                progress.advance(len(rows))
    kept = {"key": key, "named": named_by(intake), "headers": table.headers, **common.kept()}
    source.checked = kept
    Import.objects.filter(pk=source.pk).update(checked=kept)


def _judged(
    intake: Intake, rows: list[Row], common: Common, places: dict[str, int], before: Iterable[Checked] = ()
) -> list[Checked]:
    """`before`: the same rows as they were. What a row was decided about stays known, so that it can be decided anew."""
    found, matches = [], {row.line: row.matches for row in before}
    for row, one in zip(rows, intake.read(rows), strict=True):
        reasons = [[column, str(message)] for column, message in told(one, intake.reader)] if _is_told(one) else []
        like = one.matches or (matches.get(row.line, []) if row.line in intake.reader.matcher.decided else [])
        kept = Checked(row.line, one.fate, row.cells, str(row.problem), reasons, like)
        common.count(kept, one.cells, places)
        found.append(kept)
    return found


def _is_told(one: Any) -> bool:
    return one.fate in ("problem", "duplicate", "left_out") or bool(one.like)


def named_by(intake: Intake) -> list[tuple[str, int]]:
    """(record type, how many) of records that would be made because rows name them."""
    finders = [column.find for column in intake.reader.columns if column.find]
    return [(find.record_type.key, len(find.new_names)) for find in finders if find.new_names]


# --- rows judged anew ---


def judge_anew(source: Import, lines: Iterable[int]) -> None:
    """After something was told about these rows. In a short file all rows are, as they may be about each other."""
    table = source.open()
    intake = Intake(source, table)
    places = {header: at for at, header in enumerate(table.headers)}
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=source.pk)
        chunks = list(Chunk.objects.filter(source=source).order_by("first")[: JUDGED_ANEW // 1000 + 1])
        is_short = len(chunks) <= JUDGED_ANEW // 1000
        common = Common(None if is_short else locked.checked)
        if is_short:
            for chunk in chunks:
                kept = chunk.opened
                rows = [Row(row.line, row.cells, row.unread) for row in kept]
                chunk.keep(_judged(intake, rows, common, places, kept)).save()
        else:
            _judge_some(source, set(lines), intake, common, places)
        more = {"named": named_by(intake)} if is_short else {}
        source.checked = {**locked.checked, **more, **common.kept()}
        Import.objects.filter(pk=source.pk).update(checked=source.checked)


def _judge_some(source: Import, lines: set[int], intake: Intake, common: Common, places: dict[str, int]) -> None:
    """Only these rows, each by itself: what others of the file say is looked at again when it comes in."""
    while lines:
        chunk = next(chunks_with(source, [min(lines)]), None)
        if chunk is None:
            return
        kept = {row.line: row for row in chunk.opened}
        mine = [row for line, row in kept.items() if line in lines]
        rows = [Row(row.line, row.cells, row.unread) for row in mine]
        for row in mine:
            # As it was counted before; what was put right since stood there wrongly then.
            common.count(row, row.cells, places, -1)
        for row, after in zip(mine, _judged(intake, rows, common, places, mine), strict=True):
            kept[row.line] = after
        chunk.keep(list(kept.values())).save()
        lines = {line for line in lines if line > chunk.last}


def lines_reading(source: Import, column: str, was: str, most: int) -> list[int]:
    """Lines with a problem whose cell reads so, at most `most`."""
    headers = source.checked.get("headers", [])
    at = headers.index(column) if column in headers else -1
    found: list[int] = []
    for chunk in Chunk.objects.filter(source=source, problem__gt=0).order_by("first").iterator(chunk_size=4):
        bad = (row for row in chunk.opened if row.fate == "problem" and not row.unread)
        found += [row.line for row in bad if at >= 0 and row.cells[at].strip() == was]
        if len(found) >= most:
            break
    return found[:most]
