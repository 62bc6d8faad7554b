"""A parent company and its branches read as one customer, as far as the reader may see them."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.sales.opportunities.models import Opportunity

HTMX = {"HX-Request": "true"}


@pytest.fixture
def group(company: Company, cast: dict[str, Any]) -> dict[str, Company]:
    with act_as(cast["giulia"], door="screen"):
        branch = Company(name="Rinaldi Sud", parent=company, owner=cast["davide"])
        branch.save()
        works = Company(name="Rinaldi Stampi", parent=branch, owner=cast["giulia"])
        works.save()
        works.note("The crane is on order.")
        Contact(first_name="Ugo", last_name="Gru", company=works).save()
        for firm, amount in ((company, 1000), (works, 500)):
            Opportunity(name=f"Deal of {firm}", company=firm, amount=amount, owner=cast["giulia"]).save()
    return {"head": company, "branch": branch, "works": works}


def test_the_whole_group_is_told_from_any_of_its_companies(as_: Any, group: dict[str, Company]) -> None:
    browser = as_("giulia")
    alone = browser.get(f"/companies/{group['head'].pk}/").content.decode()
    assert "The crane is on order." not in alone and f"/companies/{group['head'].pk}/?group=1" in alone
    for company in group.values():
        url = f"/companies/{company.pk}/"
        html = browser.get(f"{url}?group=1&panels=1").content.decode()
        assert "The crane is on order." in html and "Ugo Gru" in html
        assert "Deal of Officine Rinaldi" in html and "Deal of Rinaldi Stampi" in html
        assert "€1,500" in html
        older = browser.get(f"{url}timeline/?group=1", headers=HTMX).content.decode()
        assert older.count("The crane is on order.") == 1


def test_who_may_not_see_one_of_them_hears_nothing_of_it(
    as_: Any, group: dict[str, Company], cast: dict[str, Any]
) -> None:
    role = cast["giulia"].roles.get()
    role.rights = {**role.rights, "company": {"view": "own"}}
    role.save()
    Company.objects.filter(pk=group["works"].pk).update(owner=cast["davide"], team=cast["davide"].team)
    url = f"/companies/{group['head'].pk}/?group=1&panels=1"
    html = as_("giulia").get(url).content.decode()
    assert "crane" not in html and "Rinaldi Sud" not in html
    assert str(group["works"].pk) not in html.split("company.in:")[1].split("&")[0].replace("%2C", ",").split(",")


def test_a_company_alone_has_no_switch(as_: Any, company: Company) -> None:
    browser, url = as_("giulia"), f"/companies/{company.pk}/"
    assert "?group=1" not in browser.get(url).content.decode()
    assert browser.get(f"{url}?group=1").status_code == 200
