"""A column that has no field yet becomes one of the company's own, by who administers."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from fedele.access.audit import audit
from fedele.records.declare import RecordType
from fedele.records.exchange.mapping import fold
from fedele.records.fields import forget_custom_fields
from fedele.records.models import CustomField


def may_add(user: Any) -> bool:
    return bool(user.is_administrator)


def add_own_field(record_type: RecordType, header: str) -> str:
    """The name of a text field called like the column; the one that is called so already, if there is one."""
    mine = CustomField.objects.filter(record_type=record_type.key)
    called = {fold(row.label): row for row in mine}
    if fold(header) in called:
        return f"custom.{called[fold(header)].key}"
    with transaction.atomic():
        row = CustomField(record_type=record_type.key, key=_free_key(header, mine), label=header[:80])
        row.position = (mine.aggregate(last=Max("position"))["last"] or 0) + 1
        row.save()
        audit(
            "customfield.added",
            row,
            of=record_type.key,
            key=row.key,
            changes={"label": ["", row.label], "kind": ["", str(row.get_kind_display())]},
        )
    forget_custom_fields()
    return f"custom.{row.key}"


def _free_key(header: str, mine: Any) -> str:
    taken = set(mine.values_list("key", flat=True))
    key = fold(header).replace(" ", "_")[:36].strip("_")
    key = key if key[:1].isalpha() else f"f_{key}".rstrip("_")
    return next(one for one in (key, *(f"{key}_{n}" for n in range(2, 1_000))) if one not in taken)
