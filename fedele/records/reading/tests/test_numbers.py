import datetime as dt
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from fedele.records.reading import parse_boolean, parse_date, parse_datetime, parse_decimal
from fedele.records.reading.formats import find_formats


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1.234,56", ",", "1234.56"), ("1234,56", ",", "1234.56"), ("1.234.567", ",", "1234567"), ("1.234", ",",
        "1234"),
        ("1,5", ",", "1.5"), (",5", ",", "0.5"), ("-12,30 €", ",", "-12.30"), ("€ 1.000", ",", "1000"), ("12,5-",
        ",", "-12.5"),
        ("(1.200,00)", ",", "-1200.00"), ("22%", ",", "22"), ("1 234,5", ",", "1234.5"), ("1\u00a0234,5", ",",
        "1234.5"),
        ("1'234.50", ".", "1234.50"), ("1,234.56", ".", "1234.56"), ("1234", ".", "1234"), ("1.5", ".", "1.5"),
        ("+7", ",", "7"), ("EUR 10", ",", "10"), ("−3", ",", "-3"), (12.5, ",", "12.5"), (7, ",", "7"),
    ],
)  # fmt: skip
def test_decimal(text, mark, number):
    assert parse_decimal(text, mark) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1234.56", ","), ("1.23", ","), ("1.2345", ","), ("1,234,567", ","), ("1,23", "."), ("1.234.567", "."),
        ("twelve", ","),
        ("1e9", "."), ("NaN", "."), ("Infinity", "."), ("--5", ","), ("1.234 567", ","), ("=1+1", ","), ("٣", ","),
        ("9" * 60, ","),
    ],
)  # fmt: skip
def test_what_is_no_number_in_this_file(text, mark):
    with pytest.raises(ValidationError):
        parse_decimal(text, mark)


@given(st.decimals(-(10**12), 10**12, places=3), st.sampled_from([("it", ","), ("en", ".")]))
def test_numbers_as_locales_write_them(number, locale):
    name, mark = locale
    assert parse_decimal(format_decimal(number, "#,##0.000", locale=name), mark) == number


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", "dmy", (2026, 4, 3)), ("03/04/2026", "mdy", (2026, 3, 4)), ("3.4.26", "dmy", (2026, 4, 3)),
        ("03-04-69", "dmy", (1969, 4, 3)), ("2026-04-03", "mdy", (2026, 4, 3)), ("2026/04/03", "dmy", (2026, 4, 3)),
        ("26/04/03", "ymd", (2026, 4, 3)), ("20260403", "dmy", (2026, 4, 3)), ("3 aprile 2026", "dmy", (2026, 4, 3)),
        ("3 Apr 2026", "mdy", (2026, 4, 3)), ("1° maggio 2026", "dmy", (2026, 5, 1)), ("03/04/2026 10:30", "dmy",
        (2026, 4, 3)),
        ("2026-04-03T10:30:00Z", "dmy", (2026, 4, 3)), ("29/02/2024", "dmy", (2024, 2, 29)),
    ],
)  # fmt: skip
def test_date(text, order, day):
    assert parse_date(text, order) == dt.date(*day)


@pytest.mark.parametrize(
    "text", ["29/02/2026", "31/12", "13/13/2026", "tomorrow", "0000-00-00", "3 foo 2026", "45000", "12/31/2026"]
)
def test_what_is_no_date(text):
    with pytest.raises(ValidationError):
        parse_date(text, "dmy")


def test_date_with_time():
    assert parse_datetime("03/04/2026 10:30").isoformat() == "2026-04-03T10:30:00+02:00"
    assert parse_datetime("04/03/2026 1:05 PM", "mdy").isoformat() == "2026-04-03T13:05:00+02:00"
    assert parse_datetime("2026-04-03T10:30:15Z").isoformat() == "2026-04-03T10:30:15+00:00"
    assert parse_datetime("03/04/2026").isoformat() == "2026-04-03T00:00:00+02:00"
    with pytest.raises(ValidationError):
        parse_datetime("03/04/2026 25:00")


def test_yes_and_no():
    assert [parse_boolean(text) for text in ("sì", "SI", "Yes", "vero", "TRUE", "x", "1", True)] == [True] * 8
    assert [parse_boolean(text) for text in ("no", "NO", "falso", "FALSE", "0", "-", False)] == [False] * 7
    assert parse_boolean(" ") is None
    with pytest.raises(ValidationError, match="neither yes nor no"):
        parse_boolean("perhaps")


def test_empty_cells_are_none():
    assert [parse_decimal(""), parse_date(None), parse_datetime(" "), parse_boolean(None)] == [None] * 4


@pytest.mark.parametrize(
    ("column", "decimal"),
    [
        (["1.234,50", "3,5"], ","), (["1,234.50", "3.5"], "."), (["1.234", "5.678"], ","), (["45.46421", "9.19"], "."),
        (["84.11.10", "86.22.0", "Z1"], ","), (["1.50", "a", "b", "c", "d", "2,5"], ","), (["1.234,5 €", "€ 2,50"],
        ","),
    ],
)  # fmt: skip
def test_decimal_mark_of_a_table(column, decimal):
    assert find_formats([[cell] for cell in column])[0] == decimal


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2026", "25/04/2026"], "dmy"),
        (["03/04/2026", "04/25/2026"], "mdy"),
        (["03/04/2026"], "dmy"),
        (["2026-04-25"], "dmy"),
    ],
)
def test_order_of_dates_of_a_table(column, order):
    assert find_formats([[cell] for cell in column])[1] == order


def test_defaults_follow_the_country(settings):
    settings.COUNTRY = "US"
    assert find_formats([["1"]]) == (".", "mdy")
    settings.COUNTRY = "DE"
    assert find_formats([["1"]]) == (",", "dmy")
