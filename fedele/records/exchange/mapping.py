"""Which fields a file may set, and the columns of files as they were understood before."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.utils import timezone

from fedele.records.declare import RecordType
from fedele.records.exchange.models import RememberedMapping
from fedele.records.fields import RecordField, fields_of


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A header without case, accents, punctuation: "P. IVA " and "p.iva" are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]+", " ", "".join(one for one in plain if not unicodedata.combining(one))).strip()


def writable(record_type: RecordType, user: Any) -> dict[str, RecordField]:
    """The fields a file may set: those of the form, what the declaration adds, the number that tells a record."""
    also = {*record_type.exchange.also, record_type.exchange.key}
    return {name: one for name, one in fields_of(record_type, user).items() if one.editable or name in also}


def needed(record_type: RecordType, user: Any) -> list[RecordField]:
    """Fields without which no new record is made."""
    return [
        one
        for one in writable(record_type, user).values()
        if one.required and one.editable and not getattr(one.field, "null", False)
    ]


def fingerprint(headers: list[str]) -> str:
    return hashlib.sha256("\n".join(map(fold, headers)).encode()).hexdigest()


def remember(
    record_type: RecordType,
    headers: list[str],
    mapping: dict[str, Any],
    constants: dict[str, str] | None = None,
    vendor: str = "",
) -> None:
    """For the next file with these headers, and the next one of this vendor."""
    told = {"mapping": mapping, "constants": constants or {}, "used_at": timezone.now()}
    RememberedMapping.objects.update_or_create(
        record_type=record_type.key,
        headers=fingerprint(headers),
        defaults={**told, **({"vendor": vendor[:200]} if vendor else {})},
    )
