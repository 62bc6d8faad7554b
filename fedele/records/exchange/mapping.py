"""Which column goes into which field: by its header in either language, or by what stands in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.utils import timezone, translation

from fedele.records.declare import RecordType
from fedele.records.exchange.models import RememberedMapping
from fedele.records.fields import RecordField, fields_of

#: What a value looks like tells what it is, when nearly all of a sample look so.
LOOKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)),
    ("vat_number", re.compile(r"(?:IT)?\d{11}")),
    ("tax_code", re.compile(r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]", re.IGNORECASE)),
    ("postcode", re.compile(r"\d{5}")),
    ("website", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("phone", re.compile(r"\+?\d[\d ./()-]{6,18}\d")),
)
NEARLY_ALL = 0.8


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


def propose(record_type: RecordType, headers: list[str], sample: list[list[str]], user: Any) -> dict[str, str]:
    """{header: field}: what was chosen for these headers before, else the best guess; a field is given once."""
    remembered = RememberedMapping.objects.filter(record_type=record_type.key, headers=fingerprint(headers)).first()
    fields = writable(record_type, user)
    if remembered:
        return {header: name for header, name in remembered.mapping.items() if header in headers and name in fields}
    found: dict[str, str] = {}
    words = _known_words(record_type, fields)
    for header in headers:
        name = words.get(fold(header))
        if name and name not in found.values():
            found[header] = name
    _add_by_content(headers, sample, fields, found)
    return found


def _known_words(record_type: RecordType, fields: dict[str, RecordField]) -> dict[str, str]:
    words: dict[str, str] = {}
    for name, synonyms in record_type.exchange.synonyms.items():
        for synonym in synonyms:
            words.setdefault(fold(synonym), name)
    for language in ("en", "it"):
        with translation.override(language):
            for name, one in fields.items():
                words[fold(str(one.label))] = name
    for name in fields:
        words[fold(name)] = name
    return {word: name for word, name in words.items() if name in fields}


def _add_by_content(
    headers: list[str], sample: list[list[str]], fields: dict[str, RecordField], found: dict[str, str]
) -> None:
    for at, header in enumerate(headers):
        if header in found:
            continue
        values = [str(row[at]).strip() for row in sample if at < len(row) and str(row[at]).strip()]
        for name, looks in LOOKS:
            if name in fields and name not in found.values() and _nearly_all(looks, values):
                found[header] = name
                break


def _nearly_all(looks: re.Pattern[str], values: list[str]) -> bool:
    return len(values) >= 3 and sum(bool(looks.fullmatch(value)) for value in values) >= NEARLY_ALL * len(values)


def fingerprint(headers: list[str]) -> str:
    return hashlib.sha256("\n".join(map(fold, headers)).encode()).hexdigest()


def remember(record_type: RecordType, headers: list[str], mapping: dict[str, str]) -> None:
    RememberedMapping.objects.update_or_create(
        record_type=record_type.key,
        headers=fingerprint(headers),
        defaults={"mapping": mapping, "used_at": timezone.now()},
    )
