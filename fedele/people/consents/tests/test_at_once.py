"""Agreeing and refusing at the same moment, and a record that comes in while its address is refused."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.base.tests.sharing import all_at_once
from fedele.demo.cast import install
from fedele.people.consents.contacting import contactable, may_contact
from fedele.people.consents.recording import latest, record_answer
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead

pytestmark = pytest.mark.usefixtures("shared_database")


def test_the_refusal_wins() -> None:
    install(password="")
    lead = Lead(last_name="Tosi", email="paolo@tosi.example")
    lead.save()
    twin = Contact(last_name="Tosi", email="paolo@tosi.example")
    twin.save()
    shown = latest()

    def work(n: int) -> Any:
        record = (Lead if n % 2 else Contact).objects.get(email="paolo@tosi.example")
        if n in (2, 3):
            return record_answer(record, ["email"], "withdrawn", source="link", seen=shown)
        return record_answer(record, ["email"], "given", purpose="marketing", source="link", seen=shown)

    all_at_once(work, 8)
    for record in (Lead.objects.get(pk=lead.pk), Contact.objects.get(pk=twin.pk)):
        assert not may_contact(record, "email").allowed
        assert record.email_marketing == "no"
        assert not contactable(type(record).objects.all(), "email").exists()


def test_a_record_that_comes_in_meanwhile_is_refused_too() -> None:
    install(password="")
    lead = Lead(last_name="Tosi", email="paolo@tosi.example")
    lead.save()

    def work(n: int) -> Any:
        if n == 3:
            return record_answer(lead, ["email"], "refused", source="phone")
        return Lead(last_name=f"Nuovo {n}", email="paolo@tosi.example").save()

    all_at_once(work, 8)
    assert set(Lead.objects.values_list("email_marketing", flat=True)) == {"no"}
    assert Lead.objects.count() == 8
