"""Parts of an address: a record type by its slug, an id that a database can hold. What is neither is no address of ours."""

from __future__ import annotations

from django.http import Http404
from django.urls import register_converter

from fedele.records.declare import RecordType
from fedele.records.registry import registry


class RecordTypeConverter:
    regex = "[a-z][a-z0-9-]*"

    def to_python(self, value: str) -> RecordType:
        try:
            return registry.by_slug(value)
        except Http404:
            raise ValueError(value) from None

    def to_url(self, value: RecordType | str) -> str:
        return value if isinstance(value, str) else value.slug


class IdConverter:
    """Positive and small enough for a 64-bit column: a longer number is a missing page, not a failing query."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(RecordTypeConverter, "type")
register_converter(IdConverter, "id")
