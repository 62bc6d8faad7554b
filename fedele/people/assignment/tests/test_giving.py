"""Names given at once: from the queue, from a list, away from a colleague; told once, and taken back as one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from fedele.access.keys import ApiKey
from fedele.base.models import records_written
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.journal.storing import give_ids, insert_many
from fedele.journal.writing import entry_for, open_batch, write_many
from fedele.notices.models import Notice
from fedele.people.assignment.models import Handout
from fedele.people.assignment.tests.conftest import dealt, lead
from fedele.people.assignment.trying import try_rules
from fedele.people.assignment.work import start
from fedele.people.leads.models import Lead
from fedele.records.undo import undo_batch, undo_entry
from fedele.tasks.models import Progress


@pytest.fixture
def waiting(house: Any) -> list[Lead]:
    """Five names nobody has, three of them from Brescia."""
    found = [lead(f"Rossi{n}", province="BS" if n < 3 else "MI") for n in range(5)]
    for one in found:
        one.save()
    return found


def owners() -> dict[int, Any]:
    return dict(Lead.objects.values_list("pk", "owner_id"))


def test_the_queue_proposes_and_changes_nothing_until_accepted(
    house: Any, rule: Any, waiting: list[Lead], as_: Any
) -> None:
    rule("Brescia", "person", person=house.giulia, provinces=["BS"])
    page = as_("anna").get("/assignment/queue/").content.decode()
    assert (page.count('class="proposal"'), page.count("No rule holds")) == (3, 2)
    assert set(owners().values()) == {None}
    ids = ",".join(str(one.pk) for one in waiting)
    answer = as_("anna").post("/assignment/queue/sort/", {"ids": ids, "act": "rules"})
    assert answer.status_code == 302
    assert [owners()[one.pk] for one in waiting] == [house.giulia.pk] * 3 + [None] * 2
    batch = Batch.objects.get()
    undo_batch(batch, house.anna)
    assert set(owners().values()) == {None}


def test_by_hand_to_a_colleague(house: Any, waiting: list[Lead], as_: Any) -> None:
    given = {"ids": [str(one.pk) for one in waiting[:2]], "act": "give", "owner": house.luca.pk}
    as_("anna").post("/assignment/queue/sort/", given)
    assert [owners()[one.pk] for one in waiting] == [house.luca.pk] * 2 + [None] * 3
    assert Entry.objects.filter(kind="lead.assigned", actor=house.anna).count() == 2


def test_somebody_who_may_not_work_leads_is_no_choice(house: Any, waiting: list[Lead], as_: Any) -> None:
    as_("anna").post("/assignment/queue/sort/", {"all": "1", "act": "give", "owner": house.marco.pk})
    assert set(owners().values()) == {None}


def test_the_verb_on_one_lead_says_why_not(house: Any, rule: Any, waiting: list[Lead], as_: Any) -> None:
    answer = as_("anna").post(f"/leads/{waiting[0].pk}/do/deal/")
    assert (answer.status_code, "Not assigned: no rule holds." in answer.content.decode()) == (422, True)
    rule("All", "person", person=house.giulia)
    assert as_("anna").post(f"/leads/{waiting[0].pk}/do/deal/").status_code == 302
    entry = Entry.objects.get(kind="lead.given")
    assert owners()[waiting[0].pk] == house.giulia.pk
    undo_entry(entry, house.anna)
    assert owners()[waiting[0].pk] is None


def test_the_bulk_verb_on_a_list(house: Any, rule: Any, waiting: list[Lead], as_: Any) -> None:
    rule(people=(house.giulia, house.luca))
    given = {"all": "1", "query": "view=all&edited=1", "go": "1"}
    assert as_("anna").post("/leads/bulk/deal/", given).status_code == 302
    found = list(owners().values())
    assert sorted((found.count(house.giulia.pk), found.count(house.luca.pk))) == [2, 3]


def test_many_are_one_notice_with_the_reasons_and_more_join_while_it_is_unread(house: Any, rule: Any) -> None:
    rule("Brescia", "person", person=house.giulia, provinces=["BS"])
    rule("Rest", "person", person=house.giulia)
    with act_as(house.anna):
        for n in range(12):
            one = lead(province="BS" if n < 9 else "MI")
            dealt(one)
            one.save()
    notice = Notice.objects.get(user=house.giulia)
    assert (notice.data["count"], notice.data["reasons"], notice.url) == (
        12,
        "Brescia (9), Rest (3)",
        "/assignment/mine/",
    )
    Notice.objects.update(read_at=notice.at)
    one = lead()
    dealt(one)
    one.save()
    assert list(Notice.objects.order_by("id").values_list("data__count", flat=True)) == [12, 1]
    assert not Handout.objects.filter(is_told=False).exists()


def test_what_was_given_to_me_with_reason_and_source(house: Any, rule: Any, as_: Any) -> None:
    rule("Brescia", "person", person=house.giulia)
    one = lead("Tosi")
    dealt(one)
    one.save()
    page = as_("giulia").get("/assignment/mine/").content.decode()
    assert [word in page for word in ("Tosi", "Brescia", "Fair")] == [True] * 3
    assert "Tosi" not in as_("andrea").get("/assignment/mine/").content.decode()


def test_a_new_lead_without_owner_finds_its_person_from_the_form_and_by_program(
    house: Any, rule: Any, as_: Any
) -> None:
    rule("Brescia", "person", person=house.luca, provinces=["BS"])
    form = as_("giulia").get("/leads/new/").content.decode()
    assert "by the rules" in form
    answer = as_("giulia").post(
        "/leads/new/", {"last_name": "Tosi", "province": "BS", "country": "IT", "source": "fair", "owner": ""}
    )
    assert answer.status_code == 302
    assert Lead.objects.get(last_name="Tosi").owner == house.luca
    key = {"Authorization": f"Bearer {ApiKey.make(house.giulia, 'x')[1]}"}
    sent = {"last_name": "By program", "province": "BS", "owner": None}
    assert Client().post("/api/v1/leads", sent, content_type="application/json", headers=key).status_code == 201
    assert Lead.objects.get(last_name="By program").owner == house.luca
    as_("giulia").post(
        "/leads/new/", {"last_name": "Mia", "province": "BS", "source": "fair", "owner": house.giulia.pk}
    )
    assert Lead.objects.get(last_name="Mia").owner == house.giulia


def test_a_trial_changes_nothing_and_counts_each_person_and_rule(house: Any, rule: Any, waiting: list[Lead]) -> None:
    made = rule("Brescia", people=(house.giulia, house.luca), provinces=["BS"])
    entries = Entry.objects.count()
    trial = try_rules("lead", [made], house.sara)
    assert (trial.came, trial.tried, trial.waiting, trial.queued) == (5, 5, 2, [("nessuna regola è adatta", 2)])
    assert sorted(n for _who, n, _by in trial.people) == [1, 2]
    made.refresh_from_db()
    assert (made.last, Entry.objects.count(), Handout.objects.count(), set(owners().values())) == (
        None,
        entries,
        0,
        {None},
    )


def test_the_rule_in_the_form_is_tried_before_it_is_saved(house: Any, waiting: list[Lead], as_: Any) -> None:
    asked = {
        "name": "Brescia",
        "is_active": "on",
        "how": "person",
        "person": house.giulia.pk,
        "province": ["BS"],
        "try": "1",
    }
    page = as_("sara").post("/assignment/rules/new/", asked).content.decode()
    assert "Giulia Bassi" in page[page.index('id="trial"') :]
    from fedele.people.assignment.models import Rule

    assert Rule.objects.count() == 0
    del asked["try"]
    assert as_("sara").post("/assignment/rules/new/", asked).status_code == 302
    assert (Rule.objects.get().provinces, set(owners().values())) == (["BS"], {None})


def test_given_away_in_turn_in_one_act_that_goes_back_as_one(house: Any, as_: Any) -> None:
    for _ in range(7):
        lead(owner=house.giulia).save()
    asked = {"what": "open", "how": "people", "to": [house.andrea.pk, house.elisa.pk]}
    assert as_("luca").post(f"/assignment/load/{house.giulia.pk}/", asked).status_code == 302
    found = list(owners().values())
    assert (found.count(house.andrea.pk), found.count(house.elisa.pk)) == (4, 3)
    moved = Lead.objects.filter(owner=house.andrea).first()
    with act_as(house.andrea):
        moved.owner = house.fabio
        moved.save()
    outcome = undo_batch(Batch.objects.get(kind="bulk"), house.luca)
    assert (outcome.undone, len(outcome.kept)) == (6, 1)
    assert list(owners().values()).count(house.giulia.pk) == 6


def test_very_many_are_a_job(house: Any, rule: Any) -> None:
    rule(people=(house.giulia, house.luca))
    for _ in range(201):
        lead().save()
    done = start(house.anna, "lead", list(Lead.objects.values_list("pk", flat=True)))
    assert isinstance(done, Progress)
    done.refresh_from_db()
    assert (done.state, done.counts) == ("done", {"changed": 201, "skipped": 0})
    found = list(owners().values())
    assert sorted((found.count(house.giulia.pk), found.count(house.luca.pk))) == [100, 101]
    assert Notice.objects.filter(user=house.giulia).count() == 1


def test_an_imported_thousand_is_shared_and_goes_back_with_the_import(house: Any, rule: Any) -> None:
    people = (house.giulia, house.luca, house.andrea, house.elisa, house.fabio, house.paola, house.davide)
    rule("Turns", people=people)
    with act_as(house.anna):
        batch = open_batch("import", record_type="lead", title="fair.csv")
    with act_as(house.anna, door="import", batch=batch):
        for _chunk in range(4):
            leads = [lead(f"Name {n}") for n in range(250)]
            dealt(*leads)
            give_ids(Lead, leads)
            insert_many(Lead, leads)
            write_many((one, entry_for(one, "created", data={"source": "fair.csv", "line": 1})) for one in leads)
            records_written.send(Lead, records=leads, changed=None)
    counts = Counter(owners().values())
    assert (counts.total(), len(counts), max(counts.values()) - min(counts.values())) == (1000, 7, 1)
    assert Entry.objects.filter(kind="lead.given", actor=house.anna).count() == 1000
    assert {one.user_id for one in Notice.objects.all()} == {user.pk for user in people}
    assert Notice.objects.count() == 7
    outcome = undo_batch(batch, house.anna)
    assert (outcome.removed, outcome.kept) == (1000, [])
