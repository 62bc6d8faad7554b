"""The blocks of a page: each for itself, for who may have it, and one that breaks takes no other along."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.records import adding
from fedele.records.page.panels import places_of
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity

HTMX = {"HX-Request": "true"}


def names(html: str) -> list[str]:
    return re.findall(r'data-panel="([^"]+)"', html)


def test_the_page_answers_without_its_blocks_and_they_come_in_one_answer(
    as_: Any, company: Company, contact: Contact, opportunity: Opportunity
) -> None:
    browser, url = as_("giulia"), f"/companies/{company.pk}/"
    page = browser.get(url).content.decode()
    assert "Deburring line" not in page.split('id="panels"')[1]
    assert names(page)[:2] == ["contact-company", "companies-positions"]
    right = page.split('id="panels"')[1]
    assert names(right)[:4] == ["opportunity-company", "bought", "activities-next", "profiles-profile"]
    blocks = browser.get(f"{url}panel/", headers=HTMX).content.decode()
    assert "<html" not in blocks and "Deburring line" in blocks and "Elena Rinaldi" in blocks
    whole = browser.get(f"{url}?panels=1").content.decode()
    assert names(whole) == names(blocks)
    sides = [
        names(browser.get(f"{url}panel/?side={side}", headers=HTMX).content.decode()) for side in ("left", "right")
    ]
    assert (sides[0][0], sides[1][0], sorted([*sides[0], *sides[1]])) == (
        "contact-company", "opportunity-company", sorted(names(blocks)),
    )  # fmt: skip
    assert browser.get(f"{url}panel/").url == f"{url}?panels=1#panels"


def test_each_block_has_an_address_and_asks_again_who_may(
    as_: Any, cast: dict[str, Any], company: Company, opportunity: Opportunity
) -> None:
    url = f"/companies/{company.pk}/panel/opportunity-company/"
    assert "Deburring line" in as_("giulia").get(url, headers=HTMX).content.decode()
    assert as_("giulia").get(url).url == f"/companies/{company.pk}/?panels=1#panel-opportunity-company"
    role = cast["giulia"].roles.get()
    role.rights = {**role.rights, "opportunity": {"view": "none"}}
    role.save()
    assert as_("giulia").get(url, headers=HTMX).status_code == 404
    blocks = as_("giulia").get(f"/companies/{company.pk}/panel/", headers=HTMX).content.decode()
    assert "opportunity-company" not in names(blocks) and "Deburring line" not in blocks
    assert as_("giulia").get(f"/companies/{company.pk}/panel/gone/", headers=HTMX).status_code == 404
    assert as_("eva").get(f"/companies/{company.pk}/panel/", headers=HTMX).status_code == 404


def test_one_that_breaks_says_so_and_the_others_stand(
    as_: Any, company: Company, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_record: Any, _user: Any) -> dict[str, Any]:
        raise ZeroDivisionError

    added = [*adding._panels["company"], (99, "records/_broken.html", broken)]
    monkeypatch.setitem(adding._panels, "company", added)
    html = as_("giulia").get(f"/companies/{company.pk}/panel/", headers=HTMX).content.decode()
    assert "Elena Rinaldi" in html
    assert html.count("This part could not be loaded.") == 1
    assert f'hx-get="/companies/{company.pk}/panel/records-broken/"' in html


def test_the_blocks_cost_the_same_with_three_and_sixty_records(as_: Any, company: Company, giulia: Any) -> None:
    browser, url = as_("giulia"), f"/companies/{company.pk}/panel/"
    counts = []
    for more in (3, 57):
        with act_as(giulia, door="screen"):
            for number in range(more):
                Contact(first_name="P", last_name=f"{more}-{number}", company=company).save()
                Opportunity(name=f"Deal {more}-{number}", company=company, owner=giulia).save()
        browser.get(url, headers=HTMX)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url, headers=HTMX).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_names_of_blocks_are_told_apart(company: Company, giulia: Any) -> None:
    places = [one.name for one in places_of(registry.by_key("company"), company, giulia)]
    assert len(places) == len(set(places))


def test_what_was_bought_last_comes_first_and_nothing_is_claimed_of_what_is_hidden(
    as_: Any, cast: dict[str, Any], company: Company, giulia: Any
) -> None:
    with act_as(giulia, door="screen"):
        for name, amount, days in (("Lathe", 900, 300), ("Robot", 10, 2), ("Press", 500, 40), ("Saw", 700, 80)):
            one = Opportunity(name=name, company=company, amount=amount, owner=giulia)
            one.save()
            one.win()
            day = timezone.localdate() - dt.timedelta(days=days)
            Opportunity.objects.filter(pk=one.pk).update(closed_on=day)
    bought = as_("giulia").get(f"/companies/{company.pk}/panel/bought/", headers=HTMX).content.decode()
    assert re.findall(r">(Lathe|Robot|Press|Saw)<", bought) == ["Robot", "Press", "Saw"]
    Opportunity.objects.update(owner=cast["luca"], team=None)
    role = cast["giulia"].roles.get()
    role.rights = {**role.rights, "opportunity": {**role.rights["opportunity"], "view": "own"}}
    role.save()
    hidden = as_("giulia").get(f"/companies/{company.pk}/panel/bought/", headers=HTMX).content.decode()
    assert "None visible to you." in hidden and "None yet." not in hidden
