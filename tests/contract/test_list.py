"""The list: columns, every comparison of every field, sorting and paging, counts, the choice of columns."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils.text import capfirst

from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.filtering import BARE, Condition, operators_of, parse, words_of
from fedele.records.listing.views import read_query, tabs_of
from tests.contract.making import make, typed, value_of
from tests.contract.reading import all_ids, row_ids, text_of


def expected(record_type: RecordType, user: Any, query: str) -> list[int]:
    """The records an address stands for, asked of the database in one go."""
    data = QueryDict(query)
    read = read_query(record_type, user, data, tabs_of(record_type, user, data.get("view", "")))
    field, down = read.order
    sign = "-" if down else ""
    return list(read.records().order_by(f"{sign}{field.path}", f"{sign}pk").values_list("pk", flat=True))


def test_shows_the_declared_columns_of_every_record(record_type: RecordType, house: Any, as_: Any) -> None:
    html = as_("sara").get(f"{record_type.url()}?edited=1").content.decode()
    assert sorted(row_ids(html)) == sorted(house.ids(record_type))
    fields = fields_of(record_type)
    for name in record_type.listing.columns[1:]:
        assert capfirst(str(fields[name].label)) in text_of(html)
    for record in house.records[record_type.key]:
        assert escape(str(record)) in html


def values_for(field: RecordField, operator: str, record: Any) -> list[str]:
    """Values that make sense for an operator, one of them that of a record."""
    value = value_of(field, 0) if not field.is_relation else getattr(record, field.path) or 1
    if operator in BARE:
        return []
    if operator == "in_period":
        return ["next_month"]
    if operator in ("last", "next", "older"):
        return ["30"]
    if operator == "between":
        return [typed(field, value), typed(field, value_of(field, 3))]
    if field.kind == "yesno":
        return ["true"]
    if field.kind == "multi":
        return [value[0]]
    return [
        str(value)
        if field.is_relation
        else typed(field, value)[:10]
        if field.kind == "datetime"
        else typed(field, value)
    ]


def test_every_comparison_of_every_field_answers_and_reads_back(
    record_type: RecordType, house: Any, as_: Any, person: Any
) -> None:
    sara, client = person("sara"), as_("sara")
    fields = fields_of(record_type, sara)
    for field in fields.values():
        for operator in operators_of(field):
            values = values_for(field, operator, house.of(record_type))
            condition = str(Condition(field, operator, tuple(values)))
            address = urlencode({"f": condition, "edited": "1"})
            response = client.get(f"{record_type.url()}?{address}")
            assert response.status_code == 200, condition
            html = response.content.decode()
            assert row_ids(html) == expected(record_type, sara, address), condition
            words = words_of(parse(condition, fields), sara)
            assert " ".join(f"{capfirst(words['field'])} {words['operator']} {words['value']}".split()) in text_of(
                html
            ), condition


def test_a_value_and_its_opposite_share_all_records_between_them(record_type: RecordType, house: Any, as_: Any) -> None:
    """What is "is" is not "is not", and nothing is both: also where a value is missing."""
    bare = make(record_type, 9, None, full=False)
    everything = {*house.ids(record_type), bare.pk}
    for field in fields_of(record_type).values():
        pairs = [
            ("empty", "filled"),
            *([("in", "not_in")] if "in" in operators_of(field) else []),
            *([("is", "not")] if "not" in operators_of(field) else []),
        ]
        for one, other in pairs:
            if one not in operators_of(field):
                continue
            value = (
                ":" + ",".join(one.replace(",", "\\,") for one in values_for(field, one, house.of(record_type)))
                if one not in BARE
                else ""
            )
            found = [
                set(
                    all_ids(
                        as_("sara"),
                        f"{record_type.url()}?{urlencode({'f': f'{field.name}.{way}{value}', 'edited': 1})}",
                    )
                )
                for way in (one, other)
            ]
            assert not found[0] & found[1], f"{field.name} {one}"
            assert found[0] | found[1] == everything, f"{field.name} {one}/{other}"


def test_yes_and_no_share_all_records_between_them(record_type: RecordType, house: Any, as_: Any) -> None:
    everything = {*house.ids(record_type), make(record_type, 9, None, full=False).pk}
    for field in (one for one in fields_of(record_type).values() if one.kind == "yesno"):
        found = [
            set(
                all_ids(as_("sara"), f"{record_type.url()}?{urlencode({'f': f'{field.name}.is:{value}', 'edited': 1})}")
            )
            for value in ("true", "false")
        ]
        assert not found[0] & found[1], field.name
        assert found[0] | found[1] == everything, field.name


@pytest.fixture
def many(record_type: RecordType, house: Any, person: Any) -> set[int]:
    """Records enough for three pages of ten, with the same values again and again, and without some."""
    giulia = person("giulia")
    around: dict[Any, Any] = {type(records[0]): records[0] for records in house.records.values()}
    for n in range(20):
        make(record_type, n % 3, giulia, full=n % 2 == 0, around=around)
    return set(record_type.model.objects.filter(trashed_at=None).values_list("pk", flat=True))


def test_paging_meets_every_record_once_whatever_it_is_sorted_by(
    record_type: RecordType, many: set[int], as_: Any, person: Any
) -> None:
    sortable = [field for field in fields_of(record_type).values() if field.sortable]
    assert sortable
    for field in sortable:
        for sign in ("", "-"):
            address = urlencode({"edited": 1, "sort": f"{sign}{field.name}"})
            found = all_ids(as_("sara"), f"{record_type.url()}?{address}&size=7")
            assert len(found) == len(set(found)) == len(many), f"{sign}{field.name}"
            assert found == expected(record_type, person("sara"), address), f"{sign}{field.name}"


def test_counts_on_the_tabs_are_the_records_behind_them(
    record_type: RecordType, many: set[int], as_: Any, who: str, person: Any
) -> None:
    if not person(who).rights.may("view", record_type.key):
        assert as_(who).get(record_type.url()).status_code == 403
        return
    html = as_(who).get(f"{record_type.url()}views/counts/").content.decode()
    for view in record_type.listing.views:
        count = len(all_ids(as_(who), f"{record_type.url()}?view={view.key}"))
        assert f"{view.label} {count}" in text_of(html), view.key


def test_columns_can_be_chosen_and_are_kept_in_the_address(record_type: RecordType, house: Any, as_: Any) -> None:
    client, fields = as_("sara"), fields_of(record_type)
    assert client.get(f"{record_type.url()}columns/").status_code == 200
    names = [name for name in fields if name != record_type.listing.columns[0]]
    response = client.get(f"{record_type.url()}columns/", {"chosen": "1", "col": names, "edited": "1"})
    assert response.status_code == 302
    html = client.get(response.url).content.decode()
    heads = text_of(html.partition("<thead>")[2].partition("</thead>")[0])
    assert heads.endswith(" ".join(capfirst(str(fields[name].label)) for name in names))
    assert sorted(row_ids(html)) == sorted(house.ids(record_type))


def test_the_filter_builder_leads_to_the_list_it_promised(record_type: RecordType, house: Any, as_: Any) -> None:
    client = as_("sara")
    for field in fields_of(record_type).values():
        assert client.get(f"{record_type.url()}filter/", {"field": field.name, "edited": 1}).status_code == 200
        values = values_for(field, next(iter(operators_of(field))), house.of(record_type))
        asked = {"field": field.name, "op": next(iter(operators_of(field))), "value": values, "edited": 1}
        promised = text_of(client.get(f"{record_type.url()}filter/", asked).content.decode())
        response = client.get(f"{record_type.url()}filter/", {**asked, "add": "1"})
        assert response.status_code == 302, field.name
        count = len(all_ids(client, response.url))
        assert f"{count} record" in promised, field.name


def test_a_filter_on_a_field_that_is_gone_is_shown_and_does_nothing(
    record_type: RecordType, house: Any, as_: Any
) -> None:
    html = as_("sara").get(f"{record_type.url()}?edited=1&f=gone.is:1").content.decode()
    assert "gone" in text_of(html)
    assert sorted(row_ids(html)) == sorted(house.ids(record_type))
