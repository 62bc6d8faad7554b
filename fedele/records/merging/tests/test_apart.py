"""A merge taken apart: all as it was, except what people did since."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from fedele.base.verbs import Refused
from fedele.journal.models import Batch
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact, Role
from fedele.people.leads.models import Lead
from fedele.records.merging.apart import preview, unmerge
from fedele.records.merging.joining import merge
from fedele.records.merging.keeping import prune
from fedele.records.merging.leading import survivor_of
from fedele.records.merging.models import MergedRecord, MovedRow
from fedele.records.models import SavedView
from fedele.records.registry import registry
from fedele.records.undo import undo_batch
from fedele.sales.opportunities.models import Opportunity
from fedele.search import find

#: Housekeeping that tells how often a row was written, not what it says.
WRITTEN = {"version", "updated_at"}


def everything() -> dict[str, list[dict[str, Any]]]:
    """What all rows of customers and sales say."""
    models = (Company, Contact, Role, Lead, Opportunity)
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in WRITTEN}
            for row in model.objects.order_by("pk").values()
        ]
        for model in models
    }


def test_all_is_as_it_was(family: SimpleNamespace, dario: Any, cast: SimpleNamespace) -> None:
    view = SavedView.objects.create(
        record_type="contact", name="x", owner=cast.giulia, query=f"f=company.in:{family.second.pk}"
    )
    Company.objects.create(name="Branch", parent=family.second)
    before = everything()

    batch = merge(dario, family.first, [family.second])
    assert everything() != before
    unmerge(batch, dario)

    assert everything() == before
    assert not MergedRecord.objects.exists()
    assert not MovedRow.objects.exists()
    assert SavedView.objects.get(pk=view.pk).query == f"f=company.in:{family.second.pk}"
    assert [hit.record_id for hit in find(family.second.number, within={"company": None}, limit=5)] == [
        family.second.pk
    ]
    assert Batch.objects.get(pk=batch.pk).undone_at is not None


def test_the_dry_run_says_it_and_writes_nothing(family: SimpleNamespace, dario: Any) -> None:
    batch = merge(dario, family.first, [family.second])
    before = everything()
    found = preview(batch, dario)

    assert everything() == before
    assert {model.__name__: count for model, count in found.going.items()} == {
        "Contact": 1,
        "Role": 1,
        "Opportunity": 1,
    }
    assert not any(found.staying.values())
    assert [one.record_id for one in found.others] == [family.second.pk]
    assert "VAT number" in found.fields_back


def test_what_was_done_since_is_respected(family: SimpleNamespace, dario: Any) -> None:
    batch = merge(dario, family.first, [family.second])
    one = Company.objects.get(pk=family.first.pk)
    one.put({"vat_number": "00743110157", "city": "Bergamo"})
    one.save()
    third = Company.objects.create(name="Third")
    moved = Opportunity.objects.get(pk=family.opportunities[1].pk)
    moved.company = third
    moved.save()
    person = Contact.objects.get(pk=family.people[1].pk)
    person.job = "Director"
    person.save()
    new = Contact.objects.create(last_name="New", company=one)

    done = unmerge(batch, dario)

    one.refresh_from_db()
    assert (one.vat_number, one.city) == ("00743110157", "Bergamo")
    assert done.fields_kept == ["VAT number"]
    assert {model.__name__: count for model, count in done.staying.items() if count} == {"Opportunity": 1}
    assert Opportunity.objects.get(pk=moved.pk).company_id == third.pk
    person.refresh_from_db()
    assert (person.company_id, person.job) == (family.second.pk, "Director")
    new.refresh_from_db()
    assert new.company_id == one.pk


def test_a_chain_is_taken_apart_from_its_end(dario: Any) -> None:
    a, b, c = (Company.objects.create(name=name) for name in "ABC")
    people = [Contact.objects.create(last_name=f"P{one.name}", company=one) for one in (a, b, c)]
    first, second = merge(dario, b, [a]), merge(dario, c, [b])
    assert set(Contact.objects.values_list("company_id", flat=True)) == {c.pk}

    with pytest.raises(Refused, match="later merged into"):
        unmerge(first, dario)
    unmerge(second, dario)
    assert [Contact.objects.get(pk=one.pk).company_id for one in people] == [b.pk, b.pk, c.pk]
    assert (survivor_of("company", a.pk), survivor_of("company", b.pk)) == (b.pk, None)
    unmerge(first, dario)
    assert [Contact.objects.get(pk=one.pk).company_id for one in people] == [a.pk, b.pk, c.pk]
    assert not MergedRecord.objects.exists()


def test_two_merges_into_one_come_apart_in_any_order(dario: Any) -> None:
    a, b, c = (Company.objects.create(name=name, city=f"{name}-town") for name in "ABC")
    people = [Contact.objects.create(last_name=f"P{one.name}", company=one) for one in (b, c)]
    first, second = merge(dario, a, [b]), merge(dario, a, [c])
    unmerge(first, dario)
    assert [Contact.objects.get(pk=one.pk).company_id for one in people] == [b.pk, a.pk]
    assert (survivor_of("company", b.pk), survivor_of("company", c.pk)) == (None, a.pk)
    unmerge(second, dario)
    assert [Contact.objects.get(pk=one.pk).company_id for one in people] == [b.pk, c.pk]


def test_once_only_and_not_for_ever(family: SimpleNamespace, dario: Any) -> None:
    batch = merge(dario, family.first, [family.second])
    Batch.objects.filter(pk=batch.pk).update(at=batch.at - dt.timedelta(days=31))
    with pytest.raises(Refused, match="30 days"):
        unmerge(Batch.objects.get(pk=batch.pk), dario)
    Batch.objects.filter(pk=batch.pk).update(at=batch.at)
    unmerge(Batch.objects.get(pk=batch.pk), dario)
    with pytest.raises(Refused, match="already"):
        unmerge(Batch.objects.get(pk=batch.pk), dario)


def test_the_way_back_is_forgotten_after_thirty_days(family: SimpleNamespace, dario: Any) -> None:
    batch = merge(dario, family.first, [family.second])
    prune.func()
    assert MovedRow.objects.count() == 3
    Batch.objects.filter(pk=batch.pk).update(at=batch.at - dt.timedelta(days=31))
    prune.func()
    assert MovedRow.objects.count() == 0
    assert survivor_of("company", family.second.pk) == family.first.pk


def test_undo_takes_it_apart_too(family: SimpleNamespace, dario: Any) -> None:
    before = everything()
    batch = merge(dario, family.first, [family.second])
    assert undo_batch(batch, dario).undone == 2
    assert everything() == before


def test_it_is_no_trash(family: SimpleNamespace, dario: Any, cast: SimpleNamespace) -> None:
    merge(dario, family.first, [family.second])

    assert list(Company.objects.in_trash_of(cast.sara)) == []
    assert Company.objects.get(pk=family.second.pk).is_trashed
    gone = Contact.objects.create(last_name="Gone")
    gone.trash()
    assert list(Contact.objects.in_trash_of(cast.sara)) == [gone]


def test_only_who_may_merge_may_take_apart(family: SimpleNamespace, dario: Any, cast: SimpleNamespace) -> None:
    batch = merge(dario, family.first, [family.second])
    for who in (cast.marco, cast.giulia):
        with pytest.raises(PermissionDenied):
            unmerge(batch, who)
    unmerge(batch, cast.luca if cast.luca.rights.covers(family.first, "delete") else dario)
    assert survivor_of("company", family.second.pk) is None


def test_merged_again_after_it_was_taken_apart(family: SimpleNamespace, dario: Any) -> None:
    for _n in range(2):
        unmerge(merge(dario, family.first, [family.second]), dario)
        family.first.refresh_from_db()
        family.second.refresh_from_db()
    merge(dario, family.second, [family.first])
    assert survivor_of("company", family.first.pk) == family.second.pk
    assert {one.company_id for one in Contact.objects.all()} == {family.second.pk}


def test_every_type_declares_only_fields_it_has() -> None:
    for record_type in registry:
        rules = record_type.merge
        if rules is not None:
            names = {field.name for field in record_type.model._meta.concrete_fields}
            parts = [name for one in rules.together for name in one.fields]
            assert {*rules.distinct, *rules.ranks, *rules.also, *parts} <= names
