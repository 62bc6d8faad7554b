"""The filter language: what is written is what is read, and whatever is sent is answered (A-1, A-2, A-3, A-7)."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedele.records.fields import from_model_cached
from fedele.records.filtering import (
    BARE,
    LONGEST_VALUE,
    MOST_VALUES,
    BadFilter,
    Condition,
    operators_of,
    parse,
    parse_group,
)
from fedele.records.moments import PERIODS
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.records.tests.asking import ids

FIELDS = ("name", "amount", "probability", "closes_on", "owner", "company", "outcome", "updated_at", "notes")
WRITTEN = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=40)
IN_DATABASE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def known() -> dict[str, Any]:
    return {name: from_model_cached(registry.by_key("opportunity"), name) for name in FIELDS}


@st.composite
def conditions(draw: Any) -> Condition:
    field = draw(st.sampled_from(list(known().values())))
    operator = draw(st.sampled_from(list(operators_of(field))))
    return Condition(
        field, operator, () if operator in BARE else tuple(draw(st.lists(WRITTEN, min_size=1, max_size=5)))
    )


@given(conditions())
def test_a_condition_written_is_the_condition_read(condition: Condition) -> None:
    assert parse(str(condition), known()) == condition


@given(st.lists(conditions(), min_size=1, max_size=4))
def test_so_is_a_group_of_alternatives_also_by_way_of_an_address(group: list[Condition]) -> None:
    address = urlencode({"any": "|".join(map(str, group))})
    assert parse_group(QueryDict(address)["any"], known()) == tuple(group)


@pytest.mark.django_db
@IN_DATABASE
@given(conditions())
def test_any_condition_is_answered_or_refused_in_words(
    opportunities: Any, cast: SimpleNamespace, condition: Condition
) -> None:
    with suppress(BadFilter):
        assert ids(opportunities, cast.sara, str(condition)) == set()


@pytest.mark.django_db
@IN_DATABASE
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_any_address_is_answered(
    opportunities: Any, cast: SimpleNamespace, f: str, alternatives: str, sort: str, after: str
) -> None:
    pairs = [
        ("f", f),
        ("any", alternatives),
        ("sort", sort),
        ("after", after),
        ("q", f),
        ("size", sort),
        ("batch", after),
        ("cols", f),
    ]
    query = ListQuery.read(
        opportunities, cast.sara, urlencode([(key, value.encode("utf-8", "replace")) for key, value in pairs])
    )
    try:
        rows, _after = query.page(paths=())
    except BadFilter:
        return
    assert rows == []


HOSTILE = (
    "amount__gt.is:1", "owner__password.is:x", "owner.password.is:x", "pk.in:1", "id.is:1", "_connector.is:OR",
    "_negated.is:1", "__class__.is:1", "custom.is:1", "custom__own_text.is:1", "custom.own_text__gt.is:1", "company__name.is:x",
    "name.regex:.*", "name.in:1", "name.is", "name.is:", "name:x", ".is:x", "", ":", "name.is:,", "trashed_at.empty",
    "version.is:1", "amount.gt:abc", "amount.gt:NaN", "amount.gt:Infinity", "amount.gt:1e400", "amount.gt:--1",
    "amount.between:1", "probability.is:x", "owner.in:x", "owner.in:-1", "owner.in:1.5", "owner.in:99999999999999999999",
    "closes_on.on:x", "closes_on.on:2026-02-30", "closes_on.last:-1", "closes_on.last:x", "closes_on.last:9999999",
    "closes_on.in_period:century", "closes_on.between:2026-01-01", "outcome.in", "custom.own_number.gt:x",
    "custom.own_number.gt:NaN", "custom.own_date.on:x", "custom.own_money.between:1",
    "owner.in:" + ",".join("1" * (MOST_VALUES + 1)), "name.has:" + "x" * (LONGEST_VALUE + 1),
)  # fmt: skip


@pytest.mark.parametrize("condition", HOSTILE)
def test_what_is_no_condition_is_refused_and_without_effect_on_a_list(
    opportunities: Any, cast: SimpleNamespace, make: Any, condition: str
) -> None:
    one = make()
    with pytest.raises(BadFilter):
        ids(opportunities, cast.sara, condition)
    relaxed = ListQuery.read(opportunities, cast.sara, urlencode({"f": condition}))
    assert [unknown.text for unknown in relaxed.unknown] == [condition]
    assert [record.pk for record in relaxed.records()] == [one.pk]


EDGES = (
    "closes_on.before:0001-01-01", "closes_on.after:9999-12-31", "closes_on.on:9999-12-31", "closes_on.on:0001-01-01",
    "updated_at.before:0001-01-01", "updated_at.after:9999-12-31", "updated_at.on:9999-12-31", "updated_at.on:0001-01-01",
    "updated_at.between:0001-01-01,9999-12-31", "closes_on.older:99999", "closes_on.next:99999", "updated_at.last:99999",
    "amount.gt:999999999999999", "amount.lt:-999999999999999", "amount.is:0.000000000001", "amount.is:100000000000000",
    "probability.gt:999999999999999", "probability.is:-1", "probability.is:40.5", "custom.own_number.gt:999999999999999",
    "custom.own_date.before:0001-01-01", "custom.own_date.on:9999-12-31", "owner.in:999999999999999999",
    "company.in:999999999999999999",
)  # fmt: skip


@pytest.mark.parametrize("condition", EDGES)
def test_the_ends_of_what_can_be_said_are_answered(
    opportunities: Any, cast: SimpleNamespace, make: Any, condition: str
) -> None:
    make(closes_on=timezone.localdate(), probability=40, custom={"own_number": 3, "own_date": "2026-05-01"})
    with suppress(BadFilter):
        ids(opportunities, cast.sara, condition)


def test_numbers_are_compared_as_numbers(opportunities: Any, cast: SimpleNamespace, make: Any) -> None:
    small, large = make(amount=9, probability=40), make(amount=100, probability=41)
    assert ids(opportunities, cast.sara, "amount.gt:9") == {large.pk}
    assert ids(opportunities, cast.sara, "amount.gt:8.99") == {small.pk, large.pk}
    assert ids(opportunities, cast.sara, "amount.between:100,9") == {small.pk, large.pk}
    assert ids(opportunities, cast.sara, "probability.lt:40.5") == {small.pk}
    assert ids(opportunities, cast.sara, "probability.gt:40.5") == {large.pk}
    assert ids(opportunities, cast.sara, "probability.is:40.5") == set()
    assert ids(opportunities, cast.sara, "probability.between:40.5,41.5") == {large.pk}


def test_the_companys_own_fields_are_compared_by_their_kind(
    opportunities: Any, cast: SimpleNamespace, make: Any
) -> None:
    one = make(
        custom={
            "own_number": 9,
            "own_multi": ["dark red", "è blu"],
            "own_choice": "red",
            "own_date": "2026-02-01",
            "own_yesno": True,
        }
    )
    two = make(
        custom={
            "own_number": 100,
            "own_multi": ["red"],
            "own_choice": "è blu",
            "own_date": "2026-10-01",
            "own_text": "50%_x",
        }
    )
    bare = make()
    assert ids(opportunities, cast.sara, "custom.own_number.gt:9") == {two.pk}
    assert ids(opportunities, cast.sara, "custom.own_date.after:2026-02-01") == {two.pk}
    assert ids(opportunities, cast.sara, "custom.own_choice.in:è blu") == {two.pk}
    assert ids(opportunities, cast.sara, "custom.own_choice.not_in:è blu") == {one.pk, bare.pk}
    assert ids(opportunities, cast.sara, "custom.own_multi.has:è blu") == {one.pk}
    assert ids(opportunities, cast.sara, "custom.own_multi.has:red") == {two.pk}
    assert ids(opportunities, cast.sara, "custom.own_multi.empty") == {bare.pk}
    assert ids(opportunities, cast.sara, "custom.own_yesno.is:true") == {one.pk}
    assert ids(opportunities, cast.sara, "custom.own_yesno.is:false") == {two.pk, bare.pk}
    assert ids(opportunities, cast.sara, "custom.own_text.has:%_") == {two.pk}
    assert ids(opportunities, cast.sara, "custom.own_text.empty") == {one.pk, bare.pk}
    assert ids(opportunities, cast.sara, "custom.own_text.not:50%_X") == {one.pk, bare.pk}


@pytest.mark.parametrize(
    "condition", ["created_at.last:²", "created_at.older:①", "company.in:²", "amount.gt:²", "owner.in:²"]
)
def test_a_sign_that_is_like_a_digit_is_no_number(
    condition: str, opportunities: Any, cast: SimpleNamespace, make: Any
) -> None:
    make()
    with suppress(BadFilter):
        assert ids(opportunities, cast.dario, condition) == set()


def test_alternatives_add_up_and_everything_else_narrows(opportunities: Any, cast: SimpleNamespace, make: Any) -> None:
    cheap, dear, lucas = make(amount=1), make(amount=1000), make(amount=1000, owner=cast.luca)
    assert ids(opportunities, cast.sara, any_of="amount.lt:10|amount.gt:900") == {cheap.pk, dear.pk, lucas.pk}
    assert ids(opportunities, cast.sara, "owner.in:me", any_of="amount.lt:10|amount.gt:900") == set()
    assert ids(opportunities, cast.giulia, "owner.in:me", any_of="amount.gt:900") == {dear.pk}
    assert ids(opportunities, cast.luca, "owner.in:team") == {cheap.pk, dear.pk, lucas.pk}
    assert ids(opportunities, cast.sara, "owner.in:none") == set()


def test_a_day_is_the_companys_day(opportunities: Any, cast: SimpleNamespace, make: Any) -> None:
    """Half an hour after midnight in Rome it is still yesterday for a database that counts in UTC."""
    one = make()
    moment = dt.datetime(2026, 2, 28, 23, 30, tzinfo=dt.UTC)
    type(one).objects.filter(pk=one.pk).update(updated_at=moment)
    assert ids(opportunities, cast.sara, "updated_at.on:2026-03-01") == {one.pk}
    assert ids(opportunities, cast.sara, "updated_at.before:2026-03-01") == set()
    assert ids(opportunities, cast.sara, "updated_at.after:2026-02-28") == {one.pk}


@pytest.mark.parametrize("name", PERIODS)
def test_every_period_can_be_asked_for(opportunities: Any, cast: SimpleNamespace, make: Any, name: str) -> None:
    make(closes_on=timezone.localdate())
    assert len(ids(opportunities, cast.sara, f"closes_on.in_period:{name}")) == (
        name in ("today", "week", "month", "quarter", "year")
    )
