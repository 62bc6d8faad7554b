"""The cast at work on a small house: fixtures for the stories of the record page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fedele.access import roles
from fedele.access.models import Role, Team, User
from fedele.demo.cast import EVERYBODY, TEAMS
from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.fields import forget_custom_fields
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import install_default


@pytest.fixture
def cast(db: None) -> dict[str, Any]:
    """Giulia sells, Luca leads her team, Marco repairs, Sara administers, Eva may see nothing. All read English."""
    roles.install()
    install_default()
    forget_custom_fields()
    teams: dict[str, Team] = {}
    for name, above in TEAMS.items():
        teams[name] = Team.objects.create(name=name, parent=teams.get(above))
    known = {role.key: role for role in Role.objects.all()}
    people = {}
    for one in EVERYBODY:
        people[one.key] = User.objects.create(
            email=one.email, first_name=one.first_name, last_name=one.last_name, team=teams.get(one.team), language="en"
        )
        people[one.key].roles.add(*[known[one.role]] if one.role else [])
    return people


@pytest.fixture
def giulia(cast: dict[str, Any]) -> Any:
    return cast["giulia"]


@pytest.fixture
def as_(cast: dict[str, Any]) -> Any:
    """`as_("luca")`: a browser in which Luca is signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(cast[name])
        return client

    return browser


@pytest.fixture
def company(giulia: Any) -> Company:
    with act_as(giulia, door="screen"):
        company = Company(name="Officine Rinaldi", city="Brescia", province="BS", owner=giulia)
        company.save()
    return company


@pytest.fixture
def contact(giulia: Any, company: Company) -> Contact:
    with act_as(giulia, door="screen"):
        contact = Contact(first_name="Elena", last_name="Rinaldi", company=company, owner=giulia)
        contact.save()
    return contact


@pytest.fixture
def lead(giulia: Any) -> Lead:
    with act_as(giulia, door="screen"):
        lead = Lead(
            first_name="Paolo",
            last_name="Tosi",
            company_name="Tosi Stampi",
            email="paolo@tosi.example",
            interest="Press P200",
            owner=giulia,
        )
        lead.save()
    return lead


@pytest.fixture
def opportunity(giulia: Any, company: Company) -> Opportunity:
    with act_as(giulia, door="screen"):
        opportunity = Opportunity(name="Deburring line", company=company, amount=28000, owner=giulia)
        opportunity.save()
    return opportunity
