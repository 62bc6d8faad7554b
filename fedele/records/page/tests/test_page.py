"""What a record's page shows, to whom, and at what cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity

#: What a record has none of is known beforehand, and costs its page nothing.
MOST_STATEMENTS = 14


@pytest.fixture
def busy(company: Company, contact: Contact, opportunity: Opportunity, cast: dict[str, Any]) -> Company:
    """A company with something in every block of its page."""
    with act_as(cast["giulia"], door="screen"):
        for number in range(8):
            Contact(first_name="Person", last_name=f"Number {number}", company=company).save()
            Opportunity(name=f"Deal {number}", company=company, amount=1000 * number, owner=cast["giulia"]).save()
        other = Company(name="Branch", parent=company)
        other.save()
        Contact(first_name="Guest", last_name="Visitor", company=other).save()
        Contact.objects.get(last_name="Visitor").work_at(company, job="Adviser")
        for owner in ("luca", "giulia", "andrea"):
            company.put({"owner": cast[owner], "city": f"City of {owner}"})
            company.save()
        company.note("Called, wants a visit.")
        opportunity.win()
    return company


@pytest.mark.parametrize("key", ["company", "contact", "lead", "opportunity"])
def test_every_type_has_a_page_within_the_budget(
    key: str, as_: Any, request: pytest.FixtureRequest, busy: Company
) -> None:
    record = request.getfixturevalue(key)
    browser = as_("giulia")
    url = registry.by_key(key).url(record.pk)
    browser.get(url)
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(url)
    assert answer.status_code == 200
    assert str(record) in answer.content.decode()
    statements = [one["sql"] for one in seen.captured_queries]
    assert len(statements) <= MOST_STATEMENTS, "\n".join(statement[:160] for statement in statements)


def test_the_company_page_shows_its_people_its_deals_and_its_numbers(as_: Any, busy: Company) -> None:
    html = as_("giulia").get(f"/companies/{busy.pk}/?panels=1").content.decode()
    for expected in (
        "Person Number 0",
        "Deal 7",
        "Branch",
        "Guest Visitor",
        "Adviser",
        "Open opportunities",
        "Called, wants a visit.",
        "/opportunities/new/?company=",
    ):
        assert expected in html


@pytest.mark.parametrize(
    "door", ["", "edit/", "peek/", "timeline/", "place/", "history/name/", "cell/name/", "do/trash/"]
)
def test_a_record_one_may_not_see_is_nowhere(door: str, as_: Any, lead: Any) -> None:
    for stranger in ("davide", "eva"):
        assert as_(stranger).get(f"/leads/{lead.pk}/{door}").status_code == 404
    assert as_("giulia").get(f"/leads/99999999999/{door}").status_code == 404
    assert as_("giulia").get(f"/leads/{'9' * 30}/{door}").status_code == 404


def test_who_may_see_but_not_change_is_told_whom_to_ask(as_: Any, lead: Any) -> None:
    answer = as_("luca").get(f"/leads/{lead.pk}/edit/")
    assert answer.status_code == 200  # Luca leads her team
    answer = as_("andrea").get(f"/leads/{lead.pk}/edit/")
    assert answer.status_code == 403
    assert "Giulia Bassi" in answer.content.decode()
    page = as_("andrea").get(f"/leads/{lead.pk}/").content.decode()
    assert "data-edit" not in page and "/convert/" not in page


def test_a_field_hidden_from_a_role_is_not_on_the_page_nor_in_its_story(
    as_: Any, cast: dict[str, Any], opportunity: Opportunity
) -> None:
    role = cast["giulia"].roles.get()
    role.hidden = {"opportunity": ["amount"]}
    role.save()
    with act_as(cast["sara"]):
        opportunity.put({"amount": 31_337_313})
        opportunity.save()
        opportunity.win()
    browser = as_("giulia")
    for door in ("", "peek/", "timeline/"):
        html = browser.get(f"/opportunities/{opportunity.pk}/{door}", headers={"HX-Request": "true"}).content.decode()
        assert "31,337,31" not in html, door
        assert "3133731" not in html, door
    assert browser.get(f"/opportunities/{opportunity.pk}/cell/amount/").status_code == 404
    assert browser.get(f"/opportunities/{opportunity.pk}/history/amount/").status_code == 404
    assert "31,337,313" in as_("sara").get(f"/opportunities/{opportunity.pk}/").content.decode()


def test_hostile_text_is_shown_as_text(as_: Any, giulia: Any, company: Company) -> None:
    nasty = "<script>alert(1)</script>{{1234*5678}}=1+1\u202e"
    with act_as(giulia):
        company.put({"name": nasty, "notes": nasty, "city": nasty[:90], "website": "javascript:alert(1)"})
        company.save()
        company.note(nasty)
        Opportunity(name=nasty, company=company, owner=giulia).save()
    html = as_("giulia").get(f"/companies/{company.pk}/").content.decode()
    assert "<script>alert" not in html
    assert "7006652" not in html
    assert 'href="javascript' not in html
    assert "&lt;script&gt;alert(1)" in html


def test_what_lies_in_the_trash_offers_the_way_back_to_who_may(as_: Any, lead: Any, giulia: Any) -> None:
    with act_as(giulia):
        lead.trash()
    gone = as_("giulia").get(f"/leads/{lead.pk}/")
    assert gone.status_code == 410 and "Restore" in gone.content.decode()
    assert as_("andrea").get(f"/leads/{lead.pk}/").status_code == 404
    assert as_("andrea").post(f"/leads/{lead.pk}/restore/").status_code == 404
    assert as_("giulia").post(f"/leads/{lead.pk}/restore/").status_code == 302
    assert as_("giulia").get(f"/leads/{lead.pk}/").status_code == 200


def test_only_an_administrator_who_types_the_name_erases(as_: Any, lead: Any, giulia: Any) -> None:
    with act_as(giulia):
        lead.trash()
    assert as_("giulia").post(f"/leads/{lead.pk}/erase/", {"typed": str(lead)}).status_code == 403
    assert as_("sara").post(f"/leads/{lead.pk}/erase/", {"typed": "Paolo"}).status_code == 422
    assert as_("sara").post(f"/leads/{lead.pk}/erase/", {"typed": str(lead)}).status_code == 302
    assert as_("sara").get(f"/leads/{lead.pk}/").status_code == 404


def test_the_place_in_the_list_one_came_from(as_: Any, giulia: Any) -> None:
    companies = [Company(name=f"Firm {letter}", city="Brescia", owner=giulia) for letter in "CABD"]
    for company in companies:
        company.save()
    c, a, b, d = companies
    html = as_("giulia").get(f"/companies/{b.pk}/place/?from=f%3Dcity.is%3ABrescia").content.decode()
    assert "2 of 4" in html and f"/companies/{a.pk}/" in html and f"/companies/{c.pk}/" in html
    assert f"/companies/{d.pk}/" not in html
    page = (
        as_("giulia")
        .get(f"/companies/{b.pk}/", headers={"Referer": "http://testserver/companies/?q=Firm"})
        .content.decode()
    )
    assert "place/?from=q%3DFirm" in page
