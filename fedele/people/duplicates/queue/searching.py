"""The search of the whole archive: started by hand as a job to watch, and by itself at night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.notices.telling import tell
from fedele.people.duplicates.queue.looking import made, stale, worth_asking
from fedele.people.duplicates.queue.models import ArchiveSearch, FoundBy, Proposal, PutOff
from fedele.people.duplicates.queue.proposing import Alike, no_longer, propose
from fedele.people.duplicates.queue.seeing import TYPES
from fedele.people.duplicates.scanning import scan
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress

#: Open proposals looked at again at a time.
CHUNK = 500
#: How long it is remembered when the archive was searched.
KEPT = timedelta(days=90)

Advance = Callable[..., None]


def may_search(user: Any) -> bool:
    """Who may change all customers, whosever they are."""
    return all(user.rights.reach(key, "edit") == "all" for key in TYPES)


def last() -> ArchiveSearch | None:
    return ArchiveSearch.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()


def start(user: Any) -> Progress:
    """Begins a search; whoever asks while one of theirs is running is shown that one."""
    running = Progress.objects.of(user).open().filter(kind="duplicates").first()
    if running is not None:
        return running
    title, total = _("Search of the archive for duplicates"), sum(_count(key) for key in TYPES)
    return Progress.start(user, title, "duplicates", total=total, url="/duplicates/", job=run)


def _count(key: str) -> int:
    return int(registry.by_key(key).model.objects.filter(trashed_at=None).count())


@job()
def run(progress_id: int) -> None:
    """Taken up again after an interruption it goes through the archive once more: nothing is proposed twice."""
    with Progress.working(progress_id) as progress:
        before = progress.done

        def advance(n: int, **counts: int) -> None:
            # What was gone through before the interruption is counted already.
            nonlocal before
            known = min(n, before)
            before -= known
            progress.advance(n - known, **counts)

        counts = search(advance, progress.user)
        progress.finish(counts=counts)


@job(retries=2)
def nightly() -> None:
    """At night, and whoever looks after the archive is told when something was found."""
    counts = search(lambda _n, **_counts: None)
    _tidy()
    if counts["new"]:
        from django.contrib.auth import get_user_model

        people = get_user_model().objects.filter(is_active=True, roles__key__in=("office", "director")).distinct()
        for user in people:
            tell(user, "duplicates.found", url="/duplicates/", data={"count": counts["new"]})


def _tidy() -> None:
    """Groups put off till today are back in the queue; of the searches of long ago nobody asks."""
    now = timezone.now()
    PutOff.objects.filter(until__lt=now).delete()
    ArchiveSearch.objects.filter(started_at__lt=now - KEPT).delete()


def search(advance: Advance, user: Any = None) -> dict[str, int]:
    """Proposes all that is alike in the archive, takes out what is not alike any more, keeps what was decided."""
    done = ArchiveSearch.objects.create(user=user)
    counts = Counter(new=0, known=0, decided=0, gone=0)
    for pairs, number in _chunks():
        with transaction.atomic():
            found = propose(worth_asking(pairs), FoundBy.SCAN)
            counts.update(new=found.new, known=found.known, decided=found.decided)
            advance(number, new=found.new)
    counts["gone"] = _take_out_stale(done.started_at)
    done.counts, done.finished_at = dict(counts), timezone.now()
    done.save(update_fields=["counts", "finished_at"])
    return done.counts


def _chunks() -> Iterator[tuple[list[Alike], int]]:
    """(pairs, how many records more were gone through)."""
    heard = told = 0

    def hear(done: int, _total: int) -> None:
        nonlocal heard
        heard = done

    for pairs in scan(hear):
        yield [made(pair.a, pair.b, pair.match) for pair in pairs], heard - told
        told = heard
    yield [], heard - told


def _take_out_stale(since: Any) -> int:
    gone, after = 0, 0
    while True:
        unseen = Proposal.objects.open().filter(seen_at__lt=since, pk__gt=after).order_by("pk")[:CHUNK]
        listed = list(unseen)
        if not listed:
            return gone
        after = listed[-1].pk
        gone += no_longer(stale(listed))
