"""Brings a file in: batch after batch, each with its journal, its index entries and its place in the file, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.base.memory import uncollected
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.journal.writing import open_batch
from fedele.records.exchange.bringing import bring, count
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.checked import Chunk
from fedele.records.exchange.giving import tell_owners
from fedele.records.exchange.intake import Intake, reader_of  # noqa: F401 (who closes open items reads rows as well)
from fedele.records.exchange.mapping import remember
from fedele.records.exchange.models import Import
from fedele.records.exchange.provenance import vendor_of
from fedele.records.reading import UnreadableFile
from fedele.records.registry import registry
from fedele.tasks.counting import COUNT_LABELS
from fedele.tasks.jobs import job
from fedele.tasks.progress import Progress, progress_ended

#: Rows that stand or fall together. A process killed in between goes on after the last batch that was stored.
BATCH = 1_000
#: Rows of each kind that the check shows.
SHOWN = 100


COUNT_LABELS["possible_duplicates"] = gettext_lazy("Possible duplicates")
COUNT_LABELS["left_out"] = gettext_lazy("Left out")


class Overtaken(Exception):
    """Somebody else is bringing the same file in."""


def batches(rows: Iterator[Any], after: int) -> Iterator[list[Any]]:
    """Rows beyond line `after`, in batches."""
    rest = (row for row in rows if row.line > after) if after else rows
    while some := list(islice(rest, BATCH)):
        yield some


class Check:
    """What bringing the file in would do, found out without doing it."""

    def __init__(self, source: Import, table: Any, *, most: int = SHOWN, applies_rules: bool = False) -> None:
        self.counts: Counter[str] = Counter()
        self._most = most
        #: The first rows of each fate.
        self.shown: dict[str, list[Candidate]] = {}
        self.intake = Intake(source, table, applies_rules=applies_rules)
        self.reader = self.intake.reader
        for rows in batches(table.rows(), 0):
            candidates = self.intake.read(rows)
            count(self.counts, candidates)
            for one in candidates:
                kept = self.shown.setdefault(one.fate, [])
                if len(kept) < most:
                    kept.append(one)

    def rows(self, *fates: str) -> list[Candidate]:
        """The first rows of these fates, in the order of the file; of all when none is named."""
        found = [one for fate, kept in self.shown.items() if not fates or fate in fates for one in kept]
        return sorted(found, key=lambda one: one.line)[: self._most]

    @property
    def named(self) -> list[tuple[Any, int]]:
        """(record type, how many) of records that would be made because rows name them."""
        finders: list[Any] = [column.find for column in self.reader.columns if column.find]
        named = [*finders, *self.reader.companions]
        return [(one.record_type, len(one.new_names)) for one in named if one.new_names]


def start(source: Import, *, tell: bool = False) -> Progress | None:
    """Brings the file in with a job, and remembers the mapping for the next file with these headers.

    None when somebody has already started it.
    """
    with transaction.atomic():
        if not Import.objects.filter(pk=source.pk, state=Import.State.DRAFT).update(state=Import.State.RUNNING):
            return None
        table = source.open()
        vendor = vendor_of(source)
        remember(registry.by_key(source.record_type), table.headers, source.mapping, source.constants, vendor)
        source.batch = open_batch(
            "import", record_type=source.record_type, title=source.name, data={"import": source.pk}
        )
        source.state = Import.State.RUNNING
        source.save(update_fields=["batch", "state"])
        return _begin(source, table.row_count, tell)


def go_on(source: Import) -> Progress:
    """Takes up an import that was stopped, after the last row that is in."""
    with transaction.atomic():
        Import.objects.filter(pk=source.pk).update(state=Import.State.RUNNING)
        before = source.progress
        if before is not None and before.resume():
            return before
        return _begin(source, before.total if before else None, bool(before and before.tell_me))


def _begin(source: Import, total: int | None, tell: bool) -> Progress:
    """A job for it, whose page begins at what is in already."""
    progress = Progress.start(
        source.user,
        source.name,
        "import",
        total=total,
        record_type=source.record_type,
        url=f"/import/{source.pk}/result/",
        job=run,
        args=(source.pk, tell),
    )
    Import.objects.filter(pk=source.pk).update(progress=progress)
    return progress


@receiver(progress_ended, sender=Progress)
def follow(progress: Progress, **_kwargs: Any) -> None:
    """An import whose job was cancelled or set aside is not running any more."""
    states = {"cancelled": Import.State.STOPPED, "failed": Import.State.FAILED}
    if progress.kind == "import" and progress.state in states:
        mine = Import.objects.filter(progress=progress, state=Import.State.RUNNING)
        mine.update(state=states[progress.state], finished_at=timezone.now())


@job(retries=3)
def run(progress_id: int, import_id: int, tell: bool = False) -> None:
    with Progress.working(progress_id) as progress:
        source = Import.objects.select_related("user", "batch").get(pk=import_id)
        if source.state == Import.State.FAILED:
            source.state = Import.State.RUNNING
            source.save(update_fields=["state"])
        _take_over(source, progress, tell)
        try:
            with act_as(source.user, door="import", batch=source.batch):
                load(source, progress)
        except UnreadableFile as unreadable:
            progress.fail(unreadable.message)
            return
        except Overtaken:
            progress.fail(_("Somebody else is already importing this file, or undoing its import."))
            return
        progress.finish(url=f"/import/{source.pk}/result/")


def _take_over(source: Import, progress: Progress, tell: bool) -> None:
    """This job is the one to follow; its page begins at what an earlier one brought in."""
    Import.objects.filter(pk=source.pk).update(progress=progress)
    if progress.done == 0:
        counts = {name: n for name, n in source.counts.items() if name != "read"}
        progress.tell_me = progress.tell_me or tell
        Progress.objects.filter(pk=progress.pk).update(
            done=source.counts.get("read", 0), counts=counts, tell_me=progress.tell_me
        )


def load(source: Import, progress: Any = None) -> None:
    """All that is not yet in. The place in the file is stored with the rows it counts, so nothing comes twice.

    The file is read to its end before anything is stored: what cannot be read whole does not come in by half.
    """
    table = source.open()
    intake = Intake(source, table)
    rows = sum(1 for _row in table.rows())
    if progress is not None:
        Progress.objects.filter(pk=progress.pk).update(total=rows)
    for some in batches(table.rows(), source.reached):
        with transaction.atomic(), uncollected():
            _load_batch(source, intake, some, progress)
    with transaction.atomic():
        source.state, source.finished_at = Import.State.DONE, timezone.now()
        source.save(update_fields=["state", "finished_at"])
        _announce(source)
        tell_owners(source)
        Chunk.objects.filter(source=source).delete()


def _load_batch(source: Import, intake: Intake, rows: list[Any], progress: Any) -> None:
    stored = Import.objects.select_for_update().only("reached", "state").get(pk=source.pk)
    if stored.reached != source.reached or stored.state != Import.State.RUNNING:
        raise Overtaken
    candidates = intake.read(rows)
    more: Counter[str] = Counter()
    count(more, candidates)
    bring(source, intake.reader, candidates, intake.digest)
    counts = dict(more + Counter(source.counts))
    Import.objects.filter(pk=source.pk).update(reached=rows[-1].line, counts=counts, given=source.given)
    if progress is not None:
        progress.advance(more.pop("read"), **more)
    source.reached, source.counts = rows[-1].line, counts


def _announce(source: Import) -> None:
    """Once for all its rows: reactions and the audit hear of the file, not of a hundred thousand records."""
    Entry.objects.create(
        kind="list.imported",
        record_type=source.record_type,
        record_id=0,
        actor=source.user,
        door="import",
        title=source.name,
        data={"import": source.pk, **source.counts},
    )
