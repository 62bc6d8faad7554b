"""The one way an entry is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.utils import timezone

from fedele.journal.acting import acting, gather
from fedele.journal.models import Batch, Entry, Link
from fedele.journal.storing import insert_many, maker

Reaction = Callable[[Entry], None]
_reactions: dict[str, list[Reaction]] = defaultdict(list)
#: In place of a kind: any, when all others have reacted.
_LAST = "*, last"


def on(kind: str, *, last: bool = False) -> Callable[[Reaction], Reaction]:
    """Declares what a department does when something happens elsewhere: `@on("opportunity.won")`, "*" for whatever happens.

    Reactions run inside the transaction of the act; what takes long enqueues a task. `last`, with "*": after all others.
    """

    def declare(reaction: Reaction) -> Reaction:
        _reactions[_LAST if last else kind].append(reaction)
        return reaction

    return declare


def entry_for(
    record: Any, kind: str, *, changes: dict | None = None, data: dict | None = None, at: Any = None
) -> Entry:
    """An unsaved entry signed by whoever is acting."""
    now = acting()
    entry: Entry = _blank()()
    entry.kind, entry.record_type, entry.record_id = f"{record.record_type}.{kind}", record.record_type, record.pk
    entry.title, entry.door, entry.at = title_of(record)[:200], now.door, at or timezone.now()
    entry.actor, entry.batch = now.user, now.batch
    if changes:
        entry.changes = changes
    if data:
        entry.data = data
    return entry


def title_of(record: Any) -> str:
    """What it is called, as far as everybody who reads the journal may know."""
    return str(getattr(record, "entry_title", record))


@cache
def _blank() -> Callable[[], Any]:
    """Every write makes an entry and an import many thousands, all of whose fields are set anyway."""
    return maker(Entry)


def write(record: Any, kind: str, *, changes: dict | None = None, data: dict | None = None) -> Entry:
    """Writes "`kind` happened to `record`", puts it on the timelines it concerns, and lets others react."""
    entry = entry_for(record, kind, changes=changes, data=data)
    entry.save(force_insert=True)
    gather([entry])
    links = links_of(record, entry)
    if links:
        Link.objects.bulk_create(links)
    react_to(entry)
    return entry


def react_to(entry: Entry) -> None:
    for reaction in (*_reactions[entry.kind], *_reactions["*"], *_reactions[_LAST]):
        reaction(entry)


def write_many(pairs: Iterable[tuple[Any, Entry]], *, react: bool = False, linked: bool = True) -> list[Entry]:
    """Writes prepared entries in bulk. Reactions run only when asked for: an import announces itself once.

    `linked=False` keeps them off the timelines of other records, where what was done is told in one entry.
    """
    pairs = list(pairs)
    entries = [entry for _, entry in pairs]
    insert_many(Entry, entries)
    gather(entries)
    if linked:
        insert_many(Link, [link for record, entry in pairs for link in links_of(record, entry)])
    if react:
        for entry in entries:
            react_to(entry)
    return entries


def links_of(record: Any, entry: Entry) -> list[Link]:
    return [
        Link(entry=entry, record_type=record_type, record_id=record_id, at=entry.at)
        for record_type, record_id in record.timelines()
    ]


def open_batch(kind: str, *, record_type: str = "", title: str = "", data: dict | None = None) -> Batch:
    return Batch.objects.create(
        kind=kind, record_type=record_type, title=title[:200], actor=acting().user, data=data or {}
    )
