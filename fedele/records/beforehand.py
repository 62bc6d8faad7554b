"""What a page knows of a record before it asks: of each thing that is nearly always missing, whether there is any.

The statement that reads the record for its page asks along, for each thing with an EXISTS that ends at the first row of an index.
What is not there then costs the page no statement of its own. Whether this user may see it is still asked by who shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef
from django.db.models.expressions import RawSQL

from fedele.records.adding import is_wide
from fedele.records.declare import RecordType, Related
from fedele.records.registry import registry

#: In place of a key: the pages of all record types.
EVERY = "*"
_PREFIX = "_has_"

_asking: dict[str, list[Callable[[RecordType], dict[str, Any]]]] = defaultdict(list)


def asks_beforehand(*keys: str) -> Callable[[Any], Any]:
    """A function of the record type that answers {name: condition with OuterRef to the record}.

    Asked once in the life of the process, so it may hang on neither the moment nor the user.
    """

    def declare(asked: Any) -> Any:
        for key in keys:
            _asking[key].append(asked)
        return asked

    return declare


def asked_beforehand(record_type: RecordType) -> dict[str, Any]:
    """What a QuerySet of its records is to be annotated with."""
    return {name: RawSQL(sql, params, BooleanField()) for name, sql, params in _compiled(record_type.key)}  # noqa: S611


@cache
def _compiled(key: str) -> tuple[tuple[str, str, tuple[Any, ...]], ...]:
    """As SQL: putting it together takes longer than the database takes to answer it."""
    record_type = registry.by_key(key)
    asked = [one(record_type) for one in (*_asking.get(EVERY, ()), *_asking.get(key, ()))]
    named = {f"{_PREFIX}{name}": condition for some in asked for name, condition in some.items()}
    query = record_type.model.objects.annotate(**named).query
    compiler = query.get_compiler(connection=connection)
    compiled = ((name, compiler.compile(query.annotations[name])) for name in named)
    return tuple((name, sql, tuple(params)) for name, (sql, params) in compiled)


def may_have(record: Any, name: str) -> bool:
    """False when it is known that there is none; a record that was read for no page may have all, and so may a group."""
    return is_wide(record) or bool(record.__dict__.get(f"{_PREFIX}{name}", True))


@asks_beforehand(EVERY)
def related(record_type: RecordType) -> dict[str, Any]:
    """Living records of the blocks of its page, by `related_name`."""
    found = {}
    for one in record_type.page.blocks:
        if isinstance(one, Related):
            pointing = registry.by_key(one.record_type).model.objects.filter(trashed_at=None)
            found[related_name(one.record_type, one.by)] = Exists(pointing.filter(**{one.by: OuterRef("pk")}))
    return found


def related_name(key: str, by: str) -> str:
    return f"{key}_by_{by}"
