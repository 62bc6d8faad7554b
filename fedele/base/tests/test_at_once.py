"""Several people at the same moment: real threads, real transactions, on either database (F-18, F-23)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from fedele.base.numbering import Counter, take_numbers
from fedele.base.tests.sharing import all_at_once
from fedele.demo.cast import install
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.records.undo import undo_entry

pytestmark = pytest.mark.usefixtures("shared_database")
WRITERS = 20


def test_of_two_who_read_the_same_version_one_is_told() -> None:
    company = Company.objects.create(name="Alfa")
    read = [Company.objects.get(pk=company.pk) for _n in range(6)]

    def save(n: int) -> str:
        read[n].city = f"City {n}"
        read[n].save()
        return read[n].city

    outcomes = all_at_once(save, 6)
    stored = Company.objects.get(pk=company.pk)
    assert outcomes.count("Conflict") == 5
    assert stored.city in outcomes
    assert stored.version == 2
    assert Entry.objects.filter(kind="company.changed").count() == 1


def test_twenty_writers_get_twenty_numbers_without_a_gap() -> None:
    numbers = all_at_once(lambda n: Company.objects.create(name=f"C{n}").number, WRITERS)
    assert sorted(numbers) == [f"AZ-{n:05}" for n in range(1, WRITERS + 1)]


def test_who_gives_up_leaves_no_gap() -> None:
    def create(n: int) -> str | None:
        try:
            with transaction.atomic():
                number = Company.objects.create(name=f"C{n}").number
                if n % 3 == 0:
                    raise InterruptedError
                return number
        except InterruptedError:
            return None

    numbers = [number for number in all_at_once(create, WRITERS) if number]
    assert sorted(numbers) == [f"AZ-{n:05}" for n in range(1, len(numbers) + 1)]
    assert Counter.objects.get(record_type="company").last == len(numbers)


def test_many_numbers_at_a_time_do_not_overlap() -> None:
    taken = all_at_once(lambda _n: take_numbers("test", "T-{n}", 7), 8)
    flat = [number for some in taken for number in some]
    assert len(flat) == len(set(flat)) == 56
    assert all(some == sorted(some, key=lambda one: int(one[2:])) for some in taken)


def test_a_bulk_change_and_a_save_do_not_lose_each_other() -> None:
    company = Company.objects.create(name="Alfa")
    read = Company.objects.get(pk=company.pk)

    def work(n: int) -> Any:
        if n == 0:
            return Company.objects.all().bulk_change(city="Roma")
        read.notes = "Important"
        read.save()
        return "saved"

    outcomes = all_at_once(work, 2)
    stored = Company.objects.get(pk=company.pk)
    assert stored.city == "Roma"
    assert stored.notes == ("Important" if outcomes[1] == "saved" else "")
    changed = Entry.objects.filter(kind="company.changed").count()
    assert stored.version == 1 + changed
    assert changed == (2 if outcomes[1] == "saved" else 1)


def test_what_is_taken_back_twice_at_once_goes_back_once() -> None:
    sara = install(password="")["sara"]
    with act_as(sara):
        company = Company.objects.create(name="Alfa")
        company.city = "Roma"
        company.save()
    entry = Entry.objects.get(kind="company.changed")

    def undo(_n: int) -> Any:
        with act_as(sara):
            return undo_entry(Entry.objects.get(pk=entry.pk), sara).undone

    outcomes = all_at_once(undo, 5)
    assert sorted(map(str, outcomes)) == ["1", *["Refused"] * 4]
    assert Company.objects.get(pk=company.pk).city == ""
    assert Entry.objects.filter(kind="company.undone").count() == 1
