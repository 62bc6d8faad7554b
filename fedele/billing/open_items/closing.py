"""An export that holds everything still open tells of the rest too: what it does not name is settled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.base.verbs import Refused
from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.paying import PaymentState
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.journal.writing import open_batch
from fedele.records.exchange.engine import batches, reader_of
from fedele.records.exchange.models import Import

#: Items looked at together.
CHUNK = 500


@dataclass
class Rest:
    """What would be closed: the items, how many, and how much of each currency."""

    ids: list[int]
    sums: list[dict[str, Any]] = field(default_factory=list)


def named_by(source: Import) -> set[int]:
    """The items a file is about, read again row by row; `Refused` while it has rows that nobody could place."""
    reader = reader_of(source, source.open())
    reader.matcher.batch_id = None
    found, lost = set(), 0
    for rows in batches(source.open().rows(), 0):
        for one in reader.read(rows):
            if one.record is not None and one.record.pk:
                found.add(one.record.pk)
            else:
                lost += 1
    if lost:
        raise Refused(
            ngettext(
                "%(n)s row of the file stands for no open item here: mend and import it first.",
                "%(n)s rows of the file stand for no open item here: mend and import them first.",
                lost,
            )
            % {"n": lost}
        )
    return found


def rest_of(source: Import, user: Any, on: dt.date) -> Rest:
    """Open items written up to that day which the file does not name and which `user` may change."""
    named = named_by(source)
    ids = [pk for pk in _open(user, on).order_by("pk").values_list("pk", flat=True).iterator() if pk not in named]
    sums: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = OpenItem.objects.filter(pk__in=ids[start : start + CHUNK]).order_by().values("currency")
        for row in rows.annotate(n=Count("pk"), sum=Sum("residual")):
            one = sums.setdefault(row["currency"], {"currency": row["currency"], "n": 0, "sum": 0})
            one["n"] += row["n"]
            one["sum"] += row["sum"]
    return Rest(ids, sorted(sums.values(), key=lambda one: -one["n"]))


def close_rest(source: Import, user: Any, on: dt.date) -> tuple[Batch, int]:
    """Settles them, as paid by that day: they were open at the export before. One batch, which undo takes back."""
    rest = rest_of(source, user, on)
    title = _("Settled, as %(file)s no longer names them") % {"file": source.name}
    batch = open_batch("bulk", record_type="openitem", title=title[:200], data={"import": source.pk})
    with act_as(user, batch=batch):
        count = 0
        for start in range(0, len(rest.ids), CHUNK):
            some = OpenItem.objects.filter(pk__in=rest.ids[start : start + CHUNK])
            count += some.exclude(state=PaymentState.PAID).bulk_change(is_gone=True, paid_on=on)
    return batch, count


def _open(user: Any, on: dt.date) -> QuerySet[Any]:
    """Also those without a document date, when they were due by then."""
    items = OpenItem.objects.visible_to(user, "edit").exclude(state=PaymentState.PAID)
    return items.filter(issued_on__lte=on) | items.filter(issued_on=None, due_on__lte=on)


def exports_of(user: Any) -> QuerySet[Import]:
    """The files of open items this user brought in, whole, newest first."""
    return Import.visible_to(user).filter(record_type="openitem", state=Import.State.DONE).order_by("-created_at")
