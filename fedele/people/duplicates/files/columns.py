"""Which column of a file is which field of an identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fedele.people.duplicates.files.contents import are_people, content_of
from fedele.people.duplicates.files.headers import FIELDS, field_of

#: Fields of which there may be several columns.
_MANY = frozenset(("email", "phone", "id"))


class Misdirected(ValueError):
    """A column or field was named that there is not."""


def recognise(headers: Sequence[str], sample: Sequence[Sequence[str]], given: Mapping[str, str]) -> dict[str, str]:
    """{column: field} for all columns that are compared, and "ref" for the one that numbers the rows.

    `given` goes before everything; a field "-" leaves a column out. Raises Misdirected for what there is not.
    """
    _check(headers, given)
    found: dict[str, str] = dict(given)
    for header in headers:
        if header not in found and (field := field_of(header)):
            found[header] = field
    values = {header: [row[at] for row in sample if at < len(row)] for at, header in enumerate(headers)}
    _settle_names(found, values, headers)
    for header in headers:
        if header not in found and (field := content_of(values[header])) and field not in found.values():
            found[header] = field
    _settle_rows(found, values, set(given))
    first = _first_of_each(found, headers)
    if not any(
        field in first.values()
        for field in ("given", "surname", "name", "company", "email", "phone", "vat", "tax_code")
    ):
        _guess_a_name(first, values, headers)
    return first


def _check(headers: Sequence[str], given: Mapping[str, str]) -> None:
    for column, field in given.items():
        if column not in headers:
            raise Misdirected(f"There is no column {column!r}; there are: {', '.join(headers)}.")
        if field != "-" and field.partition(":")[0] not in FIELDS:
            raise Misdirected(f"There is no field {field!r}; there are: {', '.join(sorted(FIELDS))}.")


def _settle_names(found: dict[str, str], values: dict[str, list[str]], headers: Sequence[str]) -> None:
    """«Nome» beside «cognome» is the given name, beside a company a person, alone what its values look like."""
    has = set(found.values())
    for header in [header for header in headers if found.get(header) == "name?"]:
        if "surname" in has and "given" not in has:
            found[header] = "given"
        elif "given" in has and "surname" not in has:
            found[header] = "surname"
        elif has & {"given", "name"} or ("company" in has and are_people(values[header])):
            found[header] = "name" if "given" not in has else "-"
        elif "company" in has:
            found[header] = "-" if not are_people(values[header]) else "name"
        else:
            found[header] = "name" if are_people(values[header]) else "company"
        has = set(found.values())
    for header in [header for header in headers if found.get(header) == "title?"]:
        found[header] = "-" if has & {"given", "surname", "name", "company"} else "company"
        has = set(found.values())


def _settle_rows(found: dict[str, str], values: dict[str, list[str]], given: set[str]) -> None:
    """Only what is different in every row numbers the rows; the first such column does."""
    numbered = False
    for header, field in list(found.items()):
        if field == "ref" and header not in given:
            some = [value for value in values[header] if value]
            if numbered or len(set(some)) < len(some):
                found[header] = "-"
            else:
                numbered = True


def _first_of_each(found: dict[str, str], headers: Sequence[str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for header in headers:
        field = found.get(header, "-")
        if field != "-" and (field.partition(":")[0] in _MANY or field not in kept.values()):
            kept[header] = field
    return kept


def _guess_a_name(found: dict[str, str], values: dict[str, list[str]], headers: Sequence[str]) -> None:
    """The column of the most different words is what the rows are called."""
    free = [
        header for header in headers if header not in found and any(any(map(str.isalpha, v)) for v in values[header])
    ]
    if not free:
        raise Misdirected('No column of names was recognised; say which it is: --map "Column=company".')
    best = max(free, key=lambda header: len(set(values[header])))
    found[best] = "name" if are_people(values[best]) else "company"
