"""So many records at once that a job does it: the same deed, the same way back, in the language of who asked for it."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from fedele.access.models import User
from fedele.journal.models import Batch, Entry
from fedele.people.companies.models import Company
from fedele.records.listing.bulk import AS_A_JOB, run
from fedele.sales.opportunities.models import Opportunity
from fedele.tasks.models import Progress

MANY = AS_A_JOB + 25


@pytest.fixture
def opportunities(cast: SimpleNamespace) -> list[int]:
    """Of Giulia's; every tenth is Luca's, which she may not change."""
    company = Company.objects.create(name="Alfa")
    made = [
        Opportunity.objects.create(
            name=f"O{n:03}", company=company, amount=n, owner=cast.luca if n % 10 == 0 else cast.giulia
        )
        for n in range(MANY)
    ]
    return [one.pk for one in made]


@pytest.fixture
def italian(cast: SimpleNamespace) -> Client:
    User.objects.filter(pk=cast.giulia.pk).update(language="it")
    client = Client()
    client.force_login(cast.giulia)
    return client


def test_a_job_changes_what_one_may_and_says_what_it_left(
    opportunities: list[int], italian: Client, cast: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    """The amount is typed as Italians write it; a job has no reader whose language it could know."""
    data = {"all": "1", "query": "edited=1", "field": "amount", "value": "1.234,50", "go": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = italian.post("/opportunities/bulk/change/", data)
    progress = Progress.objects.get()
    assert answer.url == progress.get_absolute_url()
    mine = Opportunity.objects.filter(owner=cast.giulia)
    assert set(mine.values_list("amount", flat=True)) == {Decimal("1234.50")}
    assert Opportunity.objects.filter(owner=cast.luca, amount=Decimal("1234.50")).count() == 0
    progress.refresh_from_db()
    assert progress.done == progress.total == mine.count()
    batch = Batch.objects.latest("id")
    assert Entry.objects.filter(batch=batch).count() == mine.count()
    assert {entry.actor for entry in Entry.objects.filter(batch=batch)} == {cast.giulia}
    assert batch.data == {}


def test_and_it_all_goes_back(
    opportunities: list[int], italian: Client, django_capture_on_commit_callbacks: Any
) -> None:
    before = dict(Opportunity.objects.values_list("pk", "amount"))
    data = {"all": "1", "query": "edited=1", "field": "amount", "value": "5", "go": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        italian.post("/opportunities/bulk/change/", data)
    assert dict(Opportunity.objects.values_list("pk", "amount")) != before
    with django_capture_on_commit_callbacks(execute=True):
        italian.post(f"/undo/batch/{Batch.objects.latest('id').pk}/")
    assert dict(Opportunity.objects.values_list("pk", "amount")) == before


def test_rights_lost_while_it_waited_are_rights_lost(
    opportunities: list[int],
    italian: Client,
    cast: SimpleNamespace,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    data = {"all": "1", "query": "edited=1", "field": "amount", "value": "5000", "go": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        italian.post("/opportunities/bulk/change/", data)
    assert not Opportunity.objects.filter(amount=5000).exists()
    cast.giulia.roles.clear()
    run.call(Progress.objects.get().pk, Batch.objects.latest("id").pk)
    assert not Opportunity.objects.filter(amount=5000).exists()
    assert Progress.objects.get().is_over
