"""A list by its address: places in it, forged ones too, its size, its order where values are equal or missing (A-86)."""

from __future__ import annotations

import datetime as dt
import json
from base64 import urlsafe_b64encode
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from fedele.access.keys import ApiKey
from fedele.journal.acting import act_as
from fedele.journal.writing import open_batch
from fedele.records.filtering import BadFilter
from fedele.records.query import PAGE, ListQuery, cursor
from fedele.records.tests.asking import walk

DAY = dt.date(2026, 5, 1)


def forged(*parts: Any) -> str:
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


FORGED = (
    "x", "!!!", "é", "AAAA", forged(), forged(1), forged(1, 2, 3), forged("x", 1), forged(None, None), forged([1], 2),
    forged({}, 1), forged(1, "x"), forged(1, 10**30), forged(10**30, 1), forged(-(10**30), 1), forged(True, 1),
    forged("a\x00b", 1), forged("2026-02-30", 1), forged(float("inf"), 1), forged(1, float("nan")),
    forged(float("inf"), float("inf")),
    forged("9" * 400, 1), forged("NaN", 1), forged("1e999999", 1), forged("", 1), forged("\ud800", 1), "x" * 5000,
    urlsafe_b64encode(b"[" * 300).decode().rstrip("="), urlsafe_b64encode(b"\xff\xfe").decode().rstrip("="),
)  # fmt: skip


@pytest.mark.parametrize("after", FORGED)
@pytest.mark.parametrize("sort", ["amount", "-amount", "closes_on", "name", "-updated_at", "number"])
def test_a_forged_place_is_answered_cleanly(
    opportunities: Any, cast: SimpleNamespace, make: Any, after: str, sort: str
) -> None:
    make(closes_on=DAY)
    client = Client(raise_request_exception=False)
    client.force_login(cast.sara)
    assert client.get("/opportunities/", {"edited": "1", "sort": sort, "after": after}).status_code in (200, 302)
    key = ApiKey.make(cast.sara, "x")[1]
    answer = client.get(
        "/api/v1/opportunities", {"sort": sort, "after": after}, headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("size", ["0", "-1", "201", "1000000000", "x", "1.5", "９", "99999999999999999999999"])
def test_no_page_is_larger_or_smaller_than_a_page_may_be(
    opportunities: Any, cast: SimpleNamespace, make: Any, size: str
) -> None:
    make()
    assert ListQuery.read(opportunities, cast.sara, QueryDict(f"size={size}")).size in (PAGE, 9)
    if size != "９":
        with pytest.raises(BadFilter):
            ListQuery.read(opportunities, cast.sara, QueryDict(f"size={size}"), strict=True)


@pytest.mark.parametrize("sort", ["closes_on", "-closes_on", "amount", "-amount", "name", "-name"])
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_every_record_comes_once_where_values_are_equal_or_missing(
    opportunities: Any,
    cast: SimpleNamespace,
    make: Any,
    sort: str,
    size: int,
) -> None:
    made = [
        make(name="Same", amount=n % 3, closes_on=[None, DAY, DAY + dt.timedelta(days=1)][n % 3]) for n in range(14)
    ]
    found = walk(opportunities, cast.sara, f"sort={sort}&size={size}")
    assert sorted(found) == sorted(one.pk for one in made)
    field = sort.lstrip("-")
    values = [getattr(type(made[0]).objects.get(pk=pk), field) for pk in found]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=sort.startswith("-"))
    missing = [at for at, value in enumerate(values) if value is None]
    assert not missing or missing[-1] - missing[0] == len(missing) - 1


def test_a_place_is_kept_while_others_come_and_go(opportunities: Any, cast: SimpleNamespace, make: Any) -> None:
    made = [make(amount=n) for n in range(6)]
    rows, after = ListQuery.read(opportunities, cast.sara, "sort=amount&size=3").page(paths=())
    make(amount=1)
    made[4].trash()
    rest, _end = ListQuery.read(opportunities, cast.sara, f"sort=amount&size=3&after={after}").page(paths=())
    assert [row[0] for row in rows] == [one.pk for one in made[:3]]
    assert [row[0] for row in rest] == [made[3].pk, made[5].pk]


def test_a_place_says_what_it_is(opportunities: Any) -> None:
    assert cursor(DAY, 7) == forged("2026-05-01", 7)
    assert cursor(None, 7) == forged(None, 7)


@pytest.mark.parametrize(
    "sort",
    ["owner", "company", "notes", "custom.own_text", "pk", "id", "?", "--amount", "amount,name", "amount;--", "owner__password",
     "__class__", "amount desc"],
)  # fmt: skip
def test_only_what_an_index_begins_with_can_be_sorted_by(
    opportunities: Any, cast: SimpleNamespace, make: Any, sort: str
) -> None:
    """A-1: everything else is refused by the API and without effect on a list."""
    with pytest.raises(BadFilter):
        ListQuery.read(opportunities, cast.sara, urlencode({"sort": sort}), strict=True)
    assert ListQuery.read(opportunities, cast.sara, urlencode({"sort": sort})).sort == ""


def test_an_address_read_and_written_is_the_same_address(opportunities: Any, cast: SimpleNamespace) -> None:
    address = (
        "f=amount.gt%3A10&f=name.has%3Aa%5C%2Cb&any=name.is%3Ax%7Cname.is%3Ay&q=press&sort=-amount&cols=name%2Camount"
    )
    query = ListQuery.read(opportunities, cast.sara, address)
    assert query.address == address
    assert ListQuery.read(opportunities, cast.sara, query.address) == query


def test_a_batch_shows_what_one_act_touched(opportunities: Any, cast: SimpleNamespace, make: Any) -> None:
    batch = open_batch("bulk")
    with act_as(cast.sara, batch=batch):
        inside = make()
    make()
    assert walk(opportunities, cast.sara, f"batch={batch.pk}") == [inside.pk]
    assert walk(opportunities, cast.eva, f"batch={batch.pk}") == []
