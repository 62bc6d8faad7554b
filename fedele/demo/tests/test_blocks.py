"""What makes the rows, without a database."""

from __future__ import annotations

import datetime as dt

import pytest

from fedele.demo.block import make_block
from fedele.demo.cast import EVERYBODY, SELLER_OF
from fedele.demo.days import Days
from fedele.demo.digits import landline, mobile, tax_code, vat_number
from fedele.demo.places import ABROAD, PLACES
from fedele.demo.sheets import COLUMNS
from fedele.demo.world import BLOCK, Stage, World, numbers_of, opportunities_in, people_in
from fedele.people.identity.phones import clean_phone
from fedele.people.identity.postcodes import clean_postcode, provinces_of
from fedele.people.identity.tax_code import clean_tax_code
from fedele.people.identity.vat import clean_vat

TODAY = dt.date(2026, 11, 21)


def world(customers: int, today: dt.date = TODAY) -> World:
    people = {person.key: (number, 1) for number, person in enumerate(EVERYBODY, 1)}
    stages = tuple(Stage(number, f"Stage {number}", number * 18, 14) for number in range(1, 6))
    return World(seed=1, customers=customers, today=today, people=people, process_id=1, stages=stages, currency="EUR")


def test_a_block_is_the_same_whenever_it_is_made():
    later = make_block(world(1200), 1)
    make_block(world(1200), 0)
    assert make_block(world(1200), 1).rows == later.rows


#: Made of the rows of the others when a block is finished.
MADE_LATER = ("search_document", "people_matchkey")


def test_rows_have_a_value_for_each_column():
    sheets = make_block(world(700), 1)
    assert {table: {len(row) for row in rows} for table, rows in sheets.rows.items() if rows} == {
        table: {len(columns)} for table, columns in COLUMNS.items() if table not in MADE_LATER
    }


def test_blocks_do_not_take_each_others_ids_nor_numbers():
    blocks = [make_block(world(1100), number) for number in range(3)]
    for table in (
        "people_company",
        "people_contact",
        "people_lead",
        "sales_opportunity",
        "journal_entry",
        "journal_batch",
    ):
        ids = [row[0] for sheets in blocks for row in sheets.rows[table]]
        assert len(ids) == len(set(ids))
    assert sorted(row[0] for sheets in blocks for row in sheets.rows["people_contact"]) == list(range(1, 3301))
    numbers = sorted(row[1] for sheets in blocks for row in sheets.rows["sales_opportunity"])
    expected = [f"TR-{year}-{n:04}" for year, last in numbers_of(world(1100)).last.items() for n in range(1, last + 1)]
    assert numbers == sorted(expected)


@pytest.mark.parametrize("companies", [100, 107, 119, 120, BLOCK])
def test_three_people_a_company(companies):
    counts = people_in(companies)
    assert len(counts) == companies
    assert (min(counts), max(counts)) == (1, 6)
    assert abs(sum(counts) - 3 * companies) <= 3


def test_customers_ask_on_working_days_more_in_october_than_in_august():
    days = Days(TODAY)
    demand = days.demand(opportunities_in(BLOCK))
    assert demand == sorted(demand)
    assert all(days.works[day] for day in demand)
    months = [days.dates[day].month for day in demand]
    assert months.count(10) > 4 * months.count(8)


def test_moments_are_told_in_utc_summer_and_winter():
    days = Days(TODAY)
    assert days.stamp(9 * 3600) == "2023-11-21 08:00:00"
    assert days.iso(200 * 86_400 + 9 * 3600) == "2024-06-08T07:00:00+00:00"


def test_every_town_has_numbers_that_are_valid_there():
    random = make_block(world(100), 0).random
    for number, place in enumerate({*PLACES, *ABROAD}):
        phone, vat = landline(random, place), vat_number(number, place)
        assert clean_phone(phone, place.country) == phone
        assert clean_vat(vat, place.country) == vat
        assert clean_postcode(place.postcode, place.country) == place.postcode
        if place.country == "IT":
            assert place.province in provinces_of(place.postcode)
            assert place.province in SELLER_OF
            code = tax_code(random, "Elena", "Rinaldi", True, place)
            assert clean_tax_code(code) == code
    numbers = [mobile(random) for _ in range(20)]
    assert [clean_phone(number) for number in numbers] == numbers


@pytest.mark.parametrize("later", range(0, 10, 3))
def test_nothing_happens_today_whatever_day_it_is(later):
    today = TODAY + dt.timedelta(days=later)
    sheets = make_block(world(100, today), 0)
    midnight = sheets.days.stamp(sheets.days.end)
    assert [entry for entry in sheets.rows["journal_entry"] if entry[1] >= midnight] == []
    assert [lead for lead in sheets.rows["people_lead"] if lead[5] >= midnight] == []
