"""Merges while others work on the same records: nothing is lost, nobody waits for ever."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from django.db import transaction

from fedele.base.models import Conflict
from fedele.base.tests.sharing import all_at_once
from fedele.demo.cast import install
from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact, Role
from fedele.records.merging.apart import unmerge
from fedele.records.merging.joining import merge
from fedele.records.merging.leading import survivor_of
from fedele.records.merging.models import MergedRecord
from fedele.records.page.timeline import timeline_of
from fedele.sales.opportunities.models import Opportunity

pytestmark = pytest.mark.usefixtures("shared_database")


def test_two_merges_that_cross() -> None:
    """The one into the other, and the other way round: one wins, and the losers are told."""
    dario = install(password="")["dario"]
    for _round in range(3):
        ones = [Company.objects.create(name=f"C{n}") for n in range(3)]
        people = [Contact.objects.create(last_name=f"P{n}", company=one) for n, one in enumerate(ones)]

        def work(n: int, ones: list[Company] = ones) -> str:
            order = ones[n % 3 :] + ones[: n % 3]
            merge(dario, order[0], order[1:])
            return "merged"

        assert sorted(all_at_once(work, 6)) == ["Refused"] * 5 + ["merged"]
        left = Company.objects.get(trashed_at=None, pk__in=[one.pk for one in ones])
        assert {Contact.objects.get(pk=one.pk).company_id for one in people} == {left.pk}


def test_chains_made_at_once_have_no_ring_and_one_end() -> None:
    dario = install(password="")["dario"]
    ones = [Company.objects.create(name=f"C{n}") for n in range(6)]

    def work(n: int) -> str:
        merge(dario, ones[(n + 1) % 6], [ones[n]])
        return "merged"

    said = all_at_once(work, 6)
    assert "merged" in said
    alive = set(Company.objects.filter(trashed_at=None).values_list("pk", flat=True))
    assert len(alive) == 6 - said.count("merged")
    assert {survivor_of("company", one.pk) for one in ones if one.pk not in alive} <= alive


def test_rows_that_arrive_while_it_is_merged_end_at_what_remained() -> None:
    """What mail, import and forms store in the same moment: opportunities, people, roles, edits, notes."""
    people = install(password="")
    dario = people["dario"]
    for _round in range(4):
        one, two = (Company.objects.create(name=name, owner=people["giulia"]) for name in ("One", "Two"))
        known = Contact.objects.create(last_name="Known", company=two)

        def work(n: int, one: Company = one, two: Company = two, known: Contact = known) -> str:
            time.sleep(random.random() * 0.05)
            with act_as(dario, door="mail"):
                match n % 6:
                    case 0:
                        merge(dario, one, [two])
                    case 1:
                        Contact.objects.create(last_name=f"New {n}", company_id=two.pk)
                    case 2:
                        Opportunity.objects.create(name=f"O {n}", company_id=two.pk, owner=people["giulia"])
                    case 3:
                        two.note(f"Mail {n}")
                    case 4:
                        with transaction.atomic():
                            Role.objects.create(contact_id=known.pk, company_id=two.pk, job=f"J{n}")
                    case 5:
                        stale = Contact.objects.get(pk=known.pk)
                        stale.job = f"Job {n}"
                        stale.save()
            return "done"

        said = all_at_once(work, 6)
        assert [word for word in said if word not in ("done", "Conflict")] == []
        assert said[0] == "done"
        assert not Contact.objects.filter(company=two).exists()
        assert not Opportunity.objects.filter(company=two).exists()
        assert not Role.objects.filter(company=two).exists()
        assert Contact.objects.filter(company=one).count() == 2
        assert Opportunity.objects.filter(company=one).count() == 1
        days = timeline_of(Company.objects.get(pk=one.pk), dario).days
        assert any(told.text == "Mail 3" for day in days for told in day.told)


def test_an_edit_of_what_goes_is_in_the_result_or_is_refused() -> None:
    dario = install(password="")["dario"]
    for _round in range(4):
        one, two = Company.objects.create(name="One"), Company.objects.create(name="Two")

        def work(n: int, one: Company = one, two: Company = two) -> str:
            if n:
                stale = Company.objects.get(pk=two.pk)
                stale.website = "two.example"
                stale.save()
            else:
                merge(dario, one, [two])
            return "done"

        merged, edited = all_at_once(work, 2)
        assert merged == "done"
        assert (Company.objects.get(pk=one.pk).website == "two.example") == (edited == "done")


def test_taken_apart_by_two_at_once() -> None:
    dario = install(password="")["dario"]
    one, two = Company.objects.create(name="One"), Company.objects.create(name="Two")
    person = Contact.objects.create(last_name="P", company=two)
    batch = merge(dario, one, [two])

    def work(_n: int) -> str:
        unmerge(batch, dario)
        return "apart"

    assert sorted(all_at_once(work, 4)) == ["Refused", "Refused", "Refused", "apart"]
    assert Contact.objects.get(pk=person.pk).company_id == two.pk
    assert not MergedRecord.objects.exists()


def test_an_edit_between_looking_and_merging_is_a_conflict(dario: Any) -> None:
    one, two = Company.objects.create(name="One"), Company.objects.create(name="Two")
    versions = {one.pk: one.version, two.pk: two.version}
    two.put({"city": "Roma"})
    two.save()
    with pytest.raises(Conflict):
        merge(dario, one, [two], versions=versions)
