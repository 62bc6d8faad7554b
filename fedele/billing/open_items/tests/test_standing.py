"""What a company owes and how it pays, against figures worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.billing.disputes.models import Dispute
from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.showing import tile_of_company, warn_of_company
from fedele.billing.open_items.standing import ages, position_of
from fedele.people.companies.models import Company

D = Decimal


def fresh(company: Company) -> Company:
    return Company.objects.get(pk=company.pk)


def test_open_and_overdue_by_hand(item: Any, company: Any) -> None:
    item("1", 1000, due=-45)
    item("2", 500, due=-1, paid=D(200))
    item("3", 700, due=10)
    item("4", 250, due=-3, kind="credit_note")
    item("5", 900, due=-90, paid=D(900))
    (standing,) = position_of(fresh(company)).standings
    # Open 1000 + 300 + 700 - 250; overdue the same without the 700 that are not yet due.
    assert (standing.open, standing.overdue) == (D(1750), D(1050))
    assert (standing.open_count, standing.overdue_count, standing.overdue_days) == (4, 2, 45)


def test_currencies_are_not_added_up(item: Any, company: Any) -> None:
    item("1", 1000, due=-45)
    item("2", 300, due=-5, currency="usd")
    found = {one.currency: (one.open, one.overdue) for one in position_of(fresh(company)).standings}
    assert found == {"EUR": (D(1000), D(1000)), "USD": (D(300), D(300))}


def test_habits_by_hand(item: Any, company: Any, today: dt.date) -> None:
    for document, amount, delay in (("1", 1000, 20), ("2", 3000, 0), ("3", 1000, -5)):
        made = item(document, amount, due=-100)
        made.paid, made.paid_on = D(amount), made.due_on + dt.timedelta(days=delay)
        made.save()
    item("4", 9999, due=-100)  # unpaid: tells nothing of how long payment took
    habits = position_of(fresh(company)).habits
    assert habits is not None
    # (1000 × 20 + 3000 × 0 − 1000 × 5) ÷ 5000 = 3; written 30 days before due, so 33 days to payment; 1000 of 5000 late.
    assert (habits.count, habits.delay, habits.days_to_pay, habits.late_share, habits.worst) == (3, 3.0, 33.0, 0.2, 20)
    assert habits.trend is None


def test_the_trend_compares_the_years(item: Any, company: Any) -> None:
    for year, delay in ((0, 30), (1, 10)):
        for n in range(3):
            made = item(f"{year}-{n}", 100, due=-100 - year * 365)
            made.paid, made.paid_on = D(100), made.due_on + dt.timedelta(days=delay)
            made.save()
    habits = position_of(fresh(company)).habits
    assert habits is not None
    assert (habits.count, habits.delay, habits.trend) == (6, 20.0, 20.0)


def test_nothing_known_says_nothing(company: Any, giulia: Any) -> None:
    position = position_of(fresh(company))
    assert (position.standings, position.habits, position.disputes) == ((), None, 0)
    assert warn_of_company(fresh(company), giulia) == []
    assert tile_of_company(fresh(company), giulia) == []


def test_warnings_say_how_much_and_since_when(item: Any, company: Any, giulia: Any) -> None:
    item("1", 12400, due=-45)
    Dispute(subject="Merce rovinata", company=company, amount=D(300)).save()
    assert warn_of_company(fresh(company), giulia) == [
        ("bad", "Overdue €12,400 for 45 days"), ("warn", "Dispute open"),
    ]  # fmt: skip
    (tile,) = tile_of_company(fresh(company), giulia)
    assert (tile["value"], tile["note"], tile["level"]) == ("€12,400", "overdue €12,400", "bad")
    assert tile["url"] == f"/open-items/?f=company.in:{company.pk}&f=state.in:open,part,over"


def test_what_is_in_the_trash_or_over_does_not_warn(item: Any, company: Any, giulia: Any) -> None:
    item("1", 12400, due=-45).trash()
    dispute = Dispute(subject="Prezzo", company=company)
    dispute.save()
    dispute.close()
    assert warn_of_company(fresh(company), giulia) == []


def test_ages_by_hand(item: Any, today: dt.date) -> None:
    for document, amount, due in (
        ("1", 1, 0),
        ("2", 10, -1),
        ("3", 20, -30),
        ("4", 40, -31),
        ("5", 80, -61),
        ("6", 160, -91),
    ):
        item(document, amount, due=due)
    item("7", 5, due=-10, kind="credit_note")
    (row,) = ages(OpenItem.objects.all(), today)
    assert [(row[f"{key}_sum"], row[f"{key}_n"]) for key in ("to_30", "to_60", "to_90", "over_90")] == [
        (D(25), 3), (D(40), 1), (D(80), 1), (D(160), 1),
    ]  # fmt: skip
    assert (row["total"], row["n"]) == (D(305), 6)


def test_the_page_of_ages_leads_to_the_documents(item: Any, as_: Any) -> None:
    item("FT-OLD", 160, due=-91)
    item("FT-NEW", 10, due=-2)
    html = as_("luca").get("/open-items/ageing/").content.decode()
    assert "€160" in html
    address = html.split('href="/open-items/?')[-2].split('"')[0].replace("&amp;", "&")
    listed = as_("luca").get(f"/open-items/?{address}").content.decode()
    assert ("FT-OLD" in listed, "FT-NEW" in listed) == (True, False)


@pytest.mark.parametrize(
    ("who", "warned", "rows"),
    [("giulia", True, True), ("chiara", True, True), ("davide", True, False), ("marco", False, False)],
)
def test_by_right(item: Any, company: Any, as_: Any, who: str, warned: bool, rows: bool) -> None:
    """Who sells sees the documents of the own team's customers and the totals of all, who answers all, a technician none."""
    item("FT-2026-77", 4321, due=-45)
    html = as_(who).get(f"/companies/{company.pk}/?panels=1").content.decode()
    assert ("4,321" in html, "FT-2026-77" in html) == (warned, rows)
    assert as_(who).get("/open-items/ageing/").status_code == (200 if warned else 404)


def test_an_offer_to_a_late_payer_warns(item: Any, opportunity: Any, as_: Any) -> None:
    item("1", 12400, due=-45)
    assert (
        "Overdue €12,400 for 45 days"
        in as_("giulia").get(f"/opportunities/{opportunity.pk}/?panels=1").content.decode()
    )
    assert "Overdue" not in as_("marco").get(f"/companies/{opportunity.company_id}/?panels=1").content.decode()


def test_costs_two_statements_however_many_documents(item: Any, company: Any, as_: Any) -> None:
    browser, url = as_("giulia"), f"/companies/{company.pk}/?panels=1"
    browser.get(url)
    with CaptureQueriesContext(connection) as without:
        browser.get(url)
    for n in range(12):
        item(str(n), 100, due=-n)
    with CaptureQueriesContext(connection) as with_items:
        browser.get(url)
    assert len(with_items) - len(without) == 2
