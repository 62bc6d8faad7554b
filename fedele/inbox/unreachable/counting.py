"""What came back, what arrived: whether an address can be written to follows from these and from nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from fedele.inbox.unreachable.models import Unreachable

#: So often in a row a full mailbox is one that nobody reads any more. Each of these reports comes after its server has tried for
#: days; one a day is counted, so that three letters of one morning to a mailbox that was full that morning do not end it.
MOST_SOFTS = 3
ONCE = dt.timedelta(days=1)
#: Mail servers give up after five days: what has not come back by then has arrived.
ARRIVED = dt.timedelta(days=5)


def came_back(address: str, cls: str, said: str, at: dt.datetime | None = None) -> None:
    """`cls` as the report was read: hard ends it, soft counts; a rule of the receiver or a delay says nothing of the address.

    `at`: when the report came, which may be long before it is read here.
    """
    if cls not in ("hard", "soft") or not address:
        return
    now = at or timezone.now()
    row, _made = Unreachable.objects.select_for_update().get_or_create(address=address.lower()[:254])
    row.said = said[:300]
    if cls == "hard":
        row.since, row.softs = row.since or now, 0
    elif row.since is None and (row.soft_at is None or now - row.soft_at >= ONCE):
        row.softs, row.soft_at, row.left_at = row.softs + 1, now, None
        row.since = now if row.softs >= MOST_SOFTS else None
    row.save()


def works(address: str) -> bool:
    """Mail came from there, a receipt says that ours arrived, or somebody knows it. Whether it had been in doubt."""
    return bool(address) and bool(Unreachable.objects.filter(address=address.lower()).delete()[0])


def left_for(addresses: Iterable[str]) -> None:
    """A letter left. What left long ago for an address in doubt and has not come back has arrived: the doubt is over."""
    now = timezone.now()
    doubtful = Unreachable.objects.filter(address__in=[one.lower() for one in addresses], since=None)
    doubtful.filter(left_at__lt=now - ARRIVED).delete()
    doubtful.filter(Q(left_at=None)).update(left_at=now)
