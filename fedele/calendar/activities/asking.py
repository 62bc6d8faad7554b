"""What one colleague asks of another is seen, or does not stay hidden: nothing handed over is lost.

Whose it is says that they have seen it. Who does not is told once more; who is away has somebody who stands in and may step in;
from who left it goes back to whoever asked.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from fedele.base.models import Conflict
from fedele.journal.acting import act_as, acting
from fedele.journal.models import Entry
from fedele.journal.writing import on
from fedele.notices.telling import tell
from fedele.people.assignment.presence import absent_on, stand_in
from fedele.tasks.jobs import job

#: After which whose it is is told once more.
PATIENCE = dt.timedelta(hours=24)
CHUNK = 200


class Askable(models.Model):
    class Meta:
        abstract = True

    @property
    def is_unseen(self) -> bool:
        """Somebody else asked for it, and whose it is has not said that they saw it."""
        return (
            self.is_planned  # type: ignore[attr-defined]
            and self.asked_by_id is not None  # type: ignore[attr-defined]
            and self.seen_at is None
            and self.asked_by_id != self.owner_id  # type: ignore[attr-defined]
        )

    @property
    def unseen_days(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.asked_at)).days if self.asked_at else 0  # type: ignore[attr-defined]

    def settle_asking(self) -> None:
        """Who gives it to somebody else asks for it; who takes it for themselves was asked by nobody."""
        giver = acting().user
        asks = giver is not None and self.owner_id is not None and giver.pk != self.owner_id  # type: ignore[attr-defined]
        now = timezone.now()
        self.asked_by, self.seen_at = (giver if asks else None), None
        self.asked_at, self.press_at = (now, now + PATIENCE) if asks else (None, None)

    def acknowledge(self) -> None:
        """Whose it is says that they have seen it; who asked is told."""
        self.seen_at = timezone.now()
        self.save(kind="seen")  # type: ignore[call-arg]

    def step_in(self) -> None:
        """Who stands in for whose it is takes it over; whoever asked hears that it was seen."""
        absent, self.owner = self.owner, acting().user  # type: ignore[has-type]
        self.seen_at, self._keeps_asker = timezone.now(), True
        self.save(kind="stepped_in", data={"owner": str(absent or "")})  # type: ignore[call-arg]

    def come_back(self) -> None:
        """From who can no longer do it to whoever asked; nobody asked it of themselves."""
        gone, self.owner = self.owner, self.asked_by  # type: ignore[has-type]
        self.asked_by = self.asked_at = self.seen_at = None
        self.save(kind="came_back", data={"owner": str(gone or "")})  # type: ignore[call-arg]


def stands_in_for(owner_id: int | None) -> int | None:
    """Who is there today for somebody who is away; None when they are there themselves, or nobody is."""
    away = absent_on(timezone.localdate())
    return stand_in(owner_id, away) if owner_id in away else None


@job()
def press() -> int:
    """Every few minutes: what was asked and is not seen yet is told once more. Returns how many; the rest comes next time."""
    from fedele.calendar.activities.models import Activity

    due = Activity.objects.filter(press_at__lte=timezone.now(), trashed_at=None).order_by("press_at")
    return sum(_press_one(pk) for pk in list(due.values_list("pk", flat=True)[:CHUNK]))


def _press_one(pk: int) -> int:
    """In its own transaction with the mark that it was told: a killed worker tells it later, and nobody twice."""
    from fedele.calendar.activities.models import Activity

    with transaction.atomic():
        rows = Activity.objects.select_for_update(of=("self",)).select_related("owner", "asked_by__team")
        one = rows.filter(pk=pk, press_at__lte=timezone.now()).first()
        if one is None:
            return 0
        Activity.objects.filter(pk=pk).update(press_at=None)
        if not one.is_unseen:
            return 0
        if not one.owner.is_active:
            return _hand_back(one)
        data = {"asker": str(one.asked_by), "team": str(one.asked_by.team or "")}
        tell(one.owner, "activity.pressed", record=one, title=str(one), data=data, once=f"pressed {pk} {one.asked_at}")
        tell_stand_in(one)
        return 1


def tell_stand_in(one: Any) -> None:
    from fedele.access.models import User

    key = stands_in_for(one.owner_id)
    person = User.objects.filter(pk=key, is_active=True).first() if key and key != one.asked_by_id else None
    if person is not None:
        data = {"asker": str(one.asked_by), "owner": str(one.owner)}
        tell(person, "activity.stand_in", record=one, title=str(one), data=data)


@on("user.deactivated")
def who_leaves(entry: Entry) -> None:
    give_back.enqueue(entry.record_id)


@job()
def give_back(user_id: int) -> int:
    """What was asked of somebody who left and not done goes back to whoever asked. Taken up again, it goes on."""
    from fedele.calendar.activities.models import Activity

    asked = Activity.objects.filter(owner_id=user_id, owner__is_active=False, state="planned", trashed_at=None)
    count = 0
    for one in asked.filter(asked_by__is_active=True).select_related("owner", "asked_by").order_by("pk")[:10_000]:
        with transaction.atomic():
            count += _hand_back(one)
    return count


def _hand_back(one: Any) -> int:
    if one.asked_by is None or not one.asked_by.is_active or one.asked_by_id == one.owner_id:
        return 0
    try:
        with act_as(door="system"):
            one.come_back()
    except Conflict:
        return 0
    tell(one.owner, "activity.came_back", record=one, title=str(one))
    return 1
