"""What a list shows, read from its address: filters, search, sort, columns, place. And the same as an address again."""

from __future__ import annotations

import datetime as dt
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fedele.base.plain import plain
from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.filtering import (
    MOST_CONDITIONS,
    BadFilter,
    Condition,
    Unknown,
    condition_q,
    parse,
    parse_group,
)
from fedele.records.passages import places_in, said_at
from fedele.records.tally.reading import count_of
from fedele.search.finding import candidates

PAGE = 50
#: A batch, or what of it was made (".new"), or changed (".updated").
BATCH = re.compile(r"\d{1,18}(\.(new|updated))?")
#: Counted exactly up to here; beyond, the page says "over 50,000" and fetches the exact number afterwards.
COUNT_LIMIT = 50_000
#: A search inside a list looks at this many best hits.
SEARCH_LIMIT = 2_000


@dataclass(frozen=True)
class ListQuery:
    record_type: RecordType
    user: Any
    fields: dict[str, RecordField]
    conditions: tuple[Condition, ...] = ()
    groups: tuple[tuple[Condition, ...], ...] = ()
    unknown: tuple[Unknown, ...] = ()
    text: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    after: str = ""
    view: str = ""
    trash: bool = False
    #: Only what one act made or changed: an import, a bulk change.
    batch: str = ""
    size: int = PAGE
    extra: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, record_type: RecordType, user: Any, data: QueryDict | str, *, strict: bool = False) -> Self:
        """From a request's query. Unknown fields are set aside and shown; `strict` (the API) refuses them instead."""
        if isinstance(data, str):
            data = QueryDict(data)
        fields = fields_of(record_type, user)
        conditions, groups, unknown = _conditions(data, fields, user, strict)
        sort = data.get("sort", "")
        if sort and not _sortable(sort, fields):
            if strict:
                raise BadFilter(_("The list cannot be sorted by “%(name)s”.") % {"name": sort})
            sort = ""
        columns = tuple(name for name in data.get("cols", "").split(",") if name in fields)
        return cls(
            record_type=record_type,
            user=user,
            fields=fields,
            conditions=conditions,
            groups=groups,
            unknown=unknown,
            text=data.get("q", "").replace("\x00", "").strip()[:200],
            sort=sort,
            columns=columns,
            after=data.get("after", ""),
            view=data.get("view", ""),
            trash=data.get("trash") == "1",
            batch=data.get("batch", "") if BATCH.fullmatch(data.get("batch", "")) else "",
            size=_size(data.get("size", ""), strict),
        )

    # --- as an address ---

    def pairs(self) -> list[tuple[str, str]]:
        pairs = [("view", self.view)] if self.view else []
        pairs += [("f", str(condition)) for condition in self.conditions]
        pairs += [("any", "|".join(map(str, group))) for group in self.groups]
        pairs += [
            (name, value)
            for name, value in (("q", self.text), ("sort", self.sort), ("cols", ",".join(self.columns)))
            if value
        ]
        if self.view and not (self.conditions or self.groups):
            pairs.append(("edited", "1"))
        if self.batch:
            pairs.append(("batch", self.batch))
        return pairs + ([("trash", "1")] if self.trash else [])

    @property
    def address(self) -> str:
        return urlencode(self.pairs())

    def address_with(self, **changes: Any) -> str:
        return replace(self, after="", **changes).address

    def without(self, condition: Condition) -> str:
        """The address without one of the conditions."""
        return self.address_with(conditions=tuple(other for other in self.conditions if other is not condition))

    @property
    def is_filtered(self) -> bool:
        return bool(self.conditions or self.groups or self.text or self.batch)

    # --- as a query ---

    @cached_property
    def q(self) -> Q:
        q = Q()
        for condition in self.conditions:
            q &= condition_q(condition, self.user)
        for group in self.groups:
            any_of = Q()
            for condition in group:
                any_of |= condition_q(condition, self.user)
            q &= any_of
        return q

    def records(self, right: str = "view") -> Any:
        """All records the list stands for, in no order and on no page."""
        objects = self.record_type.model.objects
        found = objects.in_trash_of(self.user) if self.trash else objects.visible_to(self.user, right)
        if self.conditions or self.groups:
            found = found.filter(self.q)
        if self.text:
            found = found.filter(pk__in=self._hits)
        if self.batch:
            found = found.filter(pk__in=self._touched.values("record_id"))
        return found

    @property
    def _touched(self) -> Any:
        """Entries of the batch; only of what it made, or only of what it changed."""
        number, _dot, part = self.batch.partition(".")
        touched = Entry.objects.filter(batch_id=int(number), record_type=self.record_type.key)
        made = touched.filter(kind=f"{self.record_type.key}.created")
        if part == "updated":
            return touched.exclude(record_id__in=made.values("record_id"))
        return made if part == "new" else touched

    @cached_property
    def _hits(self) -> list[int]:
        """Best hits among what this user may see."""
        key = self.record_type.key
        if self.trash or self.user.rights.reach(key) == "all":
            own = candidates(self.text, key, limit=SEARCH_LIMIT)
        else:
            visible = self.record_type.model.objects.visible_to(self.user).order_by().values("pk")
            own = candidates(self.text, key, limit=SEARCH_LIMIT, within=visible)
        return [*own, *self._places]

    @cached_property
    def _places(self) -> dict[int, int]:
        """Records in whose long texts it stands, and where."""
        return {} if self.trash else places_in(self.record_type.key, self.user, self.text, SEARCH_LIMIT)

    def said(self, ids: list[int]) -> dict[int, str]:
        """Of records found by their long texts the words around what was found."""
        places = {pk: self._places[pk] for pk in ids if pk in self._places} if self.text else {}
        return said_at(self.record_type.key, self.text, places)

    @property
    def order(self) -> tuple[RecordField, bool]:
        """The field the list is sorted by, and whether downwards."""
        name = self.sort or self.record_type.listing.order
        field = self.fields.get(name.lstrip("-")) or self.fields["updated_at"]
        return field, name.startswith("-")

    def page(self, *, paths: tuple[str, ...]) -> tuple[list[tuple[Any, ...]], str]:
        """One page of tuples (id, sort value, …paths), and the cursor of the next page or "" at the end."""
        field, down = self.order
        records = self.records()
        if self.after:
            records = records.filter(_past(field, down, self.after))
        sign = "-" if down else ""
        records = records.order_by(f"{sign}{field.path}", f"{sign}pk")
        rows = list(records.values_list("pk", field.path, *paths)[: self.size + 1])
        more = len(rows) > self.size
        return rows[: self.size], cursor(rows[self.size - 1][1], rows[self.size - 1][0]) if more else ""

    def count(self, limit: int | None = COUNT_LIMIT) -> int:
        """How many there are: from the kept totals, or counted; counted, `limit + 1` means "more than limit"."""
        kept = count_of(self)
        if kept is not None:
            return kept
        records = self.records().order_by()
        return records.values("pk")[: limit + 1].count() if limit else records.count()

    def says_more_than(self, count: int) -> bool:
        """Is `count` only a lower bound?"""
        return count == COUNT_LIMIT + 1 and count_of(self) is None

    @property
    def shown(self) -> list[RecordField]:
        """The fields of the columns, in their order."""
        names = self.columns or self.record_type.listing.columns
        return [self.fields[name] for name in names if name in self.fields]


