"""All declared record types, by key (`opportunity`) and by the slug of their addresses (`opportunities`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.http import Http404
from django.utils.functional import lazy
from django.utils.text import capfirst as capitalised

from fedele.records.declare import RecordType
from fedele.ui import menu

T = TypeVar("T", bound=type[RecordType])


class Registry:
    def __init__(self) -> None:
        self._by_key: dict[str, RecordType] = {}
        self._by_slug: dict[str, RecordType] = {}

    def add(self, record_type: RecordType) -> None:
        record_type.slug = record_type.slug or str(record_type.model.__name__).lower() + "s"
        self._by_key[record_type.key] = record_type
        self._by_slug[record_type.slug] = record_type

    def by_key(self, key: str) -> RecordType:
        return self._by_key[key]

    def by_slug(self, slug: str) -> RecordType:
        try:
            return self._by_slug[slug]
        except KeyError:
            raise Http404 from None

    def get(self, key: str) -> RecordType | None:
        return self._by_key.get(key)

    def of(self, record: object) -> RecordType:
        return self._by_key[record._meta.model_name]  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[RecordType]:
        return iter(self._by_key.values())

    def __contains__(self, key: str) -> bool:
        return key in self._by_key


registry = Registry()


def capfirst(label: object) -> object:
    """Capitalised when it is shown, in the language it is shown in."""
    return _lazy_capfirst(label)


_lazy_capfirst = lazy(lambda label: capitalised(str(label)), str)


def register(declaration: T) -> T:
    """Makes every door of a record type, and its line in the menu."""
    record_type = declaration()
    registry.add(record_type)
    new = (f"n {record_type.letter}", record_type.new_label, record_type.url() + "new/")
    menu.entry(
        record_type.section,
        record_type.slug,
        capfirst(record_type.plural),
        record_type.url(),
        record_type.icon,
        keys=f"g {record_type.letter}",
        right=("view", record_type.key),
        create=new if record_type.creatable else None,
        order=record_type.menu_order,
    )
    return declaration
