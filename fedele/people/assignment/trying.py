"""What rules would have done with last month's names. Nothing is written: not a turn, not a line of the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from fedele.people.assignment.dealing import Dealer, Why
from fedele.people.assignment.models import Rule
from fedele.records.registry import registry

DAYS, MOST = 30, 2_000
COUNTED = 50_000


@dataclass
class Trial:
    #: Names that came, up to COUNTED + 1, and how many of the newest were tried.
    came: int
    tried: int
    #: How many each person would have got, and how many by which rule.
    people: list[tuple[Any, int, list[tuple[str, int]]]] = field(default_factory=list)
    #: What would have waited in the queue, by reason.
    queued: list[tuple[str, int]] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(n for _why, n in self.queued)


def try_rules(record_type: str, rules: Sequence[Rule], user: Any) -> Trial:
    """The newest names of the last days, as far as `user` sees them, dealt as though nobody had them yet."""
    model = registry.by_key(record_type).model
    came = model.objects.visible_to(user).filter(created_at__gte=timezone.now() - timedelta(days=DAYS))
    records = list(came.order_by("-created_at", "-id")[:MOST])
    dealer = Dealer(record_type, rules)
    if dealer.room is not None:
        dealer.room.counts_days = False
        dealer.room.open.subtract(record.owner_id for record in records if record.owner_id in dealer.users)
    people: dict[int, Counter[str]] = {}
    queued: Counter[str] = Counter()
    for record in reversed(records):
        deal = dealer.deal(record)
        if deal.user is None:
            queued[str(Why(deal.why).label)] += 1
        else:
            people.setdefault(deal.user.pk, Counter())[deal.rule.name if deal.rule else ""] += 1
    total = len(records) if len(records) < MOST else came.order_by().values("pk")[: COUNTED + 1].count()
    rows = [(dealer.users[key], by.total(), by.most_common()) for key, by in people.items()]
    return Trial(total, len(records), sorted(rows, key=lambda row: (-row[1], str(row[0]))), queued.most_common())
