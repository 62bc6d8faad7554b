"""Who can be given names: the members of a team who work them, what each has open, what each may still take."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from fedele.people.assignment.models import Handout, Rule
from fedele.people.assignment.presence import Capacity
from fedele.people.leads.life import OPEN_STAGES
from fedele.records.moments import moment_of
from fedele.records.registry import registry
from fedele.records.tally.models import Tally


def can_work(user: Any, record_type: str, right: str = "edit") -> bool:
    """Read from the roles at hand, without a statement."""
    roles = user.roles.all()
    if user.is_superuser or any(role.is_administrator for role in roles):
        return True
    return any(role.rights.get(record_type, {}).get(right, "none") != "none" for role in roles)


def who_can_work(*record_types: str, right: str = "edit") -> QuerySet[Any]:
    """Active people, by name, with that right to records of one of these types: for the choice of a form."""
    active = get_user_model().objects.filter(is_active=True).order_by("first_name", "last_name", "pk")
    each = active.prefetch_related("roles")
    return active.filter(pk__in=[one.pk for one in each if any(can_work(one, key, right) for key in record_types)])


def members_of(rule: Rule, record_type: str) -> list[Any]:
    """Active people of the rule's group who may work such records: those named, or the team and those below it."""
    active = get_user_model().objects.filter(is_active=True).prefetch_related("roles").order_by("pk")
    #: Of a rule that is only tried, the people chosen in its form.
    draft = getattr(rule, "draft_people", None)
    named = draft if draft is not None else [user.pk for user in rule.people.all()]
    if named:
        found = active.filter(pk__in=named)
    elif rule.team_id:
        found = active.filter(team__path__contains=f"/{rule.team_id}/")
    else:
        return []
    return [user for user in found if can_work(user, record_type)]


def open_counts(record_type: str, ids: Iterable[int]) -> Counter[int]:
    """How many records of the type each has that still ask for work; from the kept totals where there are any."""
    if record_type == "lead":
        kept = Tally.objects.filter(record_type="lead", lane__in=OPEN_STAGES, owner_id__in=list(ids))
        return Counter(dict(kept.order_by().values_list("owner_id").annotate(n_=Sum("n"))))
    found = registry.by_key(record_type).model.objects.filter(owner_id__in=list(ids), trashed_at=None)
    return Counter(dict(found.order_by().values_list("owner_id").annotate(n_=Count("pk"))))


def given_counts(ids: Iterable[int], today: dt.date) -> tuple[Counter[int], Counter[int]]:
    """How many each was given today, and since Monday."""
    given = Handout.objects.filter(user_id__in=list(ids))
    monday = today - dt.timedelta(days=today.weekday())

    def since(day: dt.date) -> Counter[int]:
        found = given.filter(at__gte=moment_of(day)).order_by().values_list("user_id").annotate(Count("pk"))
        return Counter(dict(found))

    return since(today), since(monday)


class Room:
    """What everybody may still take, kept while names are handed out."""

    def __init__(self, record_type: str, ids: set[int]) -> None:
        #: A trial deals a month at once, so what may come in a day does not count.
        self.counts_days = True
        self.limits = {one.user_id: one for one in Capacity.objects.filter(user_id__in=ids)}
        self.open = open_counts(record_type, ids)
        counted = {key for key, one in self.limits.items() if one.most_a_day is not None or one.most_a_week is not None}
        self.today, self.week = given_counts(counted, timezone.localdate()) if counted else (Counter(), Counter())

    def left(self, user_id: int, most: int | None = None) -> int | None:
        """Open names this person may still get; None without a limit."""
        limit = self.limits.get(user_id)
        own = limit.most_open if limit is not None else None
        most = own if own is not None else most
        return None if most is None else most - self.open[user_id]

    def is_full(self, user_id: int, most: int | None = None) -> bool:
        left, limit = self.left(user_id, most), self.limits.get(user_id)
        if left is not None and left <= 0:
            return True
        if limit is None or not self.counts_days:
            return False
        return (limit.most_a_day is not None and self.today[user_id] >= limit.most_a_day) or (
            limit.most_a_week is not None and self.week[user_id] >= limit.most_a_week
        )

    def take(self, user_id: int) -> None:
        for counted in (self.open, self.today, self.week):
            counted[user_id] += 1
