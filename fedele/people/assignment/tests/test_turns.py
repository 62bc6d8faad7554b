"""Turns, load and capacity: who gets the next one when a team shares."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction

from fedele.people.assignment.dealing import Why
from fedele.people.assignment.models import Handout
from fedele.people.assignment.presence import Capacity
from fedele.people.assignment.tests.conftest import dealt, lead
from fedele.people.leads.models import Lead
from fedele.records.assigning import assign


def seven(house: Any) -> tuple[Any, ...]:
    return (house.giulia, house.luca, house.andrea, house.elisa, house.fabio, house.paola, house.davide)


def spread(counts: Counter[Any]) -> int:
    return max(counts.values()) - min(counts.values())


def test_a_thousand_among_seven_differ_by_at_most_one_and_the_turn_goes_on(house: Any, rule: Any) -> None:
    rule(people=seven(house))
    first = Counter(dealt(*(lead() for _ in range(1000))))
    assert (len(first), first.total(), spread(first)) == (7, 1000, 1)
    both = first + Counter(dealt(*(lead() for _ in range(1001))))
    assert spread(both) == 1


def test_the_turn_goes_by_person_one_after_the_other(rule: Any, north: list[Any]) -> None:
    rule(team="Vendite Nord")
    assert dealt(*(lead() for _ in range(7))) == [*north, *north[:2]]
    assert dealt(lead()) == [north[2]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_two_imports_at_once_share_one_turn(house: Any, rule: Any) -> None:
    rule(people=seven(house))

    def work() -> None:
        try:
            for _ in range(5):
                with transaction.atomic():
                    leads = [lead() for _ in range(11)]
                    assign("lead", leads, None)
                    for one in leads:
                        one.save()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    counts = Counter(Lead.objects.values_list("owner_id", flat=True))
    assert (counts.total(), len(counts), spread(counts)) == (110, 7, 1)
    assert Handout.objects.count() == 110


def test_by_load_whoever_has_fewest_open_is_next(house: Any, rule: Any) -> None:
    for _ in range(3):
        lead(owner=house.giulia).save()
    lead(owner=house.luca, stage="dead").save()
    rule(how="load", people=(house.giulia, house.luca))
    assert Counter(dealt(*(lead() for _ in range(5)))) == {house.luca: 4, house.giulia: 1}


def test_by_capacity_whoever_has_most_room_is_next_and_the_rest_waits(house: Any, rule: Any) -> None:
    Capacity.objects.create(user=house.giulia, most_open=5)
    rule(how="capacity", people=(house.giulia, house.luca), most_open=2)
    leads = [lead() for _ in range(9)]
    assert Counter(dealt(*leads)) == {house.giulia: 5, house.luca: 2, None: 2}
    assert [one.owner for one in leads[:3]] == [house.giulia] * 3
    assert [one.dealt.why for one in leads[7:]] == [Why.FULL, Why.FULL]


def test_limits_of_a_day_and_a_week_count_what_was_given_before(house: Any, rule: Any) -> None:
    Capacity.objects.create(user=house.giulia, most_a_day=3, most_a_week=100)
    rule("All", "person", person=house.giulia)
    for one in (lead(), lead()):
        dealt(one)
        one.save()
    assert dealt(lead(), lead()) == [house.giulia, None]


def test_who_has_left_or_may_not_work_leads_gets_none(house: Any, rule: Any) -> None:
    house.giulia.is_active = False
    house.giulia.save()
    rule(people=(house.giulia, house.luca, house.marco))
    assert dealt(lead(), lead()) == [house.luca, house.luca]