def _size(text: str, strict: bool) -> int:
    if not text:
        return PAGE
    if text.isdecimal() and 1 <= int(text[:6]) <= 200:
        return int(text)
    if strict:
        raise BadFilter(_("A page has from 1 to 200 rows."))
    return PAGE


def _sortable(sort: str, fields: dict[str, RecordField]) -> bool:
    field = fields.get(sort.removeprefix("-"))
    return field is not None and field.sortable


def _conditions(data: QueryDict, fields: dict[str, RecordField], user: Any, strict: bool) -> tuple[Any, Any, Any]:
    conditions, groups, unknown = [], [], []
    for text in data.getlist("f")[:MOST_CONDITIONS]:
        try:
            condition = parse(text, fields)
            condition_q(condition, user)
            conditions.append(condition)
        except BadFilter as error:
            if strict:
                raise
            unknown.append(Unknown(text, error.message))
    for text in data.getlist("any")[:MOST_CONDITIONS]:
        try:
            group = parse_group(text, fields)
            for condition in group:
                condition_q(condition, user)
            groups.append(group)
        except BadFilter as error:
            if strict:
                raise
            unknown.append(Unknown(text, error.message))
    return tuple(conditions), tuple(group for group in groups if group), tuple(unknown)


# --- keyset paging: the place in a list is the last row seen, so page 1,000 costs what page 1 does -------------------


#: Larger than any id, and than any amount, that a database holds.
BEYOND_IDS, MOST = 2**63, Decimal(10) ** 12


def cursor(value: Any, key: int) -> str:
    return urlsafe_b64encode(json.dumps([plain(value), key]).encode()).decode().rstrip("=")


def _past(field: RecordField, down: bool, after: str) -> Q:
    path, (value, key) = field.path, _place(field, after)
    beyond, tie = ("lt", "lt") if down else ("gt", "gt")
    if value is None:
        return _past_nothing(path, down, key)
    further = Q(**{f"{path}__{beyond}": value}) | Q(**{path: value, f"pk__{tie}": key})
    # The first term alone lets the index find the place; the second settles ties.
    beyond_all = Q(**{f"{path}__isnull": True}) if _nulls_come_after(down) else Q(pk__in=[])
    return Q(**{f"{path}__{beyond}e": value}) & further | beyond_all


def _place(field: RecordField, after: str) -> tuple[Any, int]:
    """(value, id) of the last row seen. It comes from an address: BadFilter for what no row can be."""
    try:
        value, key = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if value is not None:
            if not isinstance(value, str | int | float) or "\x00" in str(value):
                raise ValueError(value)
            str(value).encode()
            value = field.field.to_python(value)
        if not _is_storable(value) or type(key) is not int or not 0 < key < BEYOND_IDS:
            raise ValueError(key)
    except (ValueError, TypeError, ArithmeticError, RecursionError, ValidationError):
        raise BadFilter(_("This page of the list does not exist.")) from None
    return value, key


def _is_storable(value: Any) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < MOST
    if isinstance(value, dt.datetime):
        return timezone.is_aware(value)
    return not isinstance(value, int) or abs(value) < BEYOND_IDS


def _past_nothing(path: str, down: bool, key: int) -> Q:
    tie = Q(**{f"{path}__isnull": True, f"pk__{'lt' if down else 'gt'}": key})
    return tie if _nulls_come_after(down) else tie | Q(**{f"{path}__isnull": False})


def _nulls_come_after(down: bool) -> bool:
    """PostgreSQL sorts missing values as the largest, SQLite as the smallest."""
    from django.db import connection

    return (connection.vendor == "postgresql") is not down
