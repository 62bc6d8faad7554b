"""The board and the calendar: totals that are sums, cards that move and come back, and nothing that is not on the board."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from fedele.records.board.lanes import board_of
from fedele.records.declare import RecordType
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from tests.contract.making import make
from tests.contract.reading import linked_ids, text_of

BOARDS = [pytest.param(one, id=one.key) for one in registry if one.board]
CALENDARS = [pytest.param(one, id=one.key) for one in registry if one.calendar and not one.calendar.elsewhere]


def group_of(one: RecordType) -> str:
    groups = one.board_groups()
    return groups[0][0] if groups else ""


def on_board(one: RecordType, user: Any) -> list[Any]:
    path = one.model._meta.get_field(one.board.by).attname
    lanes = {lane.key for lane in one.lanes(group_of(one))}
    return [
        record for record in ListQuery.read(one, user, one.board.only).records() if str(getattr(record, path)) in lanes
    ]


@pytest.mark.parametrize("one", BOARDS)
def test_every_lane_says_the_sum_of_what_is_in_it(one: RecordType, house: Any, person: Any, who: str) -> None:
    user = person(who)
    query = ListQuery.read(one, user, one.board.only)
    columns, summary = board_of(query, one.lanes(group_of(one)))
    records, path = on_board(one, user), one.model._meta.get_field(one.board.by).attname
    for column in columns:
        mine = [record for record in records if str(getattr(record, path)) == column.lane.key]
        assert column.count == len(mine)
        assert {card.pk for card in column.cards or ()} == {record.pk for record in mine}
        if one.board.total:
            assert (column.total or 0) == sum(getattr(record, one.board.total) for record in mine)
    assert summary.count == len(records)


@pytest.mark.parametrize("one", BOARDS)
def test_a_long_lane_is_shown_part_by_part(one: RecordType, house: Any, as_: Any, person: Any) -> None:
    around = {type(records[0]): records[0] for records in house.records.values()}
    for n in range(45):
        make(one, n % 3, person("giulia"), full=False, around=around)
    client = as_("sara")
    html = client.get(f"{one.url()}board/").content.decode()
    found = cards(html, one)
    for url in dict.fromkeys(re.findall(r'"([^"]*/board/\?[^"]*lane=[^"]*)"', html)):
        following = url.replace("&amp;", "&")
        for _part in range(5):
            part = client.get(following).content.decode()
            found += cards(part, one)
            more = re.search(r'"([^"]*/board/\?[^"]*lane=[^"]*)"', part)
            if not more:
                break
            following = more.group(1).replace("&amp;", "&")
    assert len(found) == len(set(found))
    assert set(found) == {record.pk for record in on_board(one, person("sara"))}


def cards(html: str, one: RecordType) -> list[int]:
    return list(dict.fromkeys(int(key) for key in re.findall(rf'href="/{one.slug}/(\d+)/"', html)))


def move(client: Any, one: RecordType, record: Any, to: str, **more: Any) -> Any:
    data = {
        "card": record.pk,
        "to": to,
        "version": record.version,
        "query": one.board.only,
        "group": group_of(one),
        **more,
    }
    return client.post(f"{one.url()}board/move/", data, headers={"HX-Request": "true"})


@pytest.mark.parametrize("one", BOARDS)
def test_a_card_moves_where_its_verb_lets_it_and_comes_back(one: RecordType, house: Any, as_: Any) -> None:
    path = one.model._meta.get_field(one.board.by).attname
    moved = 0
    for lane in one.lanes(group_of(one)):
        record = house.of(one)
        if str(getattr(record, path)) == lane.key:
            continue
        response = move(as_("giulia"), one, record, lane.key)
        now = one.model.objects.get(pk=record.pk)
        if response.status_code == 422:
            assert getattr(now, path) == getattr(record, path)
            continue
        assert response.status_code == 200, response.content.decode()
        moved += 1
        assert str(getattr(now, path)) == lane.key
        assert f"/{one.slug}/{record.pk}/" in response.content.decode()
        undo = json.loads(response.headers["HX-Trigger"])["toast"]["undo"]
        assert as_("giulia").post(undo).status_code == 302
        assert getattr(one.model.objects.get(pk=record.pk), path) == getattr(record, path)
    assert moved


@pytest.mark.parametrize("one", BOARDS)
def test_a_card_somebody_else_changed_or_a_lane_of_no_board_stays(one: RecordType, house: Any, as_: Any) -> None:
    record, path = house.of(one), one.model._meta.get_field(one.board.by).attname
    others = [lane.key for lane in one.lanes(group_of(one)) if lane.key != str(getattr(record, path))]
    assert move(as_("giulia"), one, record, others[0], version=record.version + 1).status_code == 409
    assert move(as_("giulia"), one, record, others[0], version="").status_code == 409
    for lane in ("nonsense", "999999", "", "\x00"):
        assert move(as_("giulia"), one, record, lane).status_code == 404, lane
    assert move(as_("giulia"), one, record, others[0], card="99999999").status_code == 404
    assert move(as_("giulia"), one, record, others[0], card="x").status_code == 404
    assert one.model.objects.get(pk=record.pk).version == record.version


@pytest.mark.parametrize("one", BOARDS)
def test_a_card_one_may_only_look_at_does_not_move(
    one: RecordType, house: Any, as_: Any, person: Any, who: str
) -> None:
    path = one.model._meta.get_field(one.board.by).attname
    record = house.of(one, "davide")
    lane = next(
        lane.key
        for lane in one.lanes(group_of(one))
        if lane.key != str(getattr(record, path)) and _leads_to(one, record, lane.key)
    )
    may = person(who).rights.covers(record, "edit")
    assert move(as_(who), one, record, lane).status_code == (200 if may else 404)
    assert (str(getattr(one.model.objects.get(pk=record.pk), path)) == lane) is may


def _leads_to(one: RecordType, record: Any, lane: str) -> bool:
    verb = one.board.moves.get(lane)
    return bool(one.board.move) or bool(verb and getattr(one.model, verb).verb.applies_to(record))


@pytest.mark.parametrize("one", [one for one in registry if not one.board], ids=lambda one: one.key)
def test_a_type_without_a_board_has_none(one: RecordType, house: Any, as_: Any) -> None:
    assert as_("sara").get(f"{one.url()}board/").status_code == 404
    assert as_("sara").post(f"{one.url()}board/move/").status_code == 404


@pytest.mark.parametrize("one", CALENDARS)
def test_the_calendar_has_every_record_of_the_month_on_its_day(
    one: RecordType, house: Any, as_: Any, person: Any, who: str
) -> None:
    name, today = one.calendar.date, timezone.localdate()
    response = as_(who).get(f"{one.url()}calendar/", {"month": today.strftime("%Y-%m")})
    if not person(who).rights.may("view", one.key):
        assert response.status_code == 403
        return
    html = response.content.decode()
    query = ListQuery.read(one, person(who), QueryDict(one.calendar.only))
    inside = query.records().filter(**{f"{name}__year": today.year, f"{name}__month": today.month})
    assert set(inside.values_list("pk", flat=True)) <= linked_ids(html, one.slug)
    assert linked_ids(html, one.slug) <= set(query.records().values_list("pk", flat=True))
    for record in inside[:3]:
        day = getattr(record, name).isoformat()
        listed = as_(who).get(f"{one.url()}?{one.calendar.only}&f={name}.on:{day}&edited=1").content.decode()
        assert str(record) in text_of(listed)


@pytest.mark.parametrize("one", CALENDARS)
def test_a_month_that_is_none_is_this_month(one: RecordType, house: Any, as_: Any) -> None:
    for month in ("", "2026-13", "0000-00", "nonsense", "9999-12", "0001-01", "\x00"):
        assert as_("sara").get(f"{one.url()}calendar/", {"month": month}).status_code == 200, month
