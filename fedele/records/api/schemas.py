"""What the API says of itself: a schema per record type, made from its fields."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, from_model_cached

ID = Field(ge=1, le=2**63 - 1)


class Problem(Schema):
    """Why a call was refused; `fields` says it field by field."""

    detail: str
    fields: dict[str, list[str]] = {}


class Changed(Problem):
    """Somebody else saved the record since it was read: here it is as it stands now."""

    current: dict[str, Any] = {}


class PossibleDuplicate(Schema):
    """A stored record, of this type or another, that the one sent is perhaps the same as."""

    type: str
    id: int
    title: str
    url: str
    score: float = Field(..., description="0 (nothing in common) to 1.")
    certain: bool = Field(..., description="Certainly the same; otherwise a person should look.")
    reasons: list[str]


class Doubled(Problem):
    """Nothing was created, as `refuse_duplicates` asks, because of these."""

    possible_duplicates: list[PossibleDuplicate] = []


class MergedInto(Schema):
    """The record was merged into another, whose id and address these are."""

    detail: str
    merged_into: int
    url: str


class ToMerge(Schema):
    """Which records become one: 2 to 5, the survivor among them."""

    model_config = ConfigDict(extra="forbid")

    survivor: int = Field(0, ge=0, le=2**63 - 1, description="Id of the record that remains. Needed.")
    others: list[int] = Field([], max_length=20, description="Ids of the one to four that are merged into it. Needed.")
    fields: dict[str, int | Literal["both"]] = Field(
        {},
        description="Field → id of the record whose value is kept, or `both` for notes; the rest goes by the suggestion.",
    )
    versions: dict[str, int] = Field({}, description="Id → version it was read at; 409 when one was changed since.")
    confirmed: bool = Field(False, description="That they are the same though their identity data differ.")


class Happening(Schema):
    id: int
    at: dt.datetime
    kind: str
    actor: int | None
    sentence: str
    changes: dict[str, Any]
    data: dict[str, Any]


class Journal(Schema):
    items: list[Happening]
    after: int | None


def type_of(field: RecordField) -> Any:
    match field.kind:
        case "relation" | "user":
            return int
        case "money":
            return str
        case "number" | "percent":
            return int
        case "yesno":
            return bool
        case "date":
            return dt.date
        case "datetime":
            return dt.datetime
        case "choice":
            return Literal[tuple(str(value) for value, _label in field.choices)]  # type: ignore[misc]
    return str


def fields_for(record_type: RecordType) -> dict[str, RecordField]:
    names = dict.fromkeys(
        (
            *record_type.listing.columns,
            *record_type.listing.title,
            *record_type.form.fields,
            *record_type.exchange.also,
            *record_type.exchange.told,
            *record_type.page.badges,
            "owner",
            "team",
            "created_at",
            "updated_at",
        )
    )
    return {name: from_model_cached(record_type, name) for name in names}


def schemas_for(record_type: RecordType) -> tuple[Any, Any, Any, Any]:
    """(as read, to create, to change, a page of them)."""
    fields = fields_for(record_type)
    name = record_type.model.__name__
    read: dict[str, Any] = {
        "id": (int, ...),
        "number": (str | None, None),
        "version": (int, ...),
        "title": (str, ...),
        "url": (str, ...),
        "trashed": (bool, False),
        "custom": (dict[str, Any], {}),
    }
    write: dict[str, Any] = {"custom": (dict[str, Any] | None, None)}
    for key, field in fields.items():
        kind, described = type_of(field), str(field.label)
        read.setdefault(
            key, ((kind | None) if field.kind != "choice" else (str | None), Field(None, description=described))
        )
        if field.editable:
            write[key] = (_input(field), Field(None, description=described))
    as_read = create_model(f"{name}Read", __base__=Schema, **read)
    to_create = create_model(f"{name}Create", __config__=ConfigDict(extra="forbid"), **write)
    to_change = create_model(
        f"{name}Change", __config__=ConfigDict(extra="forbid"), **write, version=(int, Field(..., ge=1, le=2**31 - 1))
    )
    page = create_model(
        f"{name}Page",
        __base__=Schema,
        items=(list[as_read], ...),  # type: ignore[valid-type]
        after=(str, ""),
        count=(int, ...),  # type: ignore[valid-type]
        count_is_exact=(bool, True),
    )
    return as_read, to_create, to_change, page


def created_for(record_type: RecordType, as_read: Any) -> Any:
    """A record as read, and what it is perhaps the same as."""
    name = f"{record_type.model.__name__}Created"
    return create_model(name, __base__=as_read, possible_duplicates=(list[PossibleDuplicate], []))


def _input(field: RecordField) -> Any:
    """Wide types on the way in: what is wrong is said in words, at the field, by the record itself."""
    if field.is_relation:
        return int | None
    if field.kind == "yesno":
        return bool | None
    if field.is_numeric:
        return int | float | str | None
    return str | None


#: What any operation may answer instead, and the largest number a record can have.
WRONG = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem}
LONGEST_ID = 2**63 - 1
