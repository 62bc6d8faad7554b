"""Which rule decides: the first that holds, asked of the record as it comes."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.journal.models import Entry
from fedele.people.assignment.dealing import Why
from fedele.people.assignment.matching import reading_of
from fedele.people.assignment.models import Rule
from fedele.people.assignment.places import PROVINCES_OF, read_postcodes, words_of_provinces
from fedele.people.assignment.tests.conftest import dealt, lead
from fedele.people.leads.models import Lead
from fedele.records.fields import fields_of
from fedele.records.filtering import condition_q, parse
from fedele.records.holding import holds
from fedele.records.models import CustomField
from fedele.records.registry import registry


def test_the_first_rule_that_holds_decides_and_their_order_is_that_of_the_list(house: Any, rule: Any) -> None:
    fairs = rule("Fairs", "person", person=house.giulia, query="f=source.in%3Afair")
    brescia = rule("Brescia", "person", person=house.luca, provinces=["BS"])
    assert dealt(lead(), lead(source="web"), lead(source="web", province="MI")) == [house.giulia, house.luca, None]
    Rule.objects.filter(pk=fairs.pk).update(position=9)
    assert dealt(lead()) == [house.luca]
    Rule.objects.filter(pk=brescia.pk).update(is_active=False)
    assert dealt(lead()) == [house.giulia]


def test_a_region_a_range_of_postcodes_and_the_province_only_the_postcode_tells(house: Any, rule: Any) -> None:
    rule("Lombardy", "person", person=house.giulia, provinces=list(PROVINCES_OF["Lombardia"]))
    rule("Turin town", "person", person=house.fabio, postcodes="10121-10156")
    rule("Rome", "person", person=house.sofia, postcodes="00")
    rule("Abroad", "person", person=house.stefan, provinces=["abroad"])
    cases = {
        ("SO", "", "IT"): house.giulia,
        ("", "25121", "IT"): house.giulia,
        ("TO", "10121", "IT"): house.fabio,
        ("TO", "10156", "IT"): house.fabio,
        ("TO", "10157", "IT"): None,
        ("RM", "00186", "IT"): house.sofia,
        ("", "", "IT"): None,
        ("BS", "10121", "DE"): house.stefan,
    }
    given = [lead(province=p, postcode=c, country=country) for p, c, country in cases]
    assert dealt(*given) == list(cases.values())


def test_every_province_of_italy_belongs_to_one_region() -> None:
    assert sum(len(codes) for codes in PROVINCES_OF.values()) == len(
        {c for codes in PROVINCES_OF.values() for c in codes}
    )
    assert len(PROVINCES_OF) == 20
    assert words_of_provinces([*PROVINCES_OF["Umbria"], "BS"]) == "Umbria, BS"


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("20100-20199, 25", [(20100, 20199), (25000, 25999)]),
        ("00118–00199", [(118, 199)]),
        ("", []),
        (" ; ", []),
        ("12345", [(12345, 12345)]),
    ],
)
def test_postcodes_as_people_write_them(text: str, ranges: list[tuple[int, int]]) -> None:
    assert read_postcodes(text) == ranges


@pytest.mark.parametrize("text", ["Milano", "20199-20100", "123456", "2O100", "-", "10-x", "²5"])
def test_what_is_no_postcode_is_refused(text: str) -> None:
    from django.core.exceptions import ValidationError

    if text == "-":
        assert read_postcodes(text) == []
        return
    with pytest.raises(ValidationError):
        read_postcodes(text)


CONDITIONS = (
    "company_name.has:srl", "company_name.is:ALFA srl", "company_name.not:Alfa Srl", "company_name.starts:alf",
    "company_name.empty", "company_name.filled", "source.in:fair,web", "source.not_in:fair", "province.empty",
    "owner.empty", "owner.in:none", "custom.colour.is:Red", "custom.colour.not:red", "custom.size.gt:10", "custom.size.between:5,10",
    "custom.since.before:2026-01-01", "custom.kinds.has:a", "custom.kinds.empty", "custom.big.is:true", "custom.big.is:false",
    "created_at.last:3", "created_at.older:3", "created_at.in_period:today",
)  # fmt: skip


def test_a_condition_holds_in_memory_exactly_where_the_filter_finds_it(house: Any) -> None:
    for key, kind in (("colour", "text"), ("size", "number"), ("since", "date"), ("big", "yesno")):
        CustomField.objects.create(record_type="lead", key=key, label=key, kind=kind)
    CustomField.objects.create(record_type="lead", key="kinds", label="Kinds", kind="multi", choices=["a", "ab"])
    from fedele.records.fields import forget_custom_fields

    forget_custom_fields()
    full = {"colour": "red", "size": 12, "since": "2025-05-05", "kinds": ["a"], "big": True}
    for company, source, custom in (
        ("Alfa srl", "fair", full),
        ("Beta", "web", {"colour": "Blue", "size": 7, "kinds": ["ab"], "big": False}),
        ("", "other", {}),
    ):
        lead(company_name=company, source=source, custom=custom, province="" if not company else "BS").save()
    fields, known = fields_of(registry.by_key("lead")), list(Lead.objects.order_by("pk"))
    for text in CONDITIONS:
        condition = parse(text, fields)
        found = set(Lead.objects.filter(condition_q(condition, house.giulia)).values_list("pk", flat=True))
        assert {one.pk for one in known if holds(condition, one)} == found, text


def test_a_rule_on_a_field_that_is_gone_holds_of_nothing_instead_of_everything(house: Any, rule: Any) -> None:
    broken = rule("Gone", "person", person=house.giulia, query="f=custom.gone.is%3Ax")
    rule("Rest", "person", person=house.luca)
    assert "custom.gone" in reading_of(broken).broken
    assert dealt(lead()) == [house.luca]


def test_by_area_and_by_line_of_products(house: Any, rule: Any, area: Any) -> None:
    area(house.giulia, "BS", "TN")
    area(house.luca, "BS", line="Lasers")
    rule("Lasers", "area", line="Lasers", query="f=interest.has%3Alaser")
    rule("Areas", "area")
    leads = [
        lead(interest="A laser"),
        lead(),
        lead(province="TN"),
        lead(province="PA"),
        lead(province="TN", interest="Laser"),
    ]
    assert dealt(*leads) == [house.luca, house.giulia, house.giulia, None, None]
    assert [one.dealt.why for one in leads[3:]] == [Why.NO_AREA, Why.NO_AREA]


def test_the_record_says_why_it_went_to_whom_and_who_made_it_may_not_matter(house: Any, rule: Any) -> None:
    made = rule("Brescia", "person", person=house.giulia, provinces=["BS"])
    mine, nobodys = lead(), lead(province="MI")
    for one in (mine, nobodys):
        dealt(one)
        one.save()
    entry = Entry.objects.get(record_id=mine.pk, kind="lead.given")
    assert entry.data == {"owner": "Giulia Bassi", "rule": "Brescia", "rule_id": made.pk}
    assert mine.team == house.giulia.team
    assert Entry.objects.get(record_id=nobodys.pk, kind="lead.queued").data == {"why": "no_rule"}


def test_somebodys_stays_theirs_and_without_rules_nothing_happens(house: Any, rule: Any) -> None:
    assert dealt(lead()) == [None]
    rule("All", "person", person=house.giulia)
    assert dealt(lead(owner=house.luca), lead()) == [house.luca, house.giulia]


def test_companies_and_contacts_have_rules_of_their_own(house: Any, rule: Any) -> None:
    from fedele.people.companies.models import Company
    from fedele.records.assigning import assign

    rule("Companies", "person", person=house.giulia, record_type="company", provinces=["BS"])
    company = Company(name="Alfa", province="BS")
    assign("company", [company], house.anna)
    assert company.owner == house.giulia
    assert dealt(lead()) == [None]
