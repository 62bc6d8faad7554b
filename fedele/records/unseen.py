"""Related records a user may not see, put out of sight on the records that point at them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fedele.records.declare import RecordType


class Unseen:
    """Stands where a related record would: it says nothing."""

    pk = None

    def __str__(self) -> str:
        return ""


def hide_unseen(record_type: RecordType, records: Iterable[Any], user: Any) -> None:
    """Asks the database nothing: looks only at related records that were fetched together with `records`."""
    names = [one.name for one in record_type.model._meta.concrete_fields if hasattr(one.related_model, "record_type")]
    for record in records:
        for name in names:
            related = record._state.fields_cache.get(name)
            if related is not None and (related.is_trashed or not user.rights.covers(related, "view")):
                record._state.fields_cache[name] = Unseen()
