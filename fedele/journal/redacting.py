"""Making entries unreadable where the law says that a person is to be forgotten, and messages to colleagues in other words:
the only cases in which the journal changes.

What happened, when and by whom stays, so that companies and sales keep their history; what it says about the person goes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from fedele.journal.models import Batch, Entry

#: Stands where something was taken out.
GONE = "▇▇▇"
CHUNK = 500


def redact_own(record_type: str, ids: Collection[int]) -> int:
    """Empties the entries of these records; returns how many."""
    own = Entry.objects.filter(record_type=record_type, record_id__in=ids)
    return own.update(title=GONE, changes={}, data={"redacted": True})


def redact_words(words: Iterable[str]) -> int:
    """Takes these words out of the titles, changes and data of all other entries and batches; returns of how many.

    Reads the whole journal once: the work of a job, not of a page.
    """
    pattern = pattern_of(words)
    if pattern is None:
        return 0
    wanted = Q()
    for word in set(words):
        escaped = json.dumps(word)[1:-1]
        for text in {word, escaped}:
            wanted |= Q(title__icontains=text) | Q(changes__icontains=text) | Q(data__icontains=text)
    changed = []
    for entry in Entry.objects.filter(wanted).iterator(chunk_size=CHUNK):
        entry.title = pattern.sub(GONE, entry.title)
        entry.changes, entry.data = cleaned(entry.changes, pattern), cleaned(entry.data, pattern)
        changed.append(entry)
    Entry.objects.bulk_update(changed, ["title", "changes", "data"], batch_size=CHUNK)
    for batch in Batch.objects.filter(_any("title", words)):
        batch.title = pattern.sub(GONE, batch.title)
        batch.save(update_fields=["title"])
    return len(changed)


def pattern_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words only: whoever erases Rossi must not mend Rossini."""
    known = sorted({word for word in words if word}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in known), re.IGNORECASE) if known else None


def cleaned(value: Any, pattern: re.Pattern[str]) -> Any:
    """A JSON value without what the pattern finds in its texts."""
    if isinstance(value, str):
        return pattern.sub(GONE, value)
    if isinstance(value, list):
        return [cleaned(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: cleaned(one, pattern) for key, one in value.items()}
    return value


def _any(field: str, words: Iterable[str]) -> Q:
    q = Q(pk__in=())
    for word in words:
        q |= Q(**{f"{field}__icontains": word})
    return q


def reword(entry_id: int | None, text: str) -> Entry | None:
    """What a colleague wrote to others stands in an entry in their own words: they may put it better, or take it back.

    When, by whom and that it was changed stays.
    """
    entry = Entry.objects.select_for_update().filter(pk=entry_id or 0).first()
    if entry is not None:
        data = {key: value for key, value in entry.data.items() if key != "text"}
        entry.data = {**data, **({"text": text, "reworded": True} if text else {"removed": True})}
        entry.save(update_fields=["data"])
    return entry
