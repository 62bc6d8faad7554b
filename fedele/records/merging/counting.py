"""What goes along with a merge, counted before it is done."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.base.models import Record
from fedele.journal.models import Entry
from fedele.records.merging.pointing import pointers_to

#: Further nobody counts.
MOST = 10_000
#: Kept beside the records by the program itself; a reader has no word for them.
UNTOLD = frozenset({"notices.notice", "records.decision", "records.mark"})


def moving(record_type: Any, others: list[Any], user: Any) -> list[tuple[str, int]]:
    """(what, how many) of all that moves, as far as the user may see it; nothing is said of what they may not."""
    ids = [record.pk for record in others]
    found: dict[str, int] = {}
    for pointer in pointers_to(record_type.model):
        if pointer.label in UNTOLD or pointer.model._meta.auto_created:
            continue
        rows = pointer.rows(ids)
        if issubclass(pointer.model, Record):
            if not user.rights.may("view", pointer.model.record_type):
                continue
            rows = rows.filter(pk__in=pointer.model.objects.visible_to(user).order_by().values("pk"))
        count = rows.order_by()[:MOST].count()
        name = name_of(pointer.model)
        found[name] = found.get(name, 0) + count
    notes = Entry.objects.filter(
        record_type=record_type.key, record_id__in=ids, kind__endswith=".noted", undone_by=None
    )
    found[_("Notes")] = notes.order_by()[:MOST].count()
    return [(name, count) for name, count in found.items() if count]


def name_of(model: type[Model]) -> str:
    return str(capfirst(str(model._meta.verbose_name_plural)))
