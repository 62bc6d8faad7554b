"""The numbers at the top of a company's page, and the rows they open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.people.models import Company, Contact
from fedele.sales.models import Opportunity
from fedele.sales.opportunities.situation import sales_with
from fedele.ui.moments import date


def test_each_number_opens_the_rows_it_counts(giulia: Any, client: Any) -> None:
    with act_as(giulia, door="screen"):
        company = Company(name="Rossi S.r.l.", owner=giulia)
        company.save()
        for name, amount in (("Press", 100), ("Old lathe", 900), ("Robot", 40), ("Saw", 7)):
            one = Opportunity(name=name, company=company, amount=amount, owner=giulia)
            one.save()
            if name in ("Press", "Old lathe"):
                one.win()
            if name == "Robot":
                one.lose(reason="price")
    long_ago = timezone.localdate() - dt.timedelta(days=400)
    Opportunity.objects.filter(name="Old lathe").update(closed_on=long_ago)
    tiles = sales_with(company, giulia)
    today = date(timezone.localdate())
    assert [(tile["value"], tile.get("named", ""), tile["note"]) for tile in tiles] == [
        ("7\xa0€", "Saw", "1 · previsione 1\xa0€"), ("100\xa0€", f"{today} · Press", "1 trattativa"), ("1", "", "per 40\xa0€"),
    ]  # fmt: skip
    client.force_login(giulia)
    opened = [client.get(tile["url"]).content.decode() for tile in tiles]
    names = ("Saw", "Press", "Robot", "Old lathe")
    assert [[name for name in names if name in html] for html in opened] == [["Saw"], ["Press"], ["Robot"]]


def test_what_was_bought_last_is_named_however_long_ago_and_so_is_the_largest_that_is_open(giulia: Any) -> None:
    with act_as(giulia, door="screen"):
        company = Company(name="Rossi S.r.l.", owner=giulia)
        company.save()
        anna = Contact(last_name="Anna", company=company, owner=giulia)
        anna.save()
        for name, amount in (("Older", 900), ("Old", 1), ("Small", 5), ("Large", 50)):
            one = Opportunity(name=name, company=company, contact=anna, amount=amount, owner=giulia)
            one.save()
            if name in ("Older", "Old"):
                one.win()
    day = timezone.localdate() - dt.timedelta(days=800)
    Opportunity.objects.filter(name="Old").update(closed_on=day)
    Opportunity.objects.filter(name="Older").update(closed_on=day - dt.timedelta(days=1))
    named = ["Large", f"{date(day)} · Old", ""]
    assert [[tile.get("named", "") for tile in sales_with(one, giulia)] for one in (company, anna)] == [named, named]
    assert sales_with(company, giulia)[1]["value"] == "0\xa0€"
