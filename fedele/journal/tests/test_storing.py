"""Many rows at once are the same as one after the other, on every database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from fedele.access.models import User
from fedele.journal.models import Batch, Entry, Link
from fedele.journal.storing import give_ids, insert_many, maker, update_many
from fedele.people.companies.models import Company
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import install_default

pytestmark = pytest.mark.django_db

TEXTS = ["", "è ‘x’", "a\tb\\N\nc", "\\.", "'; DROP TABLE x; --", "{}", "%s", "NULL", "🦊"]


def test_every_kind_of_value_comes_back_as_it_went() -> None:
    stages = list(install_default().stages.all())
    company = Company.objects.create(name="Alfa")
    rows = [
        Opportunity(
            name=f"{n} {text}", notes=text, company=company, stage=stages[n % 5], process=stages[0].process,
            amount=Decimal("1234567890.12") * n,
            closes_on=None if n % 2 else dt.date(2026, 2, 28), probability=None if n == 1 else n,
            custom={"a": [text, None, 1.5]} if n else {},
        )
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip
    insert_many(Opportunity, rows)
    stored = list(Opportunity.objects.order_by("pk"))
    assert [one.pk for one in stored] == [one.pk for one in rows]
    for one, row in zip(stored, rows, strict=True):
        for field in Opportunity._meta.concrete_fields:
            assert getattr(one, field.attname) == field.to_python(getattr(row, field.attname)), field.name
        assert not row._state.adding


def test_ids_go_on_where_others_ended() -> None:
    first = Batch.objects.create(kind="x")
    rows = [Batch(kind=str(n)) for n in range(3)]
    insert_many(Batch, rows)
    after = Batch.objects.create(kind="y")
    assert len({first.pk, *(row.pk for row in rows), after.pk}) == 5
    assert first.pk < min(row.pk for row in rows) < after.pk
    given = [Batch(kind="z"), Batch(kind="z")]
    give_ids(Batch, given)
    assert not Batch.objects.filter(kind="z").exists()
    insert_many(Batch, given)
    assert set(Batch.objects.filter(kind="z").values_list("pk", flat=True)) == {row.pk for row in given}


def test_all_or_none() -> None:
    Company.objects.create(name="Alfa", number="AZ-1")
    with pytest.raises(DatabaseError), transaction.atomic():
        insert_many(Company, [Company(name="Beta"), Company(name="Gamma", number="AZ-1")])
    assert list(Company.objects.values_list("name", flat=True)) == ["Alfa"]
    insert_many(Company, [])


def test_what_is_made_quickly_is_what_is_made_slowly() -> None:
    make = maker(Company)
    one, other, slow = make(), make(), Company()
    for field in Company._meta.concrete_fields:
        if not isinstance(getattr(slow, field.attname), dt.datetime):
            assert getattr(one, field.attname) == getattr(slow, field.attname), field.name
    one.custom["a"] = 1
    assert other.custom == {}
    one.name = "Alfa"
    one.save()
    assert Company.objects.get().name == "Alfa"


def test_many_are_changed_field_by_field() -> None:
    user = User.objects.create_user("anna@example.com")
    rows = [Company(name=text) for text in TEXTS]
    insert_many(Company, rows)
    now = timezone.now()
    for n, row in enumerate(rows):
        row.name, row.notes, row.owner_id, row.updated_at, row.custom = (
            f"{n}",
            TEXTS[n],
            user.pk if n % 2 else None,
            now,
            {"n": n},
        )
    update_many(Company, rows, {"name", "owner", "updated_at", "custom"})
    stored = list(Company.objects.order_by("pk").values_list("name", "notes", "owner_id", "updated_at", "custom"))
    assert stored == [(f"{n}", "", user.pk if n % 2 else None, now, {"n": n}) for n in range(len(TEXTS))]


def test_entries_and_links_in_bulk_are_like_single_ones() -> None:
    entry = Entry(
        kind="x.y", record_type="x", record_id=1, changes={"a": [None, "è"]}, data={"line": 3}, at=timezone.now()
    )
    insert_many(Entry, [entry])
    insert_many(Link, [Link(entry=entry, record_type="z", record_id=2, at=entry.at)])
    stored = Entry.objects.get()
    assert (stored.changes, stored.data, stored.at, stored.actor_id) == (
        {"a": [None, "è"]},
        {"line": 3},
        entry.at,
        None,
    )
    assert stored.links.get().record_id == 2
