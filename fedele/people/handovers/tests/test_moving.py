"""A portfolio changes hands: divided, on its day, once, and back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.utils import timezone

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.notices.models import Notice
from fedele.people.assignment.models import Area
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.handovers.models import Handover
from fedele.people.handovers.moving import carry_out, carry_out_due, decide, run_planned
from fedele.people.leads.models import Lead
from fedele.records.undo import undo_batch
from fedele.tasks.models import Progress


def owned(user: Any) -> int:
    return sum(model.objects.filter(owner=user).count() for model in (Company, Contact, Lead))


def test_six_hundred_records_among_three_and_people_go_where_their_company_goes(
    house: Any, portfolio: Any, handover: Any
) -> None:
    portfolio(200)
    made = handover(house.luca, house.andrea, house.elisa)
    progress = decide(made, house.luca)
    assert isinstance(progress, Progress)
    progress.refresh_from_db()
    made.refresh_from_db()
    assert (progress.state, made.state, owned(house.giulia)) == ("done", "done", 0)
    counts = Counter(Company.objects.values_list("owner_id", flat=True)) + Counter(
        Lead.objects.values_list("owner_id", flat=True)
    )
    assert (len(counts), max(counts.values()) - min(counts.values()), counts.total()) == (3, 1, 400)
    assert not [one for one in Contact.objects.select_related("company") if one.owner_id != one.company.owner_id]
    assert Batch.objects.filter(kind="handover").count() == 1
    undo_batch(Batch.objects.get(kind="handover"), house.luca)
    assert owned(house.giulia) == 600


def test_undone_as_a_whole_except_where_somebody_went_on(house: Any, portfolio: Any, handover: Any) -> None:
    companies = portfolio(3)
    made = handover(house.andrea)
    decide(made, house.luca)
    assert owned(house.andrea) == 9
    later = Company.objects.get(pk=companies[1].pk)
    with act_as(house.andrea):
        later.owner = house.elisa
        later.save()
    made.refresh_from_db()
    outcome = undo_batch(made.batch, house.luca)
    assert (outcome.undone, len(outcome.kept), owned(house.giulia)) == (8, 1, 8)
    assert Company.objects.get(pk=later.pk).owner == house.elisa


def test_by_the_table_of_areas_or_all_to_the_first(house: Any, portfolio: Any, handover: Any) -> None:
    portfolio(3)
    Area.objects.create(province="BS", user=house.andrea)
    Area.objects.create(province="MI", user=house.elisa)
    made = handover(house.andrea, house.elisa, split="province", scope={"company": ""})
    found = dict(made.items.values_list("title", "receiver__first_name"))
    assert found == {"Alfa 0": "Andrea", "Alfa 1": "Elisa", "Alfa 2": "Elisa"}
    first = handover(house.andrea, house.elisa, split="first", scope={"company": ""})
    least = min((house.andrea, house.elisa), key=lambda user: user.pk)
    assert set(first.items.values_list("receiver_id", flat=True)) == {least.pk}


def test_only_what_was_chosen_and_what_is_still_the_givers(house: Any, portfolio: Any, handover: Any) -> None:
    companies = portfolio(3)
    made = handover(house.andrea, scope={"company": "any=province.is%3AMI%7Cprovince.is%3ASO"})
    assert made.items.count() == 2
    lost = companies[1]
    with act_as(house.giulia):
        lost.owner = house.elisa
        lost.save()
    decide(made, house.luca)
    assert [Company.objects.get(pk=one.pk).owner for one in companies] == [house.giulia, house.elisa, house.andrea]
    assert dict(made.items.values_list("title", "is_moved")) == {"Alfa 1": False, "Alfa 2": True}


def test_planned_for_a_day_it_happens_by_itself_once(house: Any, portfolio: Any, handover: Any) -> None:
    portfolio(2)
    made = handover(house.andrea, day=timezone.localdate() + dt.timedelta(days=3))
    assert decide(made, house.luca) is None
    assert (carry_out_due.call(), owned(house.giulia)) == (0, 6)
    Handover.objects.update(day=timezone.localdate())
    assert carry_out_due.call() == 1
    assert (owned(house.andrea), carry_out_due.call()) == (6, 0)
    run_planned.call(made.pk)
    assert Entry.objects.filter(kind__endswith=".handed_over").count() == 6
    made.refresh_from_db()
    assert (made.state, made.batch.actor) == ("done", house.luca)


def test_taken_up_again_it_goes_on_where_it_stopped(house: Any, portfolio: Any, handover: Any) -> None:
    portfolio(2)
    made = handover(house.andrea)
    Handover.objects.update(state="running")
    made.refresh_from_db()
    made.items.filter(record_type="company").update(is_moved=True)
    carry_out(made)
    assert Counter(Entry.objects.filter(kind__endswith=".handed_over").values_list("record_type", flat=True)) == {
        "contact": 2,
        "lead": 2,
    }


def test_decided_twice_is_refused(house: Any, portfolio: Any, handover: Any) -> None:
    portfolio(1)
    made = handover(house.andrea)
    decide(made, house.luca)
    with pytest.raises(Refused):
        decide(made, house.luca)


def test_both_sides_are_told_once_with_the_number(house: Any, portfolio: Any, handover: Any) -> None:
    portfolio(3)
    decide(handover(house.andrea, house.elisa), house.luca)
    told = {(one.user, one.kind): one.data.get("count") for one in Notice.objects.all()}
    assert told == {
        (house.andrea, "handover.received"): 3, (house.elisa, "handover.received"): 3, (house.giulia, "handover.given"): None,
    }  # fmt: skip
