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


_doors: list[tuple[int, Callable[[Any, Worklist], Door | None]]] = []


def today_door(order: int = 50) -> Callable[[Any], Any]:
    """Declares a button on `(user, worklist) -> Door or None`; it asks the database nothing."""

    def declare(make: Any) -> Any:
        _doors.append((order, make))
        return make

    return declare


def doors_for(user: Any, worklist: Worklist) -> list[Door]:
    made = [make(user, worklist) for _order, make in sorted(_doors, key=lambda pair: pair[0])]
    return [door for door in made if door is not None]
