"""Under which key a custom field keeps its values, and what still lies there."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from fedele.journal.models import Entry
from fedele.records.models import CustomField
from fedele.records.registry import registry


def key_from(label: str) -> str:
    """ "Macchine installate (n.)" → macchine_installate_n"""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:36].rstrip("_")
    return key if key[:1].isalpha() else f"f_{key}".rstrip("_")


def free_key(record_type: str, label: str) -> str:
    """The key of the label, with a number behind it if another field has it."""
    taken = set(CustomField.objects.filter(record_type=record_type).values_list("key", flat=True))
    key = key_from(label)
    return next(one for one in (key, *(f"{key}_{n}" for n in range(2, 1000))) if one not in taken)


def holding(record_type: str, key: str) -> Any:
    """The records that have a value under `key`."""
    model: Any = registry.by_key(record_type).model
    return model.objects.filter(custom__has_key=key).exclude(**{f"custom__{key}": None})


def kind_left_behind(record_type: str, key: str) -> str | None:
    """The kind of a field deleted earlier whose values still lie in the records; None if nothing does."""
    if not holding(record_type, key).exists():
        return None
    for entry in Entry.objects.filter(record_type="customfield", kind="customfield.removed").order_by("-id"):
        if entry.data.get("of") == record_type and entry.data.get("key") == key:
            return str(entry.data.get("of_kind"))
    return ""
