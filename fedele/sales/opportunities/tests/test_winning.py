"""Won, lost, open again: what an opportunity remembers and what it does to the customer."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.sales.opportunities.models import Opportunity


def test_a_win_makes_a_customer_once(opportunity: Opportunity, company: Company, giulia: Any) -> None:
    second = Opportunity(name="Spare parts", company=company, owner=giulia)
    second.save()
    with act_as(giulia):
        opportunity.win(note="Signed")
        second.company = Company.objects.get()
        second.win()
    company.refresh_from_db()
    assert (opportunity.outcome, opportunity.probability, opportunity.closed_on, company.kind) == (
        "won",
        100,
        timezone.localdate(),
        "customer",
    )
    assert Entry.objects.filter(kind="company.became_customer").count() == 1


def test_a_supplier_who_buys_stays_a_supplier(opportunity: Opportunity, company: Company) -> None:
    company.kind = "supplier"
    company.save()
    opportunity.company = company
    opportunity.win()
    company.refresh_from_db()
    assert company.kind == "supplier"


def test_lost_for_another_reason_needs_words(opportunity: Opportunity) -> None:
    with pytest.raises(Refused):
        opportunity.lose("other")
    opportunity.refresh_from_db()
    assert opportunity.outcome == "open"
    opportunity.lose("competitor", competitor="Gallo Presse")
    assert (opportunity.outcome, opportunity.probability, opportunity.competitor) == ("lost", 0, "Gallo Presse")
    with pytest.raises(Refused):
        opportunity.win()


def test_open_again_it_forgets_how_it_ended(opportunity: Opportunity) -> None:
    opportunity.lose("price", note="Too dear")
    opportunity.reopen()
    assert (opportunity.outcome, opportunity.closed_on, opportunity.loss_reason, opportunity.outcome_note) == (
        "open",
        None,
        "",
        "",
    )
    assert opportunity.probability == opportunity.stage.probability
