"""Taking back: one act, a whole batch, never over what somebody did since, and never by who may not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.journal.writing import open_batch
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.records.undo import may_undo, preview_batch, undo_batch, undo_entry


def last(record: Any) -> Entry:
    return Entry.objects.filter(record_type=record.record_type, record_id=record.pk).latest("id")


def change(user: Any, record: Any, **values: Any) -> Entry:
    with act_as(user, door="screen"):
        now = type(record).objects.get(pk=record.pk)
        now.put(values)
        now.save()
    return last(record)


def undo(user: Any, entry: Entry) -> Any:
    with act_as(user, door="screen"):
        return undo_entry(Entry.objects.get(pk=entry.pk), user)


@pytest.fixture
def alfa(cast: SimpleNamespace) -> Company:
    with act_as(cast.giulia, door="screen"):
        company = Company(name="Alfa", city="Brescia", owner=cast.giulia, custom={"colour": "red"})
        company.save()
    return company


def test_one_change_goes_back_as_one_more_entry(cast: SimpleNamespace, alfa: Company) -> None:
    entry = change(cast.giulia, alfa, name="Beta", city="Bergamo", **{"custom.colour": "blue"})
    outcome = undo(cast.giulia, entry)
    now = Company.objects.get(pk=alfa.pk)
    assert (now.name, now.city, now.custom) == ("Alfa", "Brescia", {"colour": "red"})
    assert (outcome.undone, outcome.kept) == (1, [])
    entry.refresh_from_db()
    undone = last(alfa)
    assert (entry.undone_by, undone.kind, undone.actor) == (undone.pk, "company.undone", cast.giulia)
    assert undone.changes == {
        "name": ["Beta", "Alfa"],
        "city": ["Bergamo", "Brescia"],
        "custom.colour": ["blue", "red"],
    }


def test_it_goes_back_once(cast: SimpleNamespace, alfa: Company) -> None:
    entry = change(cast.giulia, alfa, name="Beta")
    undo(cast.giulia, entry)
    with pytest.raises(Refused):
        undo(cast.giulia, entry)
    assert not may_undo(Entry.objects.get(pk=entry.pk), cast.giulia)
    assert not may_undo(last(alfa), cast.giulia)


def test_what_was_changed_again_since_stays(cast: SimpleNamespace, alfa: Company) -> None:
    entry = change(cast.giulia, alfa, name="Beta", city="Bergamo")
    change(cast.luca, alfa, name="Gamma")
    with pytest.raises(Refused, match=str(Company._meta.get_field("name").verbose_name)):
        undo(cast.giulia, entry)
    now = Company.objects.get(pk=alfa.pk)
    assert (now.name, now.city) == ("Gamma", "Bergamo")


def test_a_change_of_another_field_since_does_not_stand_against_it(cast: SimpleNamespace, alfa: Company) -> None:
    entry = change(cast.giulia, alfa, name="Beta")
    change(cast.luca, alfa, city="Milano")
    undo(cast.giulia, entry)
    now = Company.objects.get(pk=alfa.pk)
    assert (now.name, now.city) == ("Alfa", "Milano")


def test_only_who_did_it_or_who_administers_may(cast: SimpleNamespace, alfa: Company) -> None:
    entry = change(cast.giulia, alfa, name="Beta")
    assert [name for name, user in vars(cast).items() if may_undo(entry, user)] == ["giulia", "sara"]


def test_a_right_lost_since_is_a_right_lost(cast: SimpleNamespace, alfa: Company) -> None:
    entry = change(cast.giulia, alfa, name="Beta")
    cast.giulia.roles.clear()
    with pytest.raises(Refused):
        undo(type(cast.giulia).objects.get(pk=cast.giulia.pk), entry)
    assert Company.objects.get(pk=alfa.pk).name == "Beta"


def test_what_one_gave_away_one_may_take_back_until_somebody_works_on_it(
    opportunities: Any, cast: SimpleNamespace, make: Any
) -> None:
    for worked_on in (False, True):
        one = make()
        entry = change(cast.giulia, one, owner=cast.luca)
        assert not cast.giulia.rights.covers(type(one).objects.get(pk=one.pk), "edit")
        if worked_on:
            change(cast.luca, one, next_step="Call")
            with pytest.raises(Refused):
                undo(cast.giulia, entry)
        else:
            undo(cast.giulia, entry)
        assert type(one).objects.get(pk=one.pk).owner == (cast.luca if worked_on else cast.giulia)


def test_a_new_record_goes_to_the_trash_unless_it_is_in_use(cast: SimpleNamespace, alfa: Company) -> None:
    made = last(alfa)
    contact = Contact.objects.create(last_name="Rossi", company=alfa)
    with pytest.raises(Refused):
        undo(cast.giulia, made)
    contact.trash()
    undo(cast.giulia, made)
    assert Company.objects.get(pk=alfa.pk).is_trashed


def batch_of(user: Any, *changes: tuple[Any, dict[str, Any]]) -> Batch:
    batch = open_batch("bulk", record_type="company")
    Batch.objects.filter(pk=batch.pk).update(actor=user)
    with act_as(user, door="screen", batch=batch):
        for record, values in changes:
            now = type(record).objects.get(pk=record.pk)
            now.put(values)
            now.save()
    return Batch.objects.get(pk=batch.pk)


def test_a_batch_goes_back_but_for_what_people_did_since(cast: SimpleNamespace) -> None:
    companies = [Company.objects.create(name=f"C{n}") for n in range(4)]
    batch = batch_of(cast.sara, *((one, {"city": "Roma", "kind": "customer"}) for one in companies))
    change(cast.luca, companies[0], city="Milano")
    companies[1].refresh_from_db()
    Company.objects.get(pk=companies[1].pk).trash()
    assert preview_batch(batch) == {"removed": 0, "undone": 3, "kept": 1}
    outcome = undo_batch(batch, cast.sara)
    now = [(one.city, one.kind) for one in Company.objects.order_by("pk")]
    assert now == [("Milano", "prospect"), ("Roma", "customer"), ("", "prospect"), ("", "prospect")]
    assert {key for _type, key, _title in outcome.kept} == {companies[0].pk, companies[1].pk}
    with pytest.raises(Refused):
        undo_batch(batch, cast.sara)


def test_a_field_changed_twice_in_a_batch_goes_back_to_the_first_value(cast: SimpleNamespace, alfa: Company) -> None:
    batch = batch_of(cast.sara, (alfa, {"city": "Roma"}), (alfa, {"city": "Milano"}))
    undo_batch(batch, cast.sara)
    assert Company.objects.get(pk=alfa.pk).city == "Brescia"


def test_a_batch_is_taken_back_by_nobody_else(cast: SimpleNamespace, alfa: Company) -> None:
    batch = batch_of(cast.luca, (alfa, {"city": "Roma"}))
    with pytest.raises(Refused):
        undo_batch(batch, cast.giulia)
    undo_batch(batch, cast.sara)
    assert Company.objects.get(pk=alfa.pk).city == "Brescia"


def test_a_bulk_trash_goes_back_though_all_of_it_is_in_the_trash(cast: SimpleNamespace) -> None:
    companies = [Company.objects.create(name=f"C{n}") for n in range(3)]
    batch = open_batch("bulk", record_type="company")
    Batch.objects.filter(pk=batch.pk).update(actor=cast.sara)
    with act_as(cast.sara, batch=batch):
        for one in companies:
            one.trash()
    batch.refresh_from_db()
    assert preview_batch(batch) == {"removed": 0, "undone": 3, "kept": 0}
    undo_batch(batch, cast.sara)
    assert Company.objects.filter(trashed_at=None).count() == 3
