"""What is written when facts change: the phase, its day, its history, one entry, one notice; and all of it back again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.access.keys import ApiKey
from fedele.billing.models import Dispute
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.notices.models import Notice
from fedele.people.lifecycle.models import LifeCycle, LifeCycleRules, Passage
from fedele.people.lifecycle.nightly import settle_all, settle_due
from fedele.people.lifecycle.settling import settle
from fedele.people.lifecycle.words import why
from fedele.people.models import Company, Observation
from fedele.records.merging.joining import merge
from fedele.records.undo import undo_batch, undo_entry
from fedele.sales.models import Opportunity

TODAY = timezone.localdate


@pytest.fixture
def company(giulia: Any) -> Company:
    company = Company(name="Alfa", owner=giulia)
    company.save()
    return company


def sell(company: Company, *days_ago: int) -> None:
    """Won so many days ago, past the doors as an import of old years would."""
    for ago in days_ago:
        one = Opportunity(name=f"{ago}", company=company, owner=company.owner, amount=1000)
        one.save()
        Opportunity.objects.filter(pk=one.pk).update(outcome="won", closed_on=TODAY() - dt.timedelta(days=ago))
    settle([company.pk])


def stands(company: Company) -> tuple[str, Any]:
    company.refresh_from_db()
    return company.phase, company.phase_since


def passages(company: Company) -> list[str]:
    return list(Passage.objects.filter(company=company).order_by("day", "pk").values_list("phase", flat=True))


def test_the_first_win_makes_a_buyer_in_the_same_act_and_undoing_it_a_prospect(company: Company, giulia: Any) -> None:
    with act_as(giulia, door="screen"):
        one = Opportunity(name="Press", company=company, owner=giulia)
        one.save()
        one.win()
    assert stands(company) == ("first", TODAY())
    entry = Entry.objects.get(kind="company.phase_changed")
    assert (entry.record_id, entry.actor, entry.data["phase"], entry.data["phase_before"]) == (
        company.pk, giulia, "first", "prospect",
    )  # fmt: skip
    for kind in ("opportunity.won", "company.became_customer"):
        undo_entry(Entry.objects.get(kind=kind), giulia)
    assert stands(company) == ("prospect", None)
    assert (passages(company), LifeCycle.objects.count()) == ([], 0)


def test_a_supplier_has_no_phase_until_it_buys(giulia: Any) -> None:
    company = Company(name="Beta", kind="supplier", owner=giulia)
    company.save()
    assert stands(company) == ("", None)
    sell(company, 10)
    assert stands(company)[0] == "first"
    Opportunity.objects.get().trash()
    assert stands(company) == ("", None)


def test_nobody_types_it(company: Company, giulia: Any, client: Client) -> None:
    client.force_login(giulia)
    assert client.post(f"/companies/{company.pk}/cell/phase/", {"value": "loyal", "version": 1}).status_code == 404
    client.post(f"/companies/{company.pk}/edit/", {"name": "Alfa", "kind": "prospect", "phase": "loyal", "version": 1})
    assert stands(company)[0] == "prospect"


def test_time_alone_puts_a_customer_at_risk_and_the_owner_is_told_once(
    company: Company, luca: Any, giulia: Any
) -> None:
    sell(company, 800, 500, 300)
    assert stands(company)[0] == "loyal"
    LifeCycleRules.objects.create(pk=1, worked_out_at=timezone.now())
    LifeCycle.objects.update(due_on=TODAY() - dt.timedelta(days=1))
    Opportunity.objects.filter(name="500").update(closed_on=TODAY() - dt.timedelta(days=700))
    Opportunity.objects.filter(name="300").update(closed_on=TODAY() - dt.timedelta(days=600))
    settle_due.func()
    settle_due.func()
    assert stands(company)[0] == "risk"
    assert list(Notice.objects.filter(user=giulia).values_list("kind", "title")) == [("company.at_risk", "Alfa")]


def test_a_dispute_is_a_risk_after_its_days_and_over_when_it_is_closed(company: Company, giulia: Any) -> None:
    sell(company, 200)
    dispute = Dispute(subject="Price", company=company, opened_on=TODAY() - dt.timedelta(days=60))
    dispute.save()
    assert stands(company) == ("risk", TODAY())
    Dispute.objects.get().close()
    assert stands(company)[0] == "first"
    assert passages(company) == ["first"]


def test_a_risk_that_lasted_stays_in_the_history(company: Company, giulia: Any) -> None:
    sell(company, 200)
    Dispute(subject="Price", company=company, opened_on=TODAY() - dt.timedelta(days=70)).save()
    assert stands(company) == ("risk", TODAY() - dt.timedelta(days=10))
    Dispute.objects.get().close()
    assert stands(company) == ("first", TODAY())
    assert passages(company) == ["first", "risk", "first"]
    settle([company.pk])
    assert passages(company) == ["first", "risk", "first"]


def test_a_bad_mark_of_a_prospect_is_no_risk(company: Company) -> None:
    Observation(company=company, kind="satisfaction", text="1").save()
    assert (stands(company)[0], LifeCycle.objects.count()) == ("prospect", 0)
    sell(company, 10)
    assert stands(company)[0] == "risk"


def test_merged_companies_have_bought_together_and_apart_again_each_for_itself(company: Company, sara: Any) -> None:
    other = Company(name="Alfa srl", owner=company.owner)
    other.save()
    sell(company, 400)
    sell(other, 800, 100)
    with act_as(sara, door="screen"):
        batch = merge(sara, company, [other])
        assert stands(company)[0] == "loyal"
        undo_batch(batch, sara)
    assert (stands(company)[0], stands(other)[0]) == ("first", "renewal")


def test_an_opportunity_that_changes_hands_takes_its_purchase_along(company: Company, giulia: Any) -> None:
    other = Company(name="Beta", owner=giulia)
    other.save()
    sell(company, 10)
    one = Opportunity.objects.get()
    one.company = other
    one.save()
    assert (stands(company)[0], stands(other)[0]) == ("prospect", "first")


def test_working_it_out_twice_changes_nothing(company: Company) -> None:
    sell(company, 900, 500, 30)
    before = list(LifeCycle.objects.values()), list(Passage.objects.values())
    entries = Entry.objects.count()
    assert settle_all() == 0
    assert (list(LifeCycle.objects.values()), list(Passage.objects.values())) == before
    assert Entry.objects.count() == entries


def test_a_hundred_cost_no_more_statements_than_one(company: Company, giulia: Any) -> None:
    sell(company, 10)
    with CaptureQueriesContext(connection) as one:
        settle([company.pk])
    more = []
    for number in range(20):
        made = Company(name=f"Firm {number}", owner=giulia)
        made.save()
        sell(made, 10, 500)
        more.append(made.pk)
    LifeCycle.objects.filter(company__in=more).delete()
    Passage.objects.filter(company__in=more).delete()
    with CaptureQueriesContext(connection) as many:
        settle([company.pk, *more])
    assert len(many) <= len(one) + 3


def test_why_in_words_and_only_what_the_reader_may_know(company: Company, giulia: Any, marco: Any) -> None:
    sell(company, 1200, 600, 40)
    Dispute(subject="Price", company=company, opened_on=TODAY() - dt.timedelta(days=70)).save()
    reason = LifeCycle.objects.get().reason
    since = (TODAY() - dt.timedelta(days=70)).strftime("%d/%m/%Y")
    assert why(reason, TODAY(), giulia) == [
        "3 purchases in 3 years, the last 40 days ago; usually buys every 19 months",
        f"a dispute open since {since}",
    ]
    assert "purchases" not in str(why(reason, TODAY(), marco))


def test_lists_exports_and_the_api_show_it_and_none_sets_it(company: Company, giulia: Any, client: Client) -> None:
    other = Company(name="Beta", owner=giulia)
    other.save()
    sell(company, 10)
    Observation(company=company, kind="satisfaction", text="1").save()
    client.force_login(giulia)
    page = client.get("/companies/?view=risk").content.decode()
    assert ("Alfa" in page, "Beta" in page) == (True, False)
    lines = client.get("/companies/export/?f=phase.in:risk").getvalue().decode().splitlines()
    assert (len(lines), "at risk" in lines[1] or "a rischio" in lines[1]) == (2, True)
    _key, secret = ApiKey.make(giulia, "test")
    key = {"Authorization": f"Bearer {secret}"}
    rows = Client().get("/api/v1/companies?f=phase.in:risk", headers=key).json()["items"]
    assert [(row["name"], row["phase"]) for row in rows] == [("Alfa", "risk")]
    Client().patch(f"/api/v1/companies/{other.pk}", {"phase": "loyal", "version": 1}, "application/json", headers=key)
    assert stands(other)[0] == "prospect"


def test_the_dialog_says_why_and_what_to_do(company: Company, giulia: Any, eva: Any, client: Client) -> None:
    sell(company, 500, 20)
    client.force_login(giulia)
    page = client.get(f"/companies/{company.pk}/phase/").content.decode()
    assert page.count('class="badge info"') == 3
    client.force_login(eva)
    assert client.get(f"/companies/{company.pk}/phase/").status_code == 404
