"""What a column holds, told by what is in it when its heading does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fedele.people.duplicates.engine.addresses import is_street
from fedele.people.duplicates.engine.company_names import company_words
from fedele.people.duplicates.engine.letters import words
from fedele.people.duplicates.engine.personal_names import is_given_name
from fedele.people.identity.provinces import PROVINCES

_SHAPES = (
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)),
    ("tax_code", re.compile(r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]", re.IGNORECASE)),
    ("website", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("born", re.compile(r"(?:19|20)\d\d[-/.]?[01]\d[-/.]?[0-3]\d|[0-3]?\d[-/.][01]?\d[-/.](?:19|20)\d\d")),
    ("vat", re.compile(r"(?:IT)?\d{11}", re.IGNORECASE)),
    ("postcode", re.compile(r"\d{5}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)),
    ("phone", re.compile(r"(?:\+|00)?[\d(][\d ()./-]{6,18}\d")),
)
#: So many of the filled cells must look alike.
_ENOUGH = 0.7


def content_of(values: Sequence[str]) -> str:
    """The field a column's values look like; empty when they look like nothing known."""
    filled = [value.strip() for value in values if value.strip()]
    if len(filled) < 2:
        return ""
    for field, shape in _SHAPES:
        if _share(shape.fullmatch(value) for value in filled) >= _ENOUGH:
            return field
    if _share(value.upper() in PROVINCES for value in filled) >= _ENOUGH:
        return "province"
    if _share(is_street(value) for value in filled) >= _ENOUGH:
        return "street"
    if _share(_is_person(value) for value in filled) >= 0.5:
        return "name"
    if _share(bool(company_words(value)[1]) for value in filled) >= 0.3:
        return "company"
    if _share(is_known_given(value) for value in filled) >= 0.5:
        return "given"
    return ""


def are_people(values: Sequence[str]) -> bool:
    """Whether names in a column are of people: known given names in them, and hardly a legal form."""
    filled = [value for value in values if value.strip()]
    forms = _share(bool(company_words(value)[1]) for value in filled)
    return forms < 0.1 and _share(_is_person(value) for value in filled) >= 0.4


def is_known_given(value: str) -> bool:
    found = words(value)
    return bool(found) and is_given_name(found[0])


def _is_person(value: str) -> bool:
    found = words(value)
    return 2 <= len(found) <= 4 and any(is_given_name(word) for word in (found[0], found[-1]))


def _share(tests: object) -> float:
    results = [bool(one) for one in tests]  # type: ignore[attr-defined]
    return sum(results) / len(results) if results else 0.0
