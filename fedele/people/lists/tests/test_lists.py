"""A list of names: what makes it lawful, what it cost, and what became of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.people.lists.models import PurchasedList


@pytest.fixture
def bought(giulia: Any) -> PurchasedList:
    with act_as(giulia):
        one = PurchasedList(name="Meccanici Brescia", vendor="Dati S.r.l.", cost=Decimal(300), owner=giulia)
        one.save()
    return one


def ready(one: PurchasedList, **more: Any) -> PurchasedList:
    one.put({"legal_basis": "consent", "notice_on": timezone.localdate(), **more})
    one.save()
    one.declare_ready()
    return one


def names_of(one: PurchasedList) -> int:
    return PurchasedList.objects.get(pk=one.pk).names


def test_nobody_is_contacted_before_source_basis_and_notice_are_filled_in(bought: PurchasedList, giulia: Any) -> None:
    with act_as(giulia):
        lead = Lead(last_name="Rossi", origin_list=bought, owner=giulia)
        lead.save()
        own = Lead(last_name="Neri", owner=giulia)
        own.save()
        assert not lead.origin_allows_contact
        assert own.origin_allows_contact
        assert set(Lead.objects.contactable()) == {own}
        with pytest.raises(Refused, match="legal basis, notice given on"):
            bought.declare_ready()
        ready(bought)
        assert set(Lead.objects.contactable()) == {own, lead}
        assert Lead.objects.get(pk=lead.pk).origin_allows_contact


@pytest.mark.parametrize("taken", ["vendor", "legal_basis", "received_on", "notice_on"])
def test_who_takes_away_what_made_it_lawful_stops_the_contacts(bought: PurchasedList, giulia: Any, taken: str) -> None:
    with act_as(giulia):
        ready(bought)
        bought.put({taken: None if taken.endswith("_on") else ""})
        bought.save()
    assert PurchasedList.objects.get(pk=bought.pk).state == "incomplete"


def test_an_expired_or_a_discarded_list_allows_nothing(bought: PurchasedList, giulia: Any) -> None:
    with act_as(giulia):
        today = timezone.localdate()
        ready(bought, received_on=today - dt.timedelta(days=9), valid_until=today)
        Contact(last_name="Verdi", origin_list=bought).save()
        assert Contact.objects.contactable().count() == 1
        bought.put({"valid_until": today - dt.timedelta(days=1)})
        bought.save()
        assert Contact.objects.contactable().count() == 0
        bought.put({"valid_until": None})
        bought.save()
        bought.trash()
        assert Contact.objects.contactable().count() == 0


def test_a_page_of_a_name_warns_and_the_list_filters(bought: PurchasedList, giulia: Any, as_: Any) -> None:
    with act_as(giulia):
        lead = Lead(last_name="Rossi", origin_list=bought, owner=giulia)
        lead.save()
    warning = "Do not contact: its list is not ready"
    assert warning in as_("giulia").get(f"/leads/{lead.pk}/").content.decode()
    assert "Rossi" in as_("giulia").get(f"/leads/?f=origin_list.in:{bought.pk}").content.decode()
    with act_as(giulia):
        ready(bought)
    assert warning not in as_("giulia").get(f"/leads/{lead.pk}/").content.decode()


def test_the_names_are_counted_at_every_write(bought: PurchasedList, giulia: Any) -> None:
    with act_as(giulia):
        other = PurchasedList(name="Other")
        other.save()
        lead, contact = Lead(last_name="A", origin_list=bought), Contact(last_name="B", origin_list=bought)
        for record in (lead, contact, Company(name="C", origin_list=bought), Company(name="D")):
            record.save()
        assert names_of(bought) == 3
        lead.origin_list = other
        lead.save()
        assert (names_of(bought), names_of(other)) == (2, 1)
        Contact.objects.filter(pk=contact.pk).bulk_change(origin_list=other)
        assert (names_of(bought), names_of(other)) == (1, 2)
        lead.trash()
        assert names_of(other) == 1
        lead.restore()
        assert names_of(other) == 2
        lead.job = "buyer"
        lead.save()
        lead.erase()
        assert (names_of(bought), names_of(other)) == (1, 1)


def test_the_page_says_what_a_name_cost_and_what_became_of_them(bought: PurchasedList, giulia: Any, as_: Any) -> None:
    with act_as(giulia):
        for name in ("A", "B", "C"):
            lead = Lead(last_name=name, origin_list=bought, owner=giulia)
            lead.save()
        lead.warm()
    assert PurchasedList.objects.get(pk=bought.pk).cost_per_name == Decimal(100)
    page = as_("giulia").get(f"/name-lists/{bought.pk}/?panels=1").content.decode()
    assert "Cost per name" in page
    assert "€100.00" in page
    assert f"/leads/?f=origin_list.in:{bought.pk}&amp;f=stage.in:hot" in page
    assert as_("marco").get(f"/name-lists/{bought.pk}/").status_code == 404


def test_a_list_without_names_costs_nothing_each(bought: PurchasedList) -> None:
    assert bought.cost_per_name is None
