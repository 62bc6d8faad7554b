"""What is missing of a document, how that is called, and what is never kept because it would grow old."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from fedele.billing.open_items.models import OpenItem

D = Decimal


@pytest.mark.parametrize(
    ("kind", "amount", "paid", "residual", "state"),
    [
        ("invoice", "100.00", "0", "100.00", "open"),
        ("invoice", "100.00", "40.10", "59.90", "part"),
        ("invoice", "100.00", "100.00", "0.00", "settled"),
        ("invoice", "100.00", "100.01", "-0.01", "over"),
        ("invoice", "-100.00", "0", "-100.00", "open"),
        ("invoice", "-100.00", "-30.00", "-70.00", "part"),
        ("credit_note", "100.00", "0", "-100.00", "open"),
        ("credit_note", "-100.00", "0", "-100.00", "open"),
        ("credit_note", "100.00", "60.00", "-40.00", "part"),
        ("advance", "500.00", "500.00", "0.00", "settled"),
    ],
)
def test_the_residual_and_its_state(item: Any, kind: str, amount: str, paid: str, residual: str, state: str) -> None:
    made = item("1", amount, kind=kind, paid=D(paid))
    assert (made.residual, made.state) == (D(residual), state)


def test_a_payment_in_two_parts_ends_with_its_day(item: Any, today: dt.date) -> None:
    one = item("1", 1000, due=-10)
    one.paid = D(400)
    one.save()
    assert (one.residual, one.state, one.paid_on, one.days_late) == (D(600), "part", None, None)
    one.paid = D(1000)
    one.save()
    assert (one.residual, one.state, one.paid_on) == (D(0), "settled", today)
    assert (one.days_late, one.days_to_pay) == (10, 40)
    one.paid = D(900)
    one.save()
    assert (one.residual, one.state, one.days_late) == (D(100), "part", None)


def test_what_came_settled_without_a_day_says_nothing_of_habits(item: Any) -> None:
    one = item("1", 100, due=-5, paid=D(100))
    assert (one.state, one.paid_on, one.days_late) == ("settled", None, None)


def test_overdue_is_told_by_the_day_one_looks(item: Any, today: dt.date, monkeypatch: Any) -> None:
    one = item("1", 100, due=3)
    assert one.overdue_days == 0
    monkeypatch.setattr("fedele.billing.open_items.paying.timezone.localdate", lambda: today + dt.timedelta(days=10))
    assert one.overdue_days == 7


def test_a_row_whose_three_amounts_disagree_is_refused(company: Any, today: dt.date) -> None:
    one = OpenItem(document="1", company=company, amount=D(100), paid=D(30), residual=D(60), due_on=today)
    with pytest.raises(ValidationError) as refused:
        one.clean()
    assert refused.value.message_dict == {"residual": ["The amount less what was paid is 70."]}


def test_it_belongs_to_whoever_has_the_customer_and_follows(item: Any, company: Any, cast: Any) -> None:
    one = item("1", 100)
    assert (one.owner, one.team) == (cast["giulia"], cast["giulia"].team)
    company.put({"owner": cast["davide"]})
    company.save()
    one.refresh_from_db()
    assert (one.owner, one.team) == (cast["davide"], cast["davide"].team)
