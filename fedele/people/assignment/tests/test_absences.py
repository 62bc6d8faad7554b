"""Away: who stands in, through chains, and never in a circle."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fedele.people.assignment.dealing import Why
from fedele.people.assignment.presence import Absence, stand_in
from fedele.people.assignment.tests.conftest import dealt, lead


def away(user: Any, substitute: Any = None, first: int = -1, last: int = 1) -> Absence:
    today = timezone.localdate()
    absence = Absence(
        user=user,
        substitute=substitute,
        first_day=today + dt.timedelta(days=first),
        last_day=today + dt.timedelta(days=last),
    )
    absence.full_clean()
    absence.save()
    return absence


def test_new_names_go_to_whoever_stands_in_at_the_end_of_the_chain(house: Any, rule: Any) -> None:
    rule("All", "person", person=house.giulia)
    away(house.giulia, house.luca)
    away(house.luca, house.andrea)
    one = lead()
    assert dealt(one) == [house.andrea]
    one.save()
    from fedele.journal.models import Entry

    entry = Entry.objects.get(kind="lead.given_for")
    assert (entry.data["owner"], entry.data["absent"]) == ("Andrea Ferrari", "Giulia Bassi")


def test_only_on_its_days(house: Any, rule: Any) -> None:
    rule("All", "person", person=house.giulia)
    away(house.giulia, house.luca, 1, 5)
    away(house.giulia, house.luca, -5, -1)
    assert dealt(lead()) == [house.giulia]
    away(house.giulia, house.luca, 0, 0)
    assert dealt(lead()) == [house.luca]


def test_without_a_substitute_it_waits_and_in_a_team_the_others_get_it(house: Any, rule: Any) -> None:
    away(house.giulia)
    away(house.luca, house.giulia)
    rule("One", "person", person=house.luca, query="f=source.in%3Aweb")
    rule(people=(house.giulia, house.luca, house.andrea))
    waiting = lead(source="web")
    assert dealt(lead(), lead(), waiting) == [house.andrea, house.andrea, None]
    assert waiting.dealt.why == Why.AWAY


def test_a_circle_is_refused_where_its_days_meet(house: Any) -> None:
    away(house.giulia, house.luca, 0, 5)
    away(house.luca, house.andrea, 0, 5)
    with pytest.raises(ValidationError, match="gira in tondo"):
        away(house.andrea, house.giulia, 5, 9)
    away(house.andrea, house.giulia, 6, 9)


def test_nobody_stands_in_for_themselves_nor_is_away_twice_nor_backwards(house: Any) -> None:
    with pytest.raises(ValidationError):
        away(house.giulia, house.giulia)
    with pytest.raises(ValidationError):
        away(house.giulia, house.luca, 3, 2)
    away(house.giulia, house.luca, 0, 3)
    with pytest.raises(ValidationError):
        away(house.giulia, None, 3, 4)


def test_a_circle_that_came_about_anyhow_ends_in_the_queue() -> None:
    assert stand_in(1, {1: 2, 2: 3, 3: 1}) is None
    assert stand_in(1, {1: 2, 2: 3}) == 3
    assert stand_in(1, {1: None}) is None


def test_somebody_enters_their_own_absence_and_nobody_elses(house: Any, as_: Any) -> None:
    day = timezone.localdate().isoformat()
    given = {"user": house.luca.pk, "first_day": day, "last_day": day, "substitute": house.luca.pk}
    assert as_("giulia").post("/assignment/absences/new/", given).status_code == 302
    assert Absence.objects.get().user == house.giulia
    own = f"/assignment/absences/{Absence.objects.get().pk}/"
    assert as_("andrea").get(own).status_code == 404
    assert as_("andrea").post(f"{own}delete/").status_code == 404
    assert as_("luca").get(own).status_code == 200
    marco = {**given, "substitute": house.marco.pk}
    answer = as_("luca").post("/assignment/absences/new/", marco)
    assert (answer.status_code, "does not work leads" in answer.content.decode()) == (422, True)
