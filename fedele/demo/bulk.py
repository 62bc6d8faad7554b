"""Many rows into the database: a few in a transaction with everything else, many without indexes and block by block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from fedele.billing.models import Dispute, OpenItem
from fedele.demo import indexes
from fedele.demo.making import Made, in_order
from fedele.demo.sheets import COLUMNS
from fedele.demo.stores import Constants, put
from fedele.journal.models import Batch, Entry, Link
from fedele.people.models import Agreement, Company, Contact, Lead, Observation, Role
from fedele.sales.models import Opportunity
from fedele.search.engines import engine
from fedele.search.models import Document, Word

#: Models whose tables the blocks fill.
MODELS: tuple[Any, ...] = (
    Batch, Company, Contact, Role, Lead, Opportunity, Observation, Agreement, Dispute, OpenItem, Entry, Link, Document,
)  # fmt: skip

#: (what is being done, how much of it is done, of how much)
Progress = Callable[[str, int, int], None]
#: Makes the block of that number, for a vendor and with the constant columns: making.make is one.
Maker = Callable[[str, Constants, int], Made]


def constants() -> Constants:
    """The columns no block fills, with the default of their field."""
    found = {}
    for model in MODELS:
        columns = COLUMNS[model._meta.db_table]
        rest = [field for field in model._meta.concrete_fields if field.column not in columns and not field.null]
        values = {field.column: field.get_default() for field in rest if not field.primary_key}
        found[model._meta.db_table] = tuple((name, "{}" if value == {} else value) for name, value in values.items())
    return found


def load_few(maker: Maker, blocks: int, tell: Progress) -> Counter[str]:
    """Inside the caller's transaction. Returns how many rows went into each table."""
    counts, words = _put_all(maker, blocks, tell)
    engine().learn(words)
    _count_on()
    return counts


def load_many(maker: Maker, blocks: int, tell: Progress) -> Counter[str]:
    """Each block in a transaction of its own. The indexes, that of search too, are built in one pass afterwards."""
    document = Document._meta.db_table
    tables = [table for table in COLUMNS if table != document]
    words: Counter[str] = Counter()
    with indexes.loading(connection):
        indexes.drop_indexes(connection, document)
        try:
            with indexes.without_indexes(connection, tables, tell):
                counts, words = _put_all(maker, blocks, tell)
        finally:
            tell("search", 0, 1)
            _index_for_search(words)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        tell("search", 1, 1)
    _count_on()
    return counts


def _put_all(maker: Maker, blocks: int, tell: Progress) -> tuple[Counter[str], Counter[str]]:
    counts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    same = constants()
    for number, made in enumerate(in_order(partial(maker, connection.vendor, same), blocks)):
        tell("rows", number, blocks)
        with transaction.atomic():
            put(connection, made.packed, same)
        words.update(made.words)
        counts.update(made.counts)
    tell("rows", blocks, blocks)
    return counts, words


def _index_for_search(words: Counter[str]) -> None:
    """The documents are there; this adds what the engine builds over them, and the vocabulary."""
    Word.objects.all().delete()
    Word.objects.bulk_create((Word(word=word, documents=many) for word, many in sorted(words.items())), batch_size=2000)
    with indexes.more_memory(connection):
        if connection.vendor == "sqlite":
            engine().optimise()
        else:
            engine().install()


def _count_on() -> None:
    """Ids were given by hand; the database's own go on behind them."""
    for statement in connection.ops.sequence_reset_sql(no_style(), MODELS):
        with connection.cursor() as cursor:
            cursor.execute(statement)
