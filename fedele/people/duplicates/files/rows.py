"""Rows of a file as identities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fedele.people.duplicates.engine import ORGANISATION, PERSON, Identity
from fedele.people.identity.personal_names import split_name
from fedele.records.reading import Table

_PLAIN = (
    "given", "surname", "company", "vat", "tax_code", "street", "house", "locality", "postcode", "city", "province", "country",
    "born", "website",
)  # fmt: skip


class Ref(NamedTuple):
    """What a row is called in the answer: the value of the column "ref", else its line; and the line of the file."""

    name: str | int
    line: int


def identities(table: Table, columns: Mapping[str, str]) -> Iterator[Identity]:
    """One for each sound row; its `ref` is a Ref."""
    places = [(at, columns[header]) for at, header in enumerate(table.headers) if header in columns]
    for row in table.rows():
        if not row.problem:
            yield _identity(places, row.cells, row.line)


def _identity(places: Sequence[tuple[int, str]], cells: Sequence[Any], line: int) -> Identity:
    values: dict[str, str] = {}
    emails, phones, ids = [], [], {}
    for at, field in places:
        value = _text(cells[at])
        if not value:
            continue
        if field == "email":
            emails += value.replace(";", " ").replace(",", " ").split()
        elif field == "phone":
            phones.append(value)
        elif field.startswith("id"):
            ids[field.partition(":")[2] or "number"] = value
        else:
            values[field] = value
    given, surname = _names(values)
    is_person = bool(given or surname) or not values.get("company")
    found = Identity(
        PERSON if is_person else ORGANISATION,
        Ref(values.get("ref") or line, line),
        emails=emails,
        phones=phones,
        ids=ids,
    )
    for field in _PLAIN:
        if value := values.get(field):
            setattr(found, field, value)
    found.given, found.surname = given, surname
    return found


def _names(values: dict[str, str]) -> tuple[str, str]:
    given, surname = values.get("given", ""), values.get("surname", "")
    whole = values.get("name", "")
    if given or surname or not whole:
        return given, surname
    return split_name(whole)


#: What programs write where there is nothing.
_NOTHING = frozenset(("nan", "none", "null", "n/a", "na", "-", "--", "?", "n.d.", "nd", "unknown", "\\n"))


def _text(cell: Any) -> str:
    text = str(cell).strip() if cell is not None else ""
    if not text or text.lower() in _NOTHING:
        return ""
    # A spreadsheet's number for a postcode or a telephone: 25100.0
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text
