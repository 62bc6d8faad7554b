"""Who gets which new names at Officine Aurora: the table of areas, the rules, one colleague on holiday."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fedele.access.models import Team
from fedele.demo.cast import SELLER_OF
from fedele.people.assignment.models import Area, How, Rule
from fedele.people.assignment.places import PROVINCES_OF
from fedele.people.assignment.presence import Absence, Capacity
from fedele.people.identity.provinces import PROVINCES

#: Regions in which a fair brings more names than one seller can call.
_NORTH = ("Lombardia", "Veneto", "Trentino-Alto Adige")
#: The rules of this company speak Italian, as it does.
_RULES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Estero", {"how": How.PERSON, "provinces": [Area.ABROAD], "person": "stefan"}),
    (
        "Fiere del Nord, a turno",
        {"how": How.ROTATION, "team": "Vendite Nord", "query": "f=source.in%3Afair", "regions": _NORTH},
    ),
    ("Per provincia", {"how": How.AREA}),
    ("Senza provincia", {"how": How.LOAD, "team": "Vendite Nord", "query": "f=province.empty"}),
)
_AWAY, _STANDS_IN = "fabio", "andrea"


def give_out(users: dict[str, Any], today: dt.date) -> None:
    """Makes what is missing; running it twice changes nothing."""
    if Rule.objects.exists():
        return
    Area.objects.bulk_create(
        Area(province=code, user=users[key]) for code, key in SELLER_OF.items() if code in PROVINCES
    )
    teams = {team.name: team for team in Team.objects.all()}
    for position, (name, given) in enumerate(_RULES):
        Rule.objects.create(name=name, position=position, **_values(given, users, teams))
    Capacity.objects.create(user=users["giulia"], most_open=60)
    Absence.objects.create(
        user=users[_AWAY], substitute=users[_STANDS_IN], note="Ferie",
        first_day=today - dt.timedelta(days=2), last_day=today + dt.timedelta(days=9),
    )  # fmt: skip


def _values(given: dict[str, Any], users: dict[str, Any], teams: dict[str, Any]) -> dict[str, Any]:
    values = {**given, "person": users.get(given.get("person", "")), "team": teams.get(given.get("team", ""))}
    if regions := values.pop("regions", ()):
        values["provinces"] = [code for region in regions for code in PROVINCES_OF[region]]
    return values
