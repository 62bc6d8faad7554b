"""Telephone numbers and addresses that were not chosen: where there is room for them, and which have none."""

from __future__ import annotations

from typing import Any

from fedele.records.fields import fields_of


def keep_numbers(record_type: Any, survivor: Any, others: list[Any]) -> list[str]:
    """Numbers and addresses that were not taken go where there is room; returns those for which there is none."""
    left: list[str] = []
    for kind in ("phone", "email"):
        fields = [one for one in fields_of(record_type).values() if one.kind == kind and not one.is_custom]
        have = {getattr(survivor, one.name) for one in fields}
        known = dict.fromkeys(getattr(record, one.name) for record in (_as_read(survivor), *others) for one in fields)
        for value in known:
            if not value or value in have:
                continue
            room = next((one for one in fields if not getattr(survivor, one.name)), None) if kind == "phone" else None
            if room is not None:
                setattr(survivor, room.name, value)
                have.add(value)
            else:
                show = getattr(fields[0].field, "show", str)
                left.append(str(show(value)))
    return left


def _as_read(survivor: Any) -> Any:
    """The record as it was before anything was put into it."""
    before = type(survivor)()
    for name, value in survivor._read.items():
        setattr(before, name, value)
    return before
