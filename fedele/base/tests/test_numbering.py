"""Numbers: by the pattern, by the year, one after the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fedele.base import numbering
from fedele.base.numbering import Counter, Numbering, take_numbers
from fedele.people.companies.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`year(2027)`: what the calendar says from now on."""

    def turn(to: int) -> None:
        monkeypatch.setattr(numbering.timezone, "localdate", lambda: dt.date(to, 1, 1))

    return turn


def test_a_year_begins_with_one_and_the_year_before_goes_on_where_it_was(year: Any) -> None:
    year(2026)
    assert take_numbers("deal", "TR-{year}-{n:04}", 2) == ["TR-2026-0001", "TR-2026-0002"]
    year(2027)
    assert take_numbers("deal", "TR-{year}-{n:04}") == ["TR-2027-0001"]
    year(2026)
    assert take_numbers("deal", "TR-{year}-{n:04}") == ["TR-2026-0003"]


def test_without_a_year_it_goes_on_over_the_years(year: Any) -> None:
    year(2026)
    take_numbers("firm", "AZ-{n:05}", 99_999)
    year(2027)
    assert take_numbers("firm", "AZ-{n:05}") == ["AZ-100000"]


def test_types_count_by_themselves() -> None:
    assert [take_numbers(name, "{n}")[0] for name in ("a", "b", "a")] == ["1", "1", "2"]


def test_the_pattern_of_the_house_comes_before_that_of_the_product() -> None:
    Company.objects.create(name="Alfa")
    Numbering.objects.create(record_type="company", pattern="CL/{n:03}")
    assert Company.objects.create(name="Beta").number == "CL/002"
    assert Counter.objects.get(record_type="company").last == 2


def test_a_number_given_beforehand_is_kept() -> None:
    assert Company.objects.create(name="Alfa", number="OLD-7").number == "OLD-7"
    assert Company.objects.create(name="Beta").number == "AZ-00001"
