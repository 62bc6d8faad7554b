"""Puts the demo company into an empty database: a few hundred customers in a transaction, a million in bulk."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.models import Counter as NumberCounter
from fedele.demo import desk, indexes, stage
from fedele.demo.making import blocks
from fedele.demo.sheets import COLUMNS
from fedele.demo.stores import Constants, put
from fedele.demo.world import BLOCK, World, numbers_of
from fedele.people.models import Company, Contact, Lead
from fedele.sales.models import Opportunity
from fedele.search.engines import engine
from fedele.search.models import Word

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

Progress = Callable[[str, int, int], None]


class NotEmpty(ValueError):
    """There is something in the database already; the message is for whoever started the load."""


def load(
    customers: int, seed: int = 1, *, today: dt.date | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Fills an empty database with Officine Aurora and `customers` companies: three years that end at `today`.

    `progress` hears ("customers" or "indexes" or "search", done, of). Returns how many there are of each, and seconds.
    Raises `NotEmpty`, and other ValueErrors for fewer than 100 or more than 1,000,000 customers.
    """
    if not FEWEST <= customers <= MOST:
        raise ValueError(
            _("The number of customers is between %(least)s and %(most)s.") % {"least": FEWEST, "most": MOST}
        )
    _refuse_unless_empty()
    started = time.monotonic()
    tell = progress or (lambda _what, _done, _of: None)
    large = customers >= LARGE
    with ExitStack() as stack:
        if not large:
            stack.enter_context(transaction.atomic())
        world = stage.set_up(customers, seed, today or timezone.localdate())
        counts = _load_large(world, tell) if large else _load_small(world, tell)
        _finish(world, counts)
    loaded = {name: counts[table] for name, table in COUNTED.items()}
    return {**loaded, "seconds": round(time.monotonic() - started, 1)}


def _refuse_unless_empty() -> None:
    for model in RECORDS:
        if model.objects.exists():
            raise NotEmpty(
                _("There are already %(records)s here: the demo company is loaded into an empty database only.")
                % {"records": model._meta.verbose_name_plural}
            )


def _load_small(world: World, tell: Progress) -> Counter[str]:
    counts, words = _put_blocks(world, tell)
    engine().learn(words)
    return counts


def _load_large(world: World, tell: Progress) -> Counter[str]:
    """Without indexes first. The search index is filled in one pass, which is what rebuilding it does."""
    with indexes.loading(connection):
        with indexes.without_indexes(connection, COLUMNS, tell):
            indexes.drop_triggers(connection, "search_document")
            counts, words = _put_blocks(world, tell)
        tell("search", 0, 1)
        Word.objects.all().delete()
        Word.objects.bulk_create(
            (Word(word=word, documents=many) for word, many in sorted(words.items())), batch_size=2000
        )
        engine().optimise() if connection.vendor == "sqlite" else engine().install()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        tell("search", 1, 1)
    return counts


def _put_blocks(world: World, tell: Progress) -> tuple[Counter[str], Counter[str]]:
    counts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    constants = _constants()
    for number, (packed, words_of_block, made) in enumerate(blocks(world, connection.vendor, constants)):
        tell("customers", number * BLOCK, world.customers)
        with transaction.atomic():
            put(connection, packed, constants)
        words.update(words_of_block)
        counts.update(made)
    tell("customers", world.customers, world.customers)
    return counts, words


def _constants() -> Constants:
    """The columns no block fills, with the default of their field."""
    found = {}
    for model in stage.MODELS:
        table = model._meta.db_table
        rest = [field for field in model._meta.concrete_fields if field.column not in COLUMNS[table] and not field.null]
        found[table] = tuple(
            (field.column, "{}" if field.get_default() == {} else field.get_default())
            for field in rest
            if not field.primary_key
        )
    return found


def _finish(world: World, counts: Counter[str]) -> None:
    """What follows from the rows: the next number is free, sequences go on behind the last id, desks are laid out."""
    for model in (Company, Contact, Lead):
        _count_on(model.record_type, 0, counts[model._meta.db_table])
    for year, last in numbers_of(world).last.items():
        _count_on(Opportunity.record_type, year, last)
    for statement in connection.ops.sequence_reset_sql(no_style(), stage.MODELS):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    desk.lay_out()


def _count_on(record_type: str, year: int, last: int) -> None:
    NumberCounter.objects.update_or_create(record_type=record_type, year=year, defaults={"last": last})
