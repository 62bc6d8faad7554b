"""Valid records of any declared type, made from what its fields say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from stdnum import luhn
from stdnum.it import codicefiscale

from fedele.access.private import is_at_times_private
from fedele.journal.acting import act_as
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.models import CustomField
from fedele.records.registry import registry

#: Every text of record number n holds word n, so that a search for it finds that record and no other of its type.
WORDS = (
    "Ametista Basalto Corallo Diamante Ematite Fluorite Granato Hauyna Iolite Jadeite Kunzite Lapislazzuli Malachite "
    "Nefrite Onice"
).split()
CHOICES = ("Rot", "Hell, blau", "Très grand")


def word(n: int) -> str:
    return WORDS[n] if n < len(WORDS) else f"Pietra{n:04}"


def vat_number(n: int) -> str:
    digits = f"{n + 1:07}017"
    return digits + luhn.calc_check_digit(digits)


def tax_code(n: int) -> str:
    code = f"RSSMRA{60 + n // 28 % 40}T{n % 28 + 1:02}A562"
    return code + codicefiscale.calc_check_digit(code)


#: Kind of field → the value of record number n, as it is stored.
SAMPLES: dict[str, Callable[[RecordField, int], Any]] = {
    "text": lambda field, n: f"{word(n)} {field.name.rpartition('.')[2]}"[: getattr(field.field, "max_length", None) or 80],
    "long": lambda field, n: f"{word(n)}, first line\nand a second with “quotes”",
    "number": lambda field, n: n + 1,
    "percent": lambda field, n: (n * 10) % 100,
    "money": lambda field, n: Decimal(n + 1) * Decimal("1234.50") if field.field else 1000 + n,
    "date": lambda field, n: timezone.localdate() + dt.timedelta(days=n),
    "datetime": lambda field, n: timezone.now() - dt.timedelta(days=n),
    "time": lambda field, n: f"{8 + n % 10:02}:30",
    "yesno": lambda field, n: n % 2 == 0,
    "choice": lambda field, n: field.choices[n % len(field.choices)][0],
    "multi": lambda field, n: [choice for choice, _label in field.choices[: n % 2 + 1]],
    "email": lambda field, n: f"{word(n).lower()}@{field.name.replace('_', '-')}.example.com",
    "phone": lambda field, n: f"+39030{1234500 + n}",
    "url": lambda field, n: f"https://www.{word(n).lower()}.example.com/",
    "vat": lambda field, n: vat_number(n),
    "tax_code": lambda field, n: tax_code(n),
    "province": lambda field, n: ("BS", "BG", "MI")[n % 3],
    "postcode": lambda field, n: ("25121", "24121", "20121")[n % 3],
    "sdi": lambda field, n: f"ABC{n:04}",
    "country": lambda field, n: "IT",
    "iban": lambda field, n: "IT60X0542811101000000123456",
}  # fmt: skip


def value_of(field: RecordField, n: int) -> Any:
    value = SAMPLES[field.kind](field, n)
    return value.isoformat() if field.is_custom and isinstance(value, dt.date) else value


def add_custom_fields(record_type: RecordType) -> None:
    """One field of the company's own of every kind there is."""
    for kind in CustomField.Kind:
        choices = list(CHOICES) if kind in ("choice", "multi") else []
        CustomField.objects.create(
            record_type=record_type.key, key=f"own_{kind}", label=f"Own {kind}", kind=kind, choices=choices
        )


def asked(record_type: RecordType) -> dict[str, RecordField]:
    """The fields a form asks for, and the company's own, without who it belongs to."""
    wanted = {*record_type.form.fields} - {"owner", "team"}
    return {
        name: one for name, one in fields_of(record_type).items() if (name in wanted or one.is_custom) and one.editable
    }


def names_of(record_type: RecordType) -> set[str]:
    """The fields that name a record: a record without any of them would be nothing anybody could find."""
    return {*record_type.listing.title, *(record_type.search.title if record_type.search else ())}


def build(
    record_type: RecordType,
    n: int,
    owner: Any,
    *,
    full: bool = True,
    around: dict[Any, Any] | None = None,
    **given: Any,
) -> Any:
    """An unsaved record; what it needs is made with it. `around`: records a relation to their type should point at."""
    around = {} if around is None else around
    record = record_type.model(owner=owner, team=owner.team if owner else None)
    values = {
        name: value
        for name, one in asked(record_type).items()
        if (one.required or full or name in names_of(record_type))
        and name not in given
        and (value := _sample(record_type, one, n, owner, around)) is not None
    }
    if is_at_times_private(record_type.key):
        # What only its owner sees has its own tests: here everybody's rights are those of their roles.
        values["private"] = False
    record.put({**values, **given})
    _drop_what_does_not_fit(record, record_type)
    return record


def _sample(record_type: RecordType, one: RecordField, n: int, owner: Any, around: dict[Any, Any]) -> Any:
    if not one.is_relation:
        return value_of(one, n)
    if one.kind == "user":
        return owner
    target = registry.get(one.target._meta.model_name)
    if target is None:
        return one.target.objects.first() if one.required else None
    if one.target in around:
        return around[one.target]
    if one.required and target is not record_type:
        around[one.target] = make(target, n, owner, full=False, around=around)
        return around[one.target]
    return None


def _drop_what_does_not_fit(record: Any, record_type: RecordType) -> None:
    """Optional values that contradict each other are left out: the record is to be valid, not complete."""
    try:
        record.clean()
    except ValidationError as error:
        odd = error.message_dict
    else:
        return
    fields = asked(record_type)
    for name in odd:
        assert not fields[name].required, f"{record_type.key}: {odd}"
        record.put({name: None if fields[name].is_relation else ""})
    record.clean()


def make(
    record_type: RecordType,
    n: int,
    owner: Any,
    *,
    full: bool = True,
    around: dict[Any, Any] | None = None,
    **given: Any,
) -> Any:
    record = build(record_type, n, owner, full=full, around=around, **given)
    with act_as(owner, door="screen"):
        record.save()
    return record_type.model.objects.get(pk=record.pk)


def typed(field: RecordField, value: Any) -> Any:
    """A stored value as somebody reading English types it into a form."""
    if value is None:
        return ""
    if field.kind == "multi":
        return list(value)
    if field.kind == "yesno":
        return "on" if value else ""
    if field.is_relation:
        return str(value.pk)
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def posted(record_type: RecordType, record: Any) -> dict[str, Any]:
    """What the form of a record sends when nothing is changed in it."""
    data: dict[str, Any] = {}
    for name, one in fields_of(record_type).items():
        if one.editable and (name in record_type.form.fields or one.is_custom):
            value = (
                one.value_of(record) if not one.is_relation or getattr(record, one.field.attname) is not None else None
            )
            data[name] = typed(one, value)
            if one.kind in ("yesno", "multi"):
                data.setdefault("box", []).append(name)
    return {name: value for name, value in data.items() if value != "" or fields_of(record_type)[name].kind != "yesno"}


def wrong(field: RecordField) -> str | None:
    """Something no such field takes; None for one that takes anything."""
    if field.kind == "yesno":
        return None
    if field.kind in ("text", "long") or (field.kind == "url" and not field.is_custom):
        return "a\x00b"
    return "999999999999999999999" if field.is_relation else "nonsense €§"
