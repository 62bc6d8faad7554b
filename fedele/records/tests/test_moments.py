"""Periods by their calendar: over the end of a year, of a February, of a week that lies in two years."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedele.records.moments import PERIODS, day_of, moment_of, period

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))
TABLE = (
    ("2026-12-31", "tomorrow", "2027-01-01", "2027-01-01"),
    ("2026-01-01", "yesterday", "2025-12-31", "2025-12-31"),
    ("2027-01-01", "week", "2026-12-28", "2027-01-03"),
    ("2026-12-31", "next_week", "2027-01-04", "2027-01-10"),
    ("2026-01-01", "last_week", "2025-12-22", "2025-12-28"),
    ("2026-12-15", "next_month", "2027-01-01", "2027-01-31"),
    ("2026-01-31", "last_month", "2025-12-01", "2025-12-31"),
    ("2028-01-31", "next_month", "2028-02-01", "2028-02-29"),
    ("2026-03-31", "last_month", "2026-02-01", "2026-02-28"),
    ("2026-11-21", "quarter", "2026-10-01", "2026-12-31"),
    ("2026-11-21", "next_quarter", "2027-01-01", "2027-03-31"),
    ("2026-02-01", "last_quarter", "2025-10-01", "2025-12-31"),
    ("2026-12-31", "year", "2026-01-01", "2026-12-31"),
    ("2026-12-31", "next_year", "2027-01-01", "2027-12-31"),
    ("2026-01-01", "last_year", "2025-01-01", "2025-12-31"),
)
UNITS = ("week", "month", "quarter", "year")


@pytest.mark.parametrize(("today", "name", "first", "last"), TABLE)
def test_a_period_is_what_the_calendar_says(today: str, name: str, first: str, last: str) -> None:
    assert period(name, dt.date.fromisoformat(today)) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@given(DAYS, st.sampled_from(UNITS))
def test_last_this_and_next_follow_on_each_other_without_a_gap(today: dt.date, unit: str) -> None:
    before, this, after = (period(name, today) for name in (f"last_{unit}", unit, f"next_{unit}"))
    assert this[0] <= today <= this[1]
    assert before[1] + dt.timedelta(days=1) == this[0]
    assert this[1] + dt.timedelta(days=1) == after[0]


@given(DAYS, st.sampled_from(list(PERIODS)))
def test_every_period_begins_before_it_ends(today: dt.date, name: str) -> None:
    first, last = period(name, today)
    assert first <= last


def test_a_day_begins_at_midnight_in_the_companys_time_zone() -> None:
    """On the day the clocks change it lasts 23 or 25 hours."""
    for day, hours in ((dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25), (dt.date(2026, 7, 1), 24)):
        begins, ends = moment_of(day), moment_of(day + dt.timedelta(days=1))
        assert begins is not None
        assert ends is not None
        assert ends.astimezone(dt.UTC) - begins.astimezone(dt.UTC) == dt.timedelta(hours=hours)
        assert begins.hour == 0


def test_words_stand_for_days_and_everything_else_is_refused() -> None:
    today = dt.date(2026, 12, 31)
    assert [day_of(word, today).isoformat() for word in ("yesterday", "today", "tomorrow")] == [
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
    ]
    for wrong in ("?", "31/12/2026", "2026-13-01", "2025-02-29", "now", "0001-01-01", "9999-12-31"):
        with pytest.raises(ValueError, match=r"."):
            day_of(wrong, today)
