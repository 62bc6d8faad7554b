"""From records to people: the first rule that holds decides, and each turn counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.people.assignment.matching import Reading, reading_of
from fedele.people.assignment.models import GROUPS, Area, How, Rule
from fedele.people.assignment.people import Room, can_work, members_of
from fedele.people.assignment.places import area_of
from fedele.people.assignment.presence import absent_on, stand_in


class Why(models.TextChoices):
    """Why a record waits in the queue."""

    NO_RULE = "no_rule", _("no rule holds")
    QUEUE = "queue", _("the rule says so")
    NO_AREA = "no_area", _("nobody has this area")
    AWAY = "away", _("away, and nobody stands in")
    FULL = "full", _("everybody has as much as they can take")


@dataclass(frozen=True)
class Deal:
    """What is to become of one record: somebody's, or left to the queue, and why."""

    user: Any = None
    rule: Rule | None = None
    #: In whose place `user` gets it.
    absent: Any = None
    why: str = ""
    team_id: int | None = None


def rules_for(record_type: str, *, lock: bool = False) -> list[Rule]:
    """Those in force, in order. Locked, all at once and in one order, nobody else deals meanwhile."""
    rules = Rule.objects.filter(record_type=record_type, is_active=True)
    if lock:
        list(rules.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    return list(rules.select_related("team", "person").prefetch_related("people"))


class Dealer:
    """Deals records of one type out. `keep` stores whose turn was last; without it nothing is written at all."""

    def __init__(self, record_type: str, rules: Sequence[Rule]) -> None:
        self.readings = [reading_of(rule) for rule in rules]
        self.members = {
            id(rule): [user.pk for user in members_of(rule, record_type)] for rule in rules if rule.how in GROUPS
        }
        self.areas = self._areas(rules)
        self.away = absent_on(timezone.localdate())
        ids = {rule.person_id for rule in rules if rule.person_id} | set(self.areas.values())
        ids |= {key for of in self.members.values() for key in of} | {key for key in self.away.values() if key}
        active = get_user_model().objects.filter(pk__in=ids, is_active=True).select_related("team")
        self.users = {user.pk: user for user in active.prefetch_related("roles") if can_work(user, record_type)}
        #: Those who are away, by whom somebody stands in.
        self.names = dict(self.users)
        self.room = Room(record_type, set(self.users)) if rules else None
        self.last = {id(rule): rule.last_id for rule in rules}
        self.turned: set[int] = set()

    @staticmethod
    def _areas(rules: Sequence[Rule]) -> dict[tuple[str, str], int]:
        lines = {rule.line for rule in rules if rule.how == How.AREA}
        found = Area.objects.filter(line__in=lines) if lines else Area.objects.none()
        return {(area.line, area.province): area.user_id for area in found}

    def deal(self, record: Any) -> Deal:
        for reading in self.readings:
            if reading.holds_of(record):
                return self._by(reading, record)
        return Deal(why=Why.NO_RULE)

    def keep(self) -> None:
        for reading in self.readings:
            if id(reading.rule) in self.turned and reading.rule.pk:
                Rule.objects.filter(pk=reading.rule.pk).update(last_id=self.last[id(reading.rule)])

    def _by(self, reading: Reading, record: Any) -> Deal:
        rule = reading.rule
        if rule.how == How.QUEUE:
            return Deal(rule=rule, why=Why.QUEUE, team_id=rule.team_id)
        if rule.how in GROUPS:
            return self._in_group(rule)
        wanted = rule.person_id if rule.how == How.PERSON else self.areas.get((rule.line, area_of(record)))
        if wanted is None:
            return Deal(rule=rule, why=Why.NO_AREA if rule.how == How.AREA else Why.AWAY, team_id=rule.team_id)
        return self._to_one(rule, wanted)

    def _to_one(self, rule: Rule, wanted: int) -> Deal:
        """Whoever is meant, or who stands in for them; somebody who is full gets nothing either way."""
        there = stand_in(wanted, self.away)
        if there is None or there not in self.users:
            return Deal(rule=rule, why=Why.AWAY, team_id=rule.team_id)
        if self._is_full(there, rule):
            return Deal(rule=rule, why=Why.FULL, team_id=rule.team_id)
        return self._give(rule, there, wanted if there != wanted else None)

    def _in_group(self, rule: Rule) -> Deal:
        there = [key for key in self.members[id(rule)] if key in self.users and key not in self.away]
        if not there:
            return Deal(rule=rule, why=Why.AWAY, team_id=rule.team_id)
        able = [key for key in there if not self._is_full(key, rule)]
        if not able:
            return Deal(rule=rule, why=Why.FULL, team_id=rule.team_id)
        return self._give(rule, self._next(rule, able), None)

    def _next(self, rule: Rule, able: list[int]) -> int:
        """In turn after the last one; or who has fewest; or who has most room, before those without any limit."""
        assert self.room is not None
        room, last = self.room, self.last[id(rule)] or 0
        later = sorted(able, key=lambda key: (key <= last, key))
        if rule.how == How.ROTATION:
            return later[0]
        if rule.how == How.LOAD:
            return min(later, key=lambda key: room.open[key])
        return min(later, key=lambda key: _room_first(room.left(key, rule.most_open), room.open[key]))

    def _is_full(self, user_id: int, rule: Rule) -> bool:
        assert self.room is not None
        return self.room.is_full(user_id, rule.most_open)

    def _give(self, rule: Rule, user_id: int, absent_id: int | None) -> Deal:
        assert self.room is not None
        self.room.take(user_id)
        if rule.how in GROUPS:
            self.last[id(rule)] = user_id
            self.turned.add(id(rule))
        user = self.users[user_id]
        return Deal(user, rule, self._named(absent_id), team_id=user.team_id)

    def _named(self, user_id: int | None) -> Any:
        if user_id is None:
            return None
        if user_id not in self.names:
            self.names[user_id] = get_user_model().objects.get(pk=user_id)
        return self.names[user_id]


def _room_first(left: int | None, opened: int) -> tuple[bool, int]:
    return (left is None, opened if left is None else -left)
