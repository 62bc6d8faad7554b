from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fedele.people.assignment.models import Area, Rule
from fedele.people.leads.models import Lead
from fedele.records.assigning import assign
from fedele.records.page.tests.conftest import as_, cast, giulia

__all__ = ["as_", "cast", "giulia"]


@pytest.fixture
def house(cast: dict[str, Any]) -> Any:
    """`house.giulia`: the colleagues by name."""
    return SimpleNamespace(**cast)


@pytest.fixture
def north(house: Any) -> list[Any]:
    """The five who sell in the north, in the order of their turns."""
    return sorted((house.giulia, house.luca, house.andrea, house.elisa, house.fabio), key=lambda user: user.pk)


@pytest.fixture
def rule(house: Any) -> Any:
    """`rule("North", "rotation", team="Vendite Nord")`: one more at the end of the list."""

    def make(name: str = "Rule", how: str = "rotation", *, people: tuple[Any, ...] = (), **given: Any) -> Rule:
        from fedele.access.models import Team

        if team := given.pop("team", ""):
            given["team"] = Team.objects.get(name=team)
        made = Rule.objects.create(name=name, how=how, position=Rule.objects.count(), **given)
        made.people.set(people)
        return made

    return make


@pytest.fixture
def area(house: Any) -> Any:
    def make(user: Any, *provinces: str, line: str = "") -> None:
        Area.objects.bulk_create(Area(line=line, province=code, user=user) for code in provinces)

    return make


def lead(name: str = "Rossi", **given: Any) -> Lead:
    return Lead(last_name=name, **{"province": "BS", "source": "fair", **given})


def dealt(*records: Any) -> list[Any]:
    """To whom the rules give these new names, in their order."""
    assign("lead", records, None)
    return [record.owner for record in records]
