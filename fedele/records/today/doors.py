"""Buttons beside the greeting, declared by the departments: the calendar, a run of calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fedele.records.today.work import Worklist


@dataclass(frozen=True)
class Door:
    label: str
    url: str
    icon: str
    key: str = ""
    primary: bool = False


_doors: list[tuple[int, str, Callable[[Any, Worklist | None], Door | None]]] = []


def today_door(order: int = 50, scope: str = "me") -> Callable[[Any], Any]:
    """Declares a button on `(user, worklist) -> Door or None`; it asks the database nothing. The team has no worklist."""

    def declare(make: Any) -> Any:
        _doors.append((order, scope, make))
        return make

    return declare


def doors_for(user: Any, scope: str, worklist: Worklist | None) -> list[Door]:
    declared = sorted((one for one in _doors if one[1] == scope), key=lambda one: one[0])
    made = [make(user, worklist) for _order, _scope, make in declared]
    return [door for door in made if door is not None]
