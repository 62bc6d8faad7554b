"""What is sent to the API: oddities of JSON, versions, pages; reading changes nothing (A-20, A-85, A-86, F-18)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fedele.access.models import User
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.records.api.tests.conftest import Program
from fedele.records.fields import forget_custom_fields
from fedele.records.models import CustomField
from fedele.sales.opportunities.models import Opportunity

ODD = {
    "deep list": "[" * 10_000 + "]" * 10_000, "deep object": '{"name":' * 10_000 + "1" + "}" * 10_000,
    "not closed": '{"name": "x"', "nothing": "", "a list": "[]", "a text": '"x"', "a number": "1", "null": "null",
    "infinity": '{"name": "x", "share_of_wallet": Infinity}', "nan": '{"name": "x", "share_of_wallet": NaN}',
    "too large": '{"name": "x", "share_of_wallet": 1e400}', "larger": '{"name": "x", "share_of_wallet": ' + "9" * 5000 + "}",
    "a text for a number": '{"name": "x", "share_of_wallet": "many"}', "a fraction": '{"name": "x", "share_of_wallet": 1.5}',
    "a list for a text": '{"name": ["x"]}', "an object for a text": '{"name": {"a": 1}}', "a number for a text": '{"name": 5}',
    "a text for a yes": '{"name": "x", "key_account": "perhaps"}', "no such choice": '{"name": "x", "kind": "alien"}',
    "no such owner": '{"name": "x", "owner": 987654}', "a negative owner": '{"name": "x", "owner": -1}',
    "an owner out of range": '{"name": "x", "owner": 99999999999999999999999}',
    "an owner in words": '{"name": "x", "owner": "luca"}', "nul": '{"name": "a\\u0000b"}', "surrogate": '{"name": "\\ud800"}',
    "no name": '{"name": ""}', "no such field": '{"name": "x", "is_superuser": true}',
    "dunder": '{"name": "x", "__class__": "y"}', "custom as a text": '{"name": "x", "custom": "y"}',
    "custom unknown": '{"name": "x", "custom": {"gone": 1}}', "not unicode": b'{"name": "\xff\xfe"}',
    "too long": '{"name": "' + "x" * 301 + '"}',
}  # fmt: skip


@pytest.mark.parametrize("body", ODD.values(), ids=ODD.keys())
def test_what_is_odd_is_refused_and_nothing_is_stored(program: Program, company: Company, body: Any) -> None:
    before = Company.objects.filter(pk=company.pk).values().get()
    for method, address in (("POST", "companies"), ("PATCH", f"companies/{company.pk}")):
        answer = program(method, address, body)
        assert answer.status_code in (400, 422), (method, answer.status_code)
        assert answer.json()["detail"]
    assert Company.objects.count() == 1
    assert Company.objects.filter(pk=company.pk).values().get() == before


def test_of_two_equal_keys_the_last_counts_and_a_large_body_is_refused(program: Program) -> None:
    assert program("POST", "companies", '{"name": "A", "name": "B"}').json()["name"] == "B"
    assert program("POST", "companies", {"name": "x", "notes": "y" * 10_000_000}).status_code in (400, 413, 422)


OWN = {
    "number": ["NaN", "Infinity", "1e400", "x", [1], {}, True, "1" * 400], "money": ["NaN", "-Infinity", [], {"a": 1}],
    "date": ["2026-02-30", 5, [], {}, True], "choice": ["green", [], {}, 5], "multi": ["green", [["red"]], [{}], 5, {"red": 1}],
    "url": ["javascript:alert(1)", 5, []], "text": ["a\x00b", {"a": "b\x00"}],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in OWN.items() for value in values])
def test_so_is_what_a_field_of_the_companys_own_does_not_take(
    program: Program, company: Company, kind: str, value: Any
) -> None:
    CustomField.objects.create(
        record_type="company", key="own", label="Own", kind=kind, choices=["red"] if kind in ("choice", "multi") else []
    )
    forget_custom_fields()
    answer = program("PATCH", f"companies/{company.pk}", {"custom": {"own": value}, "version": 1})
    forget_custom_fields()
    assert answer.status_code in (400, 422), answer.content
    assert Company.objects.get(pk=company.pk).custom == {}


def test_a_version_is_needed_and_must_be_that_which_was_read(program: Program, company: Company) -> None:
    address = f"companies/{company.pk}"
    for version in (None, "x", 0, -1, 1.5, 2**40, [1], {}):
        body = {"name": "Beta"} if version is None else {"name": "Beta", "version": version}
        assert program("PATCH", address, body).status_code in (409, 422), version
    late = program("PATCH", address, {"name": "Gamma", "version": 7})
    assert late.status_code == 409
    assert late.json()["current"]["id"] == company.pk


def test_what_one_sees_only_in_part_keeps_the_rest(cast: SimpleNamespace, program: Program, company: Company) -> None:
    """A-25: what was read and is written back unchanged takes nothing away that the reader did not see."""
    Company.objects.filter(pk=company.pk).update(custom={"old": "kept"}, phone="+390301234567")
    read = program("GET", f"companies/{company.pk}").json()
    writable = {"name", "city", "version"}
    answer = program(
        "PATCH",
        f"companies/{company.pk}",
        {name: value for name, value in read.items() if name in writable} | {"city": "Roma"},
    )
    assert answer.status_code == 200
    now = Company.objects.get(pk=company.pk)
    assert (now.city, now.custom, now.phone) == ("Roma", {"old": "kept"}, "+390301234567")


@pytest.mark.parametrize(
    "query",
    [
        "size=0",
        "size=-1",
        "size=201",
        "size=1000000000",
        "size=x",
        "after=x",
        "sort=gone",
        "f=gone.is:1",
        "q=" + "x" * 201,
    ],
)
def test_pages_are_bounded(program: Program, company: Company, query: str) -> None:
    assert program("GET", f"companies?{query}").status_code in (400, 422)


@pytest.mark.parametrize("key", ["0", "-1", "999999999999999999999999", "x", "1.5", "%00"])
def test_what_is_no_id_is_no_record(program: Program, key: str) -> None:
    assert program("GET", f"companies/{key}").status_code == 404


def test_reading_changes_nothing(cast: SimpleNamespace, program: Program, company: Company) -> None:
    Opportunity.objects.create(name="Press", company=company, owner=cast.giulia)
    before = (Entry.objects.count(), Company.objects.values().get(), Opportunity.objects.values().get())
    for address in (
        "companies",
        f"companies/{company.pk}",
        f"companies/{company.pk}/journal",
        "opportunities",
        "leads",
        "contacts",
    ):
        assert program("GET", address).status_code == 200
        assert program("GET", address).content == program("GET", address).content
    assert (Entry.objects.count(), Company.objects.values().get(), Opportunity.objects.values().get()) == before


def test_nobody_makes_themselves_more_than_they_are(cast: SimpleNamespace, program: Program, company: Company) -> None:
    """A-20: names of what is not theirs to write change nothing, wherever they are put."""
    for name in (
        "is_superuser",
        "is_staff",
        "roles",
        "id",
        "created_at",
        "number",
        "trashed_at",
        "team_id",
        "owner_id",
    ):
        assert program("POST", "companies", {"name": "Beta", name: 1}).status_code == 422, name
    assert (
        program("PATCH", f"companies/{company.pk}", {"owner": {"is_superuser": True}, "version": 1}).status_code == 422
    )
    assert User.objects.filter(is_superuser=True).count() == 0
