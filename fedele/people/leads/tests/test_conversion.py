"""A lead becomes company, contact and opportunity: once, with its history, and back again."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.conversion import Plan
from fedele.people.leads.models import Lead
from fedele.records.page.timeline import timeline_of
from fedele.records.undo import preview_batch, undo_batch
from fedele.sales.opportunities.models import Opportunity

WHOLE = {
    "company": "new",
    "company_name": "Tosi Stampi",
    "contact": "new",
    "opportunity": "on",
    "opportunity_name": "Press P200",
    "amount": "12500",
}


def convert(lead: Lead, user: Any, **planned: Any) -> Batch:
    with act_as(user, door="screen"):
        return lead.convert(Plan(opportunity="Press P200", amount=Decimal(12500), **planned))


def test_one_step_makes_all_three_with_the_whole_history(lead: Lead, giulia: Any) -> None:
    with act_as(giulia):
        lead.qualify()
        lead.note("Wants a press before summer.")
    convert(lead, giulia)
    company, contact, opportunity = Company.objects.get(), Contact.objects.get(), Opportunity.objects.get()
    assert (lead.stage, lead.company, lead.contact, opportunity.lead) == ("converted", company, contact, lead)
    assert (company.name, contact.company, opportunity.company, opportunity.contact) == (
        "Tosi Stampi",
        company,
        company,
        contact,
    )
    assert (opportunity.name, opportunity.amount, opportunity.owner) == ("Press P200", Decimal(12500), giulia)
    for heir in (company, contact, opportunity):
        kinds = [Entry.objects.get(pk=one.id).kind for day in timeline_of(heir, giulia).days for one in day.told]
        assert {"lead.created", "lead.qualified", "lead.noted", "lead.converted"} <= set(kinds), heir
        assert len(kinds) == len(set(zip(kinds, kinds, strict=True)))


def test_twice_is_refused_and_makes_nothing(lead: Lead, giulia: Any) -> None:
    stale = Lead.objects.get(pk=lead.pk)
    convert(lead, giulia)
    with pytest.raises(Refused):
        convert(stale, giulia)
    assert (Company.objects.count(), Contact.objects.count(), Opportunity.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time; the test above says it all"
)
def test_eight_clicks_at_once_convert_once(lead: Lead, giulia: Any) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def click(mine: Lead) -> None:
        start.wait(timeout=30)
        try:
            convert(mine, giulia)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    clicks = [threading.Thread(target=click, args=(Lead.objects.get(pk=lead.pk),)) for _ in range(8)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(timeout=60)
    assert sorted(outcomes) == ["done"] + ["refused"] * 7
    assert (Company.objects.count(), Contact.objects.count(), Opportunity.objects.count()) == (1, 1, 1)


def test_it_goes_back_as_one_and_can_be_done_again(lead: Lead, giulia: Any) -> None:
    with act_as(giulia):
        lead.warm()
    batch = convert(lead, giulia)
    assert preview_batch(batch) == {"removed": 3, "undone": 1, "kept": 0}
    undo_batch(batch, giulia)
    lead.refresh_from_db()
    assert (lead.stage, lead.company, lead.contact, lead.converted_at) == ("hot", None, None, None)
    assert [model.objects.filter(trashed_at=None).count() for model in (Company, Contact, Opportunity)] == [0, 0, 0]
    convert(lead, giulia)
    assert [model.objects.filter(trashed_at=None).count() for model in (Company, Contact, Opportunity)] == [1, 1, 1]


def test_going_back_leaves_what_was_worked_on_since(lead: Lead, giulia: Any) -> None:
    batch = convert(lead, giulia)
    opportunity = Opportunity.objects.get()
    with act_as(giulia):
        opportunity.move(opportunity.stage.process.stages.order_by("position")[1])
    outcome = undo_batch(batch, giulia)
    lead.refresh_from_db()
    # The opportunity went on, so it stays, and with it the customer it is for.
    assert lead.stage == "suspect"
    assert [model.objects.filter(trashed_at=None).count() for model in (Company, Contact, Opportunity)] == [1, 1, 1]
    assert (outcome.removed, outcome.undone, len(outcome.kept)) == (0, 1, 3)


def test_linking_who_is_known_already_makes_no_second_one(
    lead: Lead, giulia: Any, company: Company, contact: Contact
) -> None:
    batch = convert(lead, giulia, company=company, contact=contact)
    assert (Company.objects.get(), Contact.objects.get(), Opportunity.objects.get().company) == (
        company,
        contact,
        company,
    )
    undo_batch(batch, giulia)
    company.refresh_from_db()
    assert (company.trashed_at, Opportunity.objects.get().is_trashed) == (None, True)


# --- the screen -----------------------------------------------------------------------------------------------------------


def test_the_screen_proposes_who_is_known_and_says_why(as_: Any, lead: Lead, giulia: Any) -> None:
    with act_as(giulia):
        Company(name="Other name", email=lead.email).save()
        Company(name="Tosi Stampi S.r.l.", city="Lecco").save()
        Contact(first_name="Paolo", last_name="Tosi").save()
    html = as_("giulia").get(f"/leads/{lead.pk}/convert/").content.decode()
    assert "same e-mail" in html and "similar name" in html and "Tosi Stampi S.r.l." in html
    same = Company.objects.get(name="Other name").pk
    assert f'name="company" value="{same}" checked' in html


def test_the_screen_converts_and_leads_to_the_opportunity(as_: Any, lead: Lead) -> None:
    browser = as_("giulia")
    assert browser.get(f"/leads/{lead.pk}/do/convert/")["Location"] == f"/leads/{lead.pk}/convert/"
    answer = browser.post(f"/leads/{lead.pk}/convert/", WHOLE)
    opportunity = Opportunity.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/opportunities/{opportunity.pk}/")
    page = browser.get(answer["Location"]).content.decode()
    assert f'data-undo="/undo/batch/{Batch.objects.get().pk}/"' in page
    assert "What it became" in browser.get(f"/leads/{lead.pk}/?panels=1").content.decode()
    assert browser.post(f"/undo/batch/{Batch.objects.get().pk}/").status_code == 302
    lead.refresh_from_db()
    assert lead.stage == "suspect"


def test_the_second_tab_finds_what_the_first_made(as_: Any, lead: Lead) -> None:
    browser = as_("giulia")
    browser.post(f"/leads/{lead.pk}/convert/", WHOLE)
    second = browser.post(f"/leads/{lead.pk}/convert/", WHOLE)
    assert second.status_code == 409
    assert f"/opportunities/{Opportunity.objects.get().pk}/" in second.content.decode()
    assert "converted already" in browser.get(f"/leads/{lead.pk}/convert/").content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"company": "none"}, "opportunity"),
        ({"company": "other"}, "company"),
        ({"company": "424242"}, "company"),
        ({"company": "x" * 50}, "company"),
        ({"company": ""}, "company"),
        ({"company_name": ""}, "company_name"),
        ({"company_name": "x" * 400}, "company_name"),
        ({"company_name": "nul\x00"}, "company_name"),
        ({"contact": "9" * 30}, "contact"),
        ({"opportunity_name": ""}, "opportunity_name"),
        ({"amount": "much"}, "amount"),
        ({"amount": "-5"}, "amount"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(changed: dict[str, str], field: str, as_: Any, lead: Lead) -> None:
    answer = as_("giulia").post(f"/leads/{lead.pk}/convert/", {**WHOLE, **changed})
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    lead.refresh_from_db()
    assert lead.stage == "suspect" and not Company.objects.exists()


def test_without_the_right_nothing_is_converted_or_opened(as_: Any, lead: Lead, cast: dict[str, Any]) -> None:
    assert as_("andrea").post(f"/leads/{lead.pk}/convert/", WHOLE).status_code == 403
    assert as_("davide").post(f"/leads/{lead.pk}/convert/", WHOLE).status_code == 404
    role = cast["giulia"].roles.get()
    role.rights = {**role.rights, "opportunity": {"view": "none"}}
    role.save()
    browser = as_("giulia")
    assert 'name="opportunity"' not in browser.get(f"/leads/{lead.pk}/convert/").content.decode()
    assert browser.post(f"/leads/{lead.pk}/convert/", WHOLE).status_code == 422
    assert (
        browser.post(f"/leads/{lead.pk}/convert/", {**WHOLE, "opportunity": ""})["Location"]
        == f"/companies/{Company.objects.get().pk}/"
    )


def test_a_person_without_company_becomes_a_contact_alone(as_: Any, giulia: Any) -> None:
    lead = Lead(last_name="Verdi", phone="+390303312450", owner=giulia)
    lead.save()
    answer = as_("giulia").post(f"/leads/{lead.pk}/convert/", {"company": "none", "contact": "new"})
    assert answer["Location"] == f"/contacts/{Contact.objects.get().pk}/"
    assert not Company.objects.exists()
