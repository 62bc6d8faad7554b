"""The numbers at the top of a company's page, and the rows they open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.sales.models import Opportunity
from fedele.sales.opportunities.situation import sales_with


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
    assert [(tile["value"], tile["note"]) for tile in tiles] == [
        ("7\xa0€", "1 · previsione 1\xa0€"), ("100\xa0€", "1 trattativa"), ("1", "per 40\xa0€"),
    ]  # fmt: skip
    client.force_login(giulia)
    opened = [client.get(tile["url"]).content.decode() for tile in tiles]
    names = ("Saw", "Press", "Robot", "Old lathe")
    assert [[name for name in names if name in html] for html in opened] == [["Saw"], ["Press"], ["Robot"]]
