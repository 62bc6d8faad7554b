"""Puts the demo company into an empty database: a few hundred customers in a transaction, a million in bulk."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from contextlib import ExitStack
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.models import Counter as NumberCounter
from fedele.demo import (
    agenda,
    bulk,
    consents,
    conversations,
    desk,
    folders,
    hours,
    mail,
    morning,
    papers,
    receivables,
    sayings,
    stage,
)
from fedele.demo.bulk import Progress
from fedele.demo.making import make
from fedele.demo.world import World, numbers_of
from fedele.people.duplicates.queue.searching import search
from fedele.people.lifecycle.nightly import settle_all
from fedele.people.models import Company, Contact, Lead
from fedele.sales.models import Opportunity

RECORDS = (Company, Contact, Lead, Opportunity)
#: From so many customers on, a load commits block by block and builds the indexes afterwards.
LARGE = 10_000
FEWEST, MOST = 100, 1_000_000

#: What the answer calls the rows of each table.
COUNTED = {
    "companies": "people_company", "contacts": "people_contact", "leads": "people_lead",
    "opportunities": "sales_opportunity",
    "entries": "journal_entry",
}  # fmt: skip
ENTRIES = COUNTED["entries"]


class NotEmpty(ValueError):
    """There is something in the database already; the message is for whoever started the load."""


def load(
    customers: int, seed: int = 1, *, today: dt.date | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Fills an empty database with Officine Aurora and `customers` companies: three years that end at `today`.

    `progress` hears ("rows", "indexes" or "search", done, of). Returns how many there are of each, and seconds.
    Raises `NotEmpty`, and other ValueErrors for fewer than 100 or more than 1,000,000 customers.
    """
    if not FEWEST <= customers <= MOST:
        raise ValueError(
            _("The number of customers is between %(least)s and %(most)s.") % {"least": FEWEST, "most": MOST}
        )
    _refuse_unless_empty()
    started = time.monotonic()
    tell = progress or _tell_nobody
    large = customers >= LARGE
    with ExitStack() as stack:
        if not large:
            stack.enter_context(transaction.atomic())
        world = stage.set_up(customers, seed, today or timezone.localdate())
        bulk_load = bulk.load_many if large else bulk.load_few
        counts = bulk_load(partial(make, world), world.blocks, tell)
        _finish(world, counts)
        if not large:
            _find_duplicates()
    loaded = {name: counts[table] for name, table in COUNTED.items()}
    return {**loaded, "seconds": round(time.monotonic() - started, 1)}


def _tell_nobody(_what: str, _done: int, _of: int) -> None:
    pass


def _refuse_unless_empty() -> None:
    for model in RECORDS:
        if model.objects.exists():
            raise NotEmpty(
                _("There are already %(records)s here: the demo company is loaded into an empty database only.")
                % {"records": model._meta.verbose_name_plural}
            )


def _finish(world: World, counts: Counter[str]) -> None:
    """What follows from the rows: the next number is free, and desks are laid out."""
    for model in (Company, Contact, Lead):
        _count_on(model.record_type, 0, counts[model._meta.db_table])
    for year, last in numbers_of(world).last.items():
        _count_on(Opportunity.record_type, year, last)
    _count_on("observation", 0, world.blocks * sayings.SAYINGS_IN_BLOCK)
    _count_on("agreement", 0, world.blocks * sayings.AGREEMENTS_IN_BLOCK)
    _count_on("openitem", 0, world.blocks * receivables.ITEMS_IN_BLOCK)
    for year in range(world.today.year - 3, world.today.year + 1):
        _count_on("dispute", year, world.blocks * receivables.DISPUTES_IN_BLOCK)
    # What colleagues do goes through the doors, some of which lock what they change.
    with transaction.atomic():
        desk.lay_out()
        consents.speak(world.seed)
        counts[ENTRIES] += (
            agenda.fill(world.seed, world.today) + morning.begin(world.today) + papers.file_away(world.today)
        )
        counts[ENTRIES] += hours.set_hours(world.today)
        counts[ENTRIES] += conversations.talk_over(world.today)
        counts[ENTRIES] += folders.fill(world.seed, world.today)
        counts[ENTRIES] += mail.come_in(world.today)
    # Its own column follows from what was loaded past the doors; nothing of it is told.
    settle_all(tell=False, today=world.today)


def _find_duplicates() -> None:
    """So that the queue has work at once."""
    search(lambda _number, **_counts: None)


def _count_on(record_type: str, year: int, last: int) -> None:
    NumberCounter.objects.update_or_create(record_type=record_type, year=year, defaults={"last": last})
