"""The way of the large loads, on little: without indexes, block by block, and all indexes back afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from benchmarks.data import load_reference
from fedele import demo
from fedele.demo import loading
from fedele.demo.sheets import COLUMNS
from fedele.people.duplicates import index
from fedele.people.models import Company, Contact, MatchKey
from fedele.sales.models import Opportunity
from fedele.search import find
from fedele.search.models import Word

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = dt.date(2026, 11, 21)


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexname || indexdef FROM pg_indexes WHERE tablename = ANY(%s)", [list(COLUMNS)])
        else:
            cursor.execute("SELECT name || coalesce(sql, '') FROM sqlite_master WHERE type IN ('index', 'trigger')")
        return {found for (found,) in cursor.fetchall()}


def test_a_large_load_gives_the_same_company_and_keeps_every_index(monkeypatch):
    before = _indexes()
    monkeypatch.setattr(loading, "LARGE", 100)
    told = []
    demo.load(120, seed=3, today=TODAY, progress=lambda *what: told.append(what))
    assert _indexes() == before
    assert {what for what, _done, _of in told} == {"rows", "indexes", "search"}
    assert Company.objects.count() == 120
    assert Opportunity.objects.get(number=f"TR-{TODAY.year}-0001").company.city
    assert [hit.title for hit in find("torneria colombo", limit=1)] == ["Torneria Colombo"]
    assert [hit.title for hit in find("caseifcio orobie", limit=1)] == ["Caseificio Orobie"]
    assert Word.objects.get(word="srl").documents > 50
    made = sorted(MatchKey.objects.values_list("key", "record_type", "record_id"))
    index.rebuild()
    assert sorted(MatchKey.objects.values_list("key", "record_type", "record_id")) == made
    Company.objects.create(name="Nuova", number="AZ-X")
    assert Company.objects.latest("pk").pk == 121


def test_the_reference_data_has_the_proportions_of_the_comparison():
    loaded = load_reference(40, 200, 100)
    assert [model.objects.count() for model in (Company, Contact, Opportunity)] == [40, 200, 100]
    assert loaded["entries"] == 200
    assert Opportunity.objects.visible_to(loaded["users"]["roberto"]).count() == 100
    assert 0 < Opportunity.objects.visible_to(loaded["users"]["giulia"]).count() < 100
    assert Opportunity.objects.values("owner").distinct().count() == 10
    for model in (Company, Contact, Opportunity):
        for record in model.objects.all():
            record.full_clean()
