"""Amounts, dates and names as each language writes them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from fedele.ui import amounts, moments, names

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("language", "value", "cents", "shown"),
    [
        ("it", Decimal("84320.00"), None, f"84.320{SPACE}€"),
        ("it", Decimal("1234.5"), None, f"1.234,50{SPACE}€"),
        ("it", 12, True, f"12,00{SPACE}€"),
        ("it", Decimal("-0.4"), False, f"0{SPACE}€"),
        ("en", Decimal("84320.00"), None, "€84,320"),
        ("en", Decimal("-1234.5"), None, "-€1,234.50"),
        ("en", None, None, ""),
    ],
)
def test_money(language, value, cents, shown):
    with translation.override(language):
        assert amounts.money(value, "EUR", cents) == shown


def test_a_currency_without_cents_and_one_named_by_letters():
    with translation.override("en"):
        assert amounts.money(Decimal("1500.00"), "JPY", cents=True) in ("¥1,500", "JP¥1,500")
        assert amounts.money(5, "CHF") == f"CHF{SPACE}5"


def test_numbers_and_percentages():
    with translation.override("it"):
        assert amounts.number(1234567) == "1.234.567"
        assert amounts.number(Decimal("1200.50")) == "1.200,5"
        assert amounts.percent(Decimal("0.342"), 1) == "34,2%"
        assert amounts.plain_number(Decimal("1200.50")) == "1200,5"
        assert amounts.plain_number("12,x") == "12,x"


def test_near_days_have_names_and_far_ones_a_year():
    now = timezone.localtime().replace(hour=9, minute=5)
    with translation.override("en"):
        assert moments.ago(now) == "today 09:05"
        assert moments.ago(now - dt.timedelta(days=1)) == "yesterday 09:05"
        assert moments.ago(now.date() + dt.timedelta(days=1)) == "tomorrow"
        assert moments.ago(dt.date(2019, 11, 18)) == "18 Nov 2019"


def test_whole_days():
    with translation.override("it"):
        assert moments.day(dt.date(2026, 11, 21)) == "sabato 21 novembre 2026"
        assert moments.ago(dt.date(2019, 3, 5)) == "5 mar 2019"
    with translation.override("en"):
        assert moments.day(dt.date(2026, 11, 21)) == "Saturday 21 November 2026"
    assert moments.date(dt.date(2026, 3, 5)) == "05/03/2026"


def test_moments_are_told_in_the_zone_of_the_installation():
    assert moments.datetime(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)) == "02/07/2026 00:30"


def test_names():
    assert names.initials("Officine Meccaniche Rinaldi") == "OM"
    assert names.initials("Berti") == "BE"
    assert names.initials("") == "–"
    assert names.tel("+390303312450") == "+39 030 331 2450"
    assert names.tel("030/3312450") == "030/3312450"
