"""What the value of a file does to the one that is there: take its place or not, or stand behind it."""

from __future__ import annotations

import re
from typing import Any

from django.db import models

#: Longest text a cell of a spreadsheet takes; an export ends a longer one with "…".
LONGEST_CELL = 32_000
#: The rule for all rows → the policy of a column that says nothing of its own.
USUAL = {"update": "overwrite", "empty": "empty", "skip": "keep"}
KEEP: Any = object()


def policy_of(rules: dict[str, Any], policy: str) -> str:
    return policy or USUAL[rules.get("match", "update")]


def taken(record: Any, name: str, value: Any, policy: str) -> Any:
    """The value `name` of the record gets; KEEP when it stays as it is. `policy` as `policy_of` says it."""
    if policy == "keep":
        return KEEP
    if is_same_text(record, name, value):
        return KEEP
    if policy == "overwrite" or is_empty(record, name):
        return value
    before = value_of(record, name)
    if policy == "append" and type(value) is str and type(before) is str:
        return appended(record, name, before, value)
    return KEEP


def appended(record: Any, name: str, before: str, value: str) -> Any:
    """Each line once: the same file a second time adds nothing. What is no text, or has no room, stays as it is."""
    field = None if name.startswith("custom.") else record._meta.get_field(name)
    is_long = type(field) is models.TextField
    if field is not None and not is_long and (type(field) is not models.CharField or field.choices):
        return KEEP
    known = {line.strip() for line in re.split(r"[\n;]", plain(before))} | {plain(before)}
    more = [line for line in plain(value).split("\n") if line.strip() and line.strip() not in known]
    together = ("\n" if is_long else "; ").join([before.rstrip(), *more])
    has_room = field is None or field.max_length is None or len(together) <= field.max_length
    return together if more and has_room else KEEP


def value_of(record: Any, name: str) -> Any:
    base, _dot, key = name.partition(".")
    return (record.custom or {}).get(key) if base == "custom" else getattr(record, name, None)


def is_empty(record: Any, name: str) -> bool:
    base, _dot, key = name.partition(".")
    value = (
        (record.custom or {}).get(key) if base == "custom" else getattr(record, record._meta.get_field(name).attname)
    )
    return value in (None, "", [])


def is_same_text(record: Any, name: str, value: Any) -> bool:
    """A file keeps neither blanks around a text nor the kind of its line breaks, and a spreadsheet cuts it."""
    before = value_of(record, name) if type(value) is str else None
    if type(value) is not str or type(before) is not str or value == before:
        return type(value) is str and value == before
    mine, stored = plain(value), plain(before)
    return mine == stored or (len(value) == LONGEST_CELL and value[-1] == "…" and stored.startswith(mine[:-1]))


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
