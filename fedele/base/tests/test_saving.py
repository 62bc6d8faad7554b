"""A record knows what changed, refuses to write over somebody else, and leaves an entry at every write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from fedele.base.models import Conflict, records_written
from fedele.journal.acting import act_as
from fedele.journal.models import Entry, Link
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.sales.opportunities.models import Opportunity

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    return Company.objects.create(name="Alfa", city="Brescia", custom={"colour": "red", "size": 4})


def entries(record: Any) -> list[Entry]:
    return list(Entry.objects.filter(record_type=record.record_type, record_id=record.pk).order_by("id"))


def test_a_change_is_told_field_by_field(company: Company) -> None:
    read = Company.objects.get(pk=company.pk)
    read.put({"city": "Bergamo", "key_account": True, "custom.colour": "blue", "custom.new": [1], "custom.size": 4})
    expected = {
        "city": ["Brescia", "Bergamo"],
        "key_account": [False, True],
        "custom.colour": ["red", "blue"],
        "custom.new": [None, [1]],
    }
    assert read.changes() == expected
    read.save()
    assert read.changes() == {}
    assert entries(read)[-1].changes == expected
    assert (read.version, Company.objects.get(pk=read.pk).version) == (2, 2)


def test_saving_what_is_the_same_writes_nothing(company: Company) -> None:
    read = Company.objects.get(pk=company.pk)
    read.put({"city": "Brescia", "custom.size": 4})
    read.save()
    assert read.version == 1
    assert len(entries(read)) == 1


def test_equal_values_of_another_type_are_no_change(company: Company) -> None:
    one = Opportunity.objects.create(name="Press", company=company, amount=5, closes_on="2026-05-01")
    one.put({"amount": "5.00", "closes_on": dt.date(2026, 5, 1)})
    assert one.changes() == {}
    again = Opportunity.objects.get(pk=one.pk)
    again.put({"amount": Decimal(5), "closes_on": "2026-05-01"})
    assert again.changes() == {}
    again.put({"amount": 1_000_000})
    assert again.changes() == {"amount": ["5", "1000000"]}


def test_who_saves_second_is_told_what_stands_there(company: Company) -> None:
    mine, theirs = Company.objects.get(pk=company.pk), Company.objects.get(pk=company.pk)
    theirs.city = "Roma"
    theirs.save()
    mine.city = "Milano"
    with pytest.raises(Conflict) as met:
        mine.save()
    assert met.value.theirs.city == "Roma"
    assert mine.version == 1
    assert Company.objects.get(pk=company.pk).city == "Roma"
    assert len(entries(company)) == 2


@pytest.mark.parametrize("act", ["trash", "restore"])
def test_so_is_who_throws_away_second(company: Company, act: str) -> None:
    if act == "restore":
        company.trash()
    mine, theirs = Company.objects.get(pk=company.pk), Company.objects.get(pk=company.pk)
    getattr(theirs, act)()
    with pytest.raises(Conflict):
        getattr(mine, act)()
    assert mine.is_trashed is (act == "restore")


def test_a_write_that_fails_leaves_no_entry_and_no_number(company: Company) -> None:
    with transaction.atomic():
        assert Company.objects.create(name="Gone").number == "AZ-00002"
        transaction.set_rollback(True)
    assert Company.objects.create(name="Beta").number == "AZ-00002"
    assert Entry.objects.count() == 2


def test_the_owners_team_comes_with_the_owner(cast: SimpleNamespace) -> None:
    one = Company.objects.create(name="Alfa", owner=cast.giulia)
    assert one.team == cast.giulia.team
    one.put({"owner": cast.chiara})
    one.save()
    assert Company.objects.get(pk=one.pk).team == cast.chiara.team
    assert set(entries(one)[-1].changes) == {"owner", "team"}
    one.owner = cast.luca
    one.save()
    assert Company.objects.get(pk=one.pk).team == cast.luca.team
    one.put({"owner": None})
    one.save()
    assert Company.objects.get(pk=one.pk).team is None


def test_whoever_listens_hears_of_every_write_once(company: Company) -> None:
    heard: list[tuple[int, set[str] | None]] = []

    def listen(sender: Any, records: list[Any], changed: set[str] | None, **_more: Any) -> None:
        heard.append((len(records), changed))

    records_written.connect(listen, sender=Company)
    try:
        Company.objects.create(name="Beta")
        company.city = "Roma"
        company.save()
        company.save()
        company.trash()
        Company.objects.filter(trashed_at=None).bulk_change(city="Milano")
    finally:
        records_written.disconnect(listen, sender=Company)
    assert heard == [(1, None), (1, {"city"}), (1, {"trashed_at"}), (1, {"city"})]


def test_many_are_changed_with_an_entry_each_and_only_where_they_differ(cast: SimpleNamespace) -> None:
    made = [Company.objects.create(name=f"C{n}", city="Roma" if n == 1 else "") for n in range(3)]
    with act_as(cast.sara, door="screen"):
        assert Company.objects.all().bulk_change(city="Roma", **{"custom.colour": "red"}) == 3
        assert Company.objects.all().bulk_change(city="Roma") == 0
    now = list(Company.objects.order_by("pk"))
    assert [(one.city, one.custom, one.version) for one in now] == [("Roma", {"colour": "red"}, 2)] * 3
    assert [set(entries(one)[-1].changes) for one in made] == [
        {"city", "custom.colour"},
        {"custom.colour"},
        {"city", "custom.colour"},
    ]
    assert {entries(one)[-1].actor for one in made} == {cast.sara}
    assert all(one.updated_at > made[at].updated_at for at, one in enumerate(now))


def test_many_given_to_somebody_else_change_their_team_too(cast: SimpleNamespace) -> None:
    one = Company.objects.create(name="Alfa", owner=cast.giulia)
    Company.objects.all().bulk_change(owner=cast.chiara)
    one.refresh_from_db()
    assert (one.owner, one.team) == (cast.chiara, cast.chiara.team)


def test_what_happened_before_belongs_to_the_heir_too(company: Company) -> None:
    old = Contact.objects.create(last_name="Rossi")
    old.note("Met at the fair")
    company.inherit_history_of(old)
    told = [entry.kind for entry in Entry.objects.about("company", company.pk).order_by("id")]
    assert told == ["company.created", "contact.created", "contact.noted"]
    links = Link.objects.filter(record_type="company", record_id=company.pk).count()
    company.inherit_history_of(old)
    assert Link.objects.filter(record_type="company", record_id=company.pk).count() == links
    heir = Company.objects.create(name="Beta")
    heir.inherit_history_of(company)
    assert Entry.objects.about("company", heir.pk).filter(kind="contact.noted").count() == 1


def test_an_entry_stands_on_the_timelines_it_concerns(company: Company) -> None:
    contact = Contact.objects.create(last_name="Rossi", company=company)
    contact.note("Hello")
    assert [entry.kind for entry in Entry.objects.about("company", company.pk).order_by("id")] == [
        "company.created", "contact.created", "contact.noted",
    ]  # fmt: skip


def test_the_entries_of_an_erased_record_stay(company: Company) -> None:
    key = company.pk
    company.erase()
    left = Entry.objects.filter(record_type="company", record_id=key).order_by("id")
    assert [(entry.kind, entry.title, entry.record) for entry in left] == [
        ("company.created", "Alfa", None),
        ("company.erased", "Alfa", None),
    ]
