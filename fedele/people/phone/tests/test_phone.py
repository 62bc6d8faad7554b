"""While the phone rings: everything in one screen, in the order one is asked, and nothing one may not know."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.billing.models import Dispute, OpenItem
from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.people.handovers.briefing import briefings_of, phone_briefing
from fedele.people.models import Agreement, Company, Contact, Lead, Observation
from fedele.sales.models import Opportunity

TODAY = timezone.localdate


@pytest.fixture
def company(giulia: Any) -> Company:
    """With something of every department."""
    with act_as(giulia, door="screen"):
        company = Company(name="Alfa", owner=giulia, phone="+390302001234")
        company.save()
        sold = Opportunity(name="Press P100", company=company, owner=giulia, amount=Decimal(9000))
        sold.save()
        sold.win()
        Opportunity(name="Press P200", company=company, owner=giulia, amount=Decimal(12500)).save()
        Agreement(company=company, subject="5 % off", owner=giulia, due_on=TODAY() - dt.timedelta(days=1)).save()
        Observation(company=company, kind="channel", text="phone, mornings", owner=giulia).save()
        Activity(company=company, kind="call", subject="Ask about the hall", owner=giulia, due_on=TODAY()).save()
        Activity(
            company=company, kind="call", subject="Delivery", owner=giulia, state="done", done_at=timezone.now(), report="Wants it in May",
        ).save()  # fmt: skip
        OpenItem(company=company, document="1", amount=Decimal(500), due_on=TODAY() - dt.timedelta(days=3)).save()
        Dispute(company=company, subject="Price", amount=Decimal(20), owner=giulia).save()
        Contact(last_name="Rossi", company=company, owner=giulia).save()
        company.note("Call after five.")
    return Company.objects.get(pk=company.pk)


def told(record: Any, user: Any) -> dict[str, list[str]]:
    return {label: [str(line) for line in lines] for label, lines in phone_briefing(record.record_type, record, user)}


def test_what_one_is_asked_in_the_order_in_which_one_is_asked(company: Company, giulia: Any) -> None:
    today = TODAY().strftime("%d/%m/%Y")
    said = told(company, giulia)
    assert list(said) == [
        "Who they are to us", "What they bought", "Open agreements", "Who spoke to them last",
        "Open opportunities and next steps", "Planned activities", "Receivables and disputes", "Notes", "What we know",
        "In short", "Whom to speak to",
    ]  # fmt: skip
    assert said["Who they are to us"] == [
        f"First-time buyer, since {today}", "1 purchase, that day", "Giulia Bassi looks after them",
        "Preferred channel: phone, mornings",
    ]  # fmt: skip
    assert said["What they bought"] == [f"{today} – Press P100 – €9,000"]
    assert said["Who spoke to them last"] == [f"{today} – Giulia Bassi – call: Delivery – Wants it in May"]
    assert said["Notes"] == [f"{today}, Giulia Bassi: Call after five."]


def test_each_line_leads_to_what_it_is_about(company: Company, giulia: Any) -> None:
    lines = dict(phone_briefing("company", company, giulia))
    won = Opportunity.objects.get(outcome="won")
    assert lines["What they bought"][0].url == f"/opportunities/{won.pk}/"
    assert lines["Open agreements"][0].level == "bad"


def test_nothing_one_may_not_know(company: Company, marco: Any, eva: Any, client: Client) -> None:
    client.force_login(marco)
    page = client.get(f"/companies/{company.pk}/phone/").content.decode()
    assert [word for word in ("Press P100", "Press P200", "€500", "1 purchase", "Price, ") if word in page] == []
    client.force_login(eva)
    assert client.get(f"/companies/{company.pk}/phone/").status_code == 404


def test_what_a_colleague_may_not_see_is_not_said_before_it_is_theirs(company: Company, giulia: Any, cast: Any) -> None:
    """Davide's team sells elsewhere: he reads of it only when he takes the customer over."""
    labels = {label for label, _lines in phone_briefing("company", company, cast.davide)}
    assert "Open opportunities and next steps" not in labels
    taken = dict(briefings_of("company", [company], cast.davide)[company.pk])
    assert [line.partition(" –")[0] for line in taken["Open opportunities and next steps"]] == ["Press P200"]


def test_a_person_comes_with_their_company_and_a_lead_alone(company: Company, giulia: Any, client: Client) -> None:
    client.force_login(giulia)
    page = client.get(f"/contacts/{Contact.objects.get().pk}/phone/").content.decode()
    assert [word in page for word in ("Rossi", "Press P100", "5 % off")] == [True] * 3
    lead = Lead(last_name="Verdi", owner=giulia)
    lead.save()
    assert "Verdi" in client.get(f"/leads/{lead.pk}/phone/", headers={"HX-Request": "true"}).content.decode()
    assert client.get(f"/opportunities/{Opportunity.objects.first().pk}/phone/").status_code == 404


def test_in_few_statements_however_much_there_is(company: Company, giulia: Any, client: Client) -> None:
    client.force_login(giulia)
    address = f"/companies/{company.pk}/phone/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address, headers={"HX-Request": "true"})
    for number in range(10):
        Opportunity(name=f"{number}", company=company, owner=giulia).save()
        Agreement(company=company, subject=f"{number}", owner=giulia).save()
        company.note(f"{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(address, headers={"HX-Request": "true"})
    assert len(many) <= len(few) <= 18


def test_a_long_address_is_broken_between_its_parts(company: Company, giulia: Any, client: Client) -> None:
    with act_as(giulia, door="screen"):
        Contact(last_name="Ragazzoli", company=company, email="sandro.ragazzoli@officinemeccaniche.example").save()
    client.force_login(giulia)
    page = client.get(f"/companies/{company.pk}/phone/").content.decode()
    assert "sandro.<wbr>ragazzoli@<wbr>officinemeccaniche.<wbr>example" in page
