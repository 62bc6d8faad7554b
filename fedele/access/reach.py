"""How far a right reaches, and what a user's roles add up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from fedele.access.carried import CARRIED, is_carried, known_types
from fedele.access.private import MOST, is_at_times_private, is_private_to_another

REACHES = ("none", "own", "team", "below", "all")
RIGHTS = ("view", "edit", "create", "delete", "export")


@dataclass
class Rights:
    user_id: int
    team_id: int | None
    is_administrator: bool = False
    reaches: dict[str, dict[str, str]] = field(default_factory=dict)
    hidden: dict[str, frozenset[str]] = field(default_factory=dict)
    teams_below: tuple[int, ...] = ()
    #: Keys of the roles the product brings, as far as this user has them.
    role_keys: frozenset[str] = frozenset()

    @classmethod
    def of(cls, user: Any, below: Callable[[int], list[int]] | None = None) -> Rights:
        """`below` finds the teams below one: who asks for many people remembers the answers."""
        rights = cls(user_id=user.pk, team_id=user.team_id)
        if not user.is_active:
            return rights
        roles = list(user.roles.all())
        rights.is_administrator = user.is_superuser or any(role.is_administrator for role in roles)
        rights.role_keys = frozenset(role.key for role in roles if role.key)
        rights._add_up(roles)
        if user.team_id and any("below" in of_type.values() for of_type in rights.reaches.values()):
            rights.teams_below = tuple((below or ids_below)(user.team_id))
        return rights

    def _add_up(self, roles: list[Any]) -> None:
        for role in roles:
            for record_type, of_type in role.rights.items():
                mine = self.reaches.setdefault(record_type, {})
                for right, reach in of_type.items():
                    mine[right] = max(mine.get(right, "none"), reach, key=REACHES.index)
        for record_type in self.reaches:
            seeing = [role for role in roles if role.rights.get(record_type, {}).get("view", "none") != "none"]
            hiding = [set(role.hidden.get(record_type, ())) for role in seeing]
            self.hidden[record_type] = frozenset(set.intersection(*hiding)) if hiding else frozenset()

    def reach(self, record_type: str, right: str = "view") -> str:
        """How far; `CARRIED` where that hangs on the record it lies on, unless one sees all of those; `MOST` where
        all are seen but what is private to others."""
        reach = self.reach_alone(record_type, right)
        if right == "view" and reach == "all" and is_at_times_private(record_type):
            return MOST
        return (
            CARRIED
            if is_carried(record_type) and reach != "none" and not (reach == "all" and self._sees_all)
            else reach
        )

    @cached_property
    def _sees_all(self) -> bool:
        return all(self.reach_alone(one) == "all" for one in known_types())

    def reach_alone(self, record_type: str, right: str = "view") -> str:
        """What the roles say of the type, whatever its records lie on."""
        if self.is_administrator:
            return "all"
        mine = self.reaches.get(record_type, {})
        # What one may not see one may not touch either, whatever the role says.
        return min(mine.get(right, "none"), mine.get("view", "none"), key=REACHES.index)

    def may(self, right: str, record_type: str) -> bool:
        return self.reach(record_type, right) != "none"

    def hides(self, record_type: str, name: str) -> bool:
        return not self.is_administrator and name in self.hidden.get(record_type, frozenset())

    def covers(self, record: Any, right: str = "view") -> bool:
        """May this user do `right` to this very record? The same answer `visible_to` gives, without a query."""
        if is_private_to_another(record, self.user_id):
            return False
        if is_carried(record.record_type) and record.about_type:
            carrier = self.reach_alone(record.about_type)
            if not self._spans(carrier, record.about_owner_id, record.about_team_id):
                return False
        return self._spans(self.reach_alone(record.record_type, right), record.owner_id, record.team_id)

    def _spans(self, reach: str, owner_id: int | None, team_id: int | None) -> bool:
        if reach in ("all", "none"):
            return reach == "all"
        if owner_id == self.user_id:
            return True
        if reach == "team":
            return team_id is not None and team_id == self.team_id
        return reach == "below" and team_id in self.teams_below


def ids_below(team_id: int) -> list[int]:
    from fedele.access.models import Team

    return list(Team.objects.filter(path__contains=f"/{team_id}/").values_list("pk", flat=True))
