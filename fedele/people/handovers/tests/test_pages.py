"""From the wizard to "read and taken over": who may, what the briefing says, and who sees how far it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.notices.models import Notice
from fedele.people.companies.models import Company
from fedele.people.handovers.models import Handover
from fedele.people.handovers.moving import decide
from fedele.sales.opportunities.models import Opportunity


def begin(client: Any, giver: Any, *receivers: Any, **given: Any) -> Any:
    asked = {
        "giver": giver.pk,
        "receivers": [one.pk for one in receivers],
        "split": "evenly",
        "what": ["company", "contact"],
    }
    return client.post("/handovers/new/", {**asked, "day": timezone.localdate().isoformat(), **given})


def test_a_manager_prepares_looks_and_hands_over(house: Any, portfolio: Any, as_: Any) -> None:
    portfolio(2)
    answer = begin(as_("luca"), house.giulia, house.andrea)
    made = Handover.objects.get()
    assert (answer.status_code, answer.url, made.items.count()) == (302, f"/handovers/{made.pk}/", 4)
    page = as_("luca").get(answer.url).content.decode()
    assert [word in page for word in ("Alfa 0", "Alfa 1", "Rossi 0", "Hand over now")] == [True] * 4
    assert set(Company.objects.values_list("owner", flat=True)) == {house.giulia.pk}
    as_("luca").post(f"/handovers/{made.pk}/go/")
    assert set(Company.objects.values_list("owner", flat=True)) == {house.andrea.pk}


def test_the_briefing_says_what_each_department_knows(house: Any, portfolio: Any, handover: Any) -> None:
    company = portfolio(1)[0]
    company.needs = "A press that never stops"
    company.save()
    with act_as(house.giulia):
        company.note("Call after five.")
        Opportunity(
            name="Press P200", company=company, amount=Decimal(12500), owner=house.giulia, next_step="Visit the hall"
        ).save()
    item = handover(house.andrea).items.get(record_type="company")
    said = dict(item.briefing)
    labels = ["In short", "Whom to speak to", "Open opportunities and next steps", "Notes", "What happened last"]
    assert [label for label in said if label in labels] == labels
    assert said["In short"][-1] == "Needs: A press that never stops"
    assert said["Whom to speak to"] == ["Rossi 0 · 030 2424242"]
    assert [part in said["Open opportunities and next steps"][0] for part in ("Press P200", "Visit the hall")] == [
        True,
        True,
    ]
    assert said["Notes"][0].endswith("Call after five.")
    company.trash()
    item.refresh_from_db()
    assert dict(item.briefing) == said


def test_the_briefing_says_who_must_not_be_called(house: Any, portfolio: Any, handover: Any) -> None:
    company = portfolio(1)[0]
    Company.objects.filter(pk=company.pk).update(email_marketing="yes")
    company.contacts.update(phone_marketing="no")
    item = handover(house.andrea).items.get(record_type="company")
    assert dict(item.briefing)["Consents"] == ["e-mail agreed", "Rossi 0: phone refused"]


def test_read_and_taken_over_customer_by_customer_and_both_see_how_far(
    house: Any, portfolio: Any, handover: Any, as_: Any
) -> None:
    portfolio(2)
    made = handover(house.andrea, scope={"company": ""})
    decide(made, house.luca)
    first, _second = made.items.order_by("pk")
    take = f"/handovers/{made.pk}/take/"
    as_("elisa").post(take)
    as_("giulia").post(take)
    assert made.items.filter(taken_at=None).count() == 2
    as_("andrea").post(take, {"item": first.pk})
    for who in ("giulia", "luca", "andrea"):
        assert "1 of 2" in as_(who).get(f"/handovers/{made.pk}/").content.decode(), who
    assert Entry.objects.get(kind="company.taken_over").actor == house.andrea
    as_("andrea").post(take)
    as_("andrea").post(take)
    assert Entry.objects.filter(kind="company.taken_over").count() == 2
    told = Notice.objects.filter(kind="handover.taken").values_list("user__first_name", flat=True)
    assert sorted(told) == ["Giulia", "Luca"]


def test_ones_own_portfolio_needs_the_managers_word(house: Any, portfolio: Any, as_: Any) -> None:
    portfolio(1)
    begin(as_("giulia"), house.giulia, house.andrea)
    made = Handover.objects.get()
    as_("giulia").post(f"/handovers/{made.pk}/go/")
    made.refresh_from_db()
    assert (made.state, Company.objects.get().owner) == ("asked", house.giulia)
    assert set(Notice.objects.filter(kind="handover.asked").values_list("user__first_name", flat=True)) == {
        "Luca",
        "Roberto",
    }
    assert as_("andrea").post(f"/handovers/{made.pk}/go/").status_code == 403
    as_("luca").post(f"/handovers/{made.pk}/go/")
    assert Company.objects.get().owner == house.andrea


def test_nobody_hands_over_what_is_of_those_they_do_not_lead(
    house: Any, portfolio: Any, as_: Any, handover: Any
) -> None:
    portfolio(1)
    assert begin(as_("andrea"), house.giulia, house.elisa).status_code == 422
    assert begin(as_("paola"), house.giulia, house.davide).status_code == 422
    assert begin(as_("chiara"), house.giulia, house.davide).status_code == 422
    assert Handover.objects.count() == 0
    made = handover(house.andrea)
    assert [as_(who).get(f"/handovers/{made.pk}/").status_code for who in ("elisa", "paola", "sara", "dario")] == [
        404,
        404,
        200,
        200,
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"receivers": []},
        {"what": []},
        {"what": ["nothing"]},
        {"day": "2020-01-01"},
        {"day": "soon"},
        {"shared_until": "2020-01-01"},
        {"split": "anyhow"},
        {"provinces": ["XX"]},
    ],
)
def test_what_makes_no_handover_is_refused(house: Any, portfolio: Any, as_: Any, wrong: dict[str, Any]) -> None:
    portfolio(1)
    assert begin(as_("luca"), house.giulia, house.andrea, **wrong).status_code == 422
    assert Handover.objects.count() == 0


def test_the_giver_cannot_receive_and_nothing_is_no_portfolio(house: Any, portfolio: Any, as_: Any) -> None:
    assert begin(as_("luca"), house.giulia, house.andrea).status_code == 422
    portfolio(1)
    assert begin(as_("luca"), house.giulia, house.giulia).status_code == 422
    assert begin(as_("luca"), house.giulia, house.marco).status_code == 422


def test_single_customers_go_to_another_with_all_that_is_theirs(
    house: Any, portfolio: Any, handover: Any, as_: Any
) -> None:
    portfolio(2)
    made = handover(house.andrea, house.elisa, split="first", scope={"company": "", "contact": ""})
    item = made.items.filter(is_customer=True).first()
    other = house.elisa if item.receiver_id == house.andrea.pk else house.andrea
    asked = {"ids": [item.pk], "receiver": other.pk}
    assert as_("elisa").post(f"/handovers/{made.pk}/change/", asked).status_code == 403
    as_("luca").post(f"/handovers/{made.pk}/change/", {**asked, "receiver": house.fabio.pk})
    assert made.items.filter(receiver=other).count() == 0
    as_("luca").post(f"/handovers/{made.pk}/change/", asked)
    assert made.items.filter(receiver=other).count() == 2
    decide(made, house.luca)
    assert as_("luca").post(f"/handovers/{made.pk}/change/", asked).status_code == 403


def test_called_off_before_but_not_after(house: Any, portfolio: Any, handover: Any, as_: Any) -> None:
    portfolio(1)
    made = handover(house.andrea)
    assert as_("andrea").post(f"/handovers/{made.pk}/cancel/").status_code == 403
    as_("luca").post(f"/handovers/{made.pk}/cancel/")
    as_("luca").post(f"/handovers/{made.pk}/go/")
    made.refresh_from_db()
    assert (made.state, Company.objects.get().owner) == ("cancelled", house.giulia)


def test_all_briefings_on_paper_of_one_receiver(house: Any, portfolio: Any, handover: Any, as_: Any) -> None:
    portfolio(2)
    made = handover(house.andrea, house.elisa, scope={"company": ""})
    whole = as_("luca").get(f"/handovers/{made.pk}/print/").content.decode()
    mine = as_("luca").get(f"/handovers/{made.pk}/print/?for={house.elisa.pk}").content.decode()
    assert (whole.count("<article"), mine.count("<article")) == (2, 1)
