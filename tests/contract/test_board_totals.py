"""The totals of a board stay the sums of what is on it, whatever is done and by whatever door."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fedele.access.models import Role
from fedele.access.reach import RIGHTS
from fedele.base.verbs import verb_of
from fedele.journal.models import Batch, Entry
from fedele.records.board.lanes import board_of
from fedele.records.declare import RecordType
from fedele.records.query import ListQuery
from tests.contract.making import asked, make, typed, value_of
from tests.contract.test_api import send
from tests.contract.test_board import BOARDS, group_of, move, on_board
from tests.contract.verbs import do

SOME = ("giulia", "luca", "dario", "nadia", "anna", "eva")


def check(one: RecordType, person: Any, after: str) -> None:
    """For each of them: count, total and weighted total of each lane, and of a filtered board too."""
    path = one.model._meta.get_field(one.board.by).attname
    for who in SOME:
        user = person(who)
        for extra in ("", "&f=owner.in:me"):
            columns, summary = board_of(
                ListQuery.read(one, user, one.board.only + extra), one.lanes(group_of(one)), only="totals"
            )
            records = [record for record in on_board(one, user) if not extra or record.owner_id == user.pk]
            where = f"{after}: {who}{extra}"
            assert summary.count == len(records), where
            for column in columns:
                mine = [record for record in records if str(getattr(record, path)) == column.lane.key]
                assert column.count == len(mine), where
                if one.board.total:
                    assert (column.total or 0) == sum(getattr(record, one.board.total) for record in mine), where
                if one.board.weighted:
                    shares = [
                        getattr(record, one.board.total) * (getattr(record, one.board.weighted) or 0) / 100
                        for record in mine
                    ]
                    assert abs((column.weighted or 0) - sum(shares)) < Decimal("0.01"), where


@pytest.mark.parametrize("one", BOARDS)
def test_single_acts(one: RecordType, house: Any, as_: Any, api: Any, person: Any) -> None:
    record, client = house.of(one), as_("giulia")
    check(one, person, "as built")
    for name, field in asked(one).items():
        if field.kind in ("money", "percent", "number") and not field.is_custom:
            client.post(
                one.url(record.pk, "cell", name),
                {name: typed(field, value_of(field, 6))},
                headers={"HX-Request": "true"},
            )
            check(one, person, f"cell {name}")
    for lane in one.lanes(group_of(one)):
        if move(client, one, house.of(one), lane.key).status_code == 200:
            check(one, person, f"moved to {lane.label}")
            client.post(f"/undo/{Entry.objects.latest('id').pk}/")
            check(one, person, f"back from {lane.label}")
    as_("sara").post(
        one.url(record.pk, "cell", "owner"), {"owner": str(person("davide").pk)}, headers={"HX-Request": "true"}
    )
    check(one, person, "given to another team")
    for name in one.verbs:
        if not one.verb_url(record, name):
            do(one, house.of(one, "luca"), name)
            check(one, person, name)
    assert send(api("anna"), "DELETE", f"/api/v1/{one.slug}/{house.of(one, 'anna').pk}", None).status_code in (204, 403)
    check(one, person, "deleted by the API")
    trashed = house.trashed[one.key]
    client.post(f"{one.url(trashed.pk)}restore/")
    check(one, person, "restored")
    type(trashed).objects.get(pk=trashed.pk).erase()
    check(one, person, "erased")


@pytest.mark.parametrize("one", BOARDS)
def test_acts_on_many(one: RecordType, house: Any, as_: Any, person: Any) -> None:
    client = as_("sara")
    around = {type(records[0]): records[0] for records in house.records.values()}
    for n in range(8):
        make(one, n, person("giulia"), full=n % 2 == 0, around=around)
    check(one, person, "made")
    acts: list[tuple[str, dict[str, str]]] = [("assign", {"value": str(person("luca").pk)}), ("trash", {})]
    acts += [("change", {"field": name, "value": typed(field, value_of(field, 7))}) for name, field in asked(one).items()
             if field.kind in ("money", "percent") and not field.is_custom]  # fmt: skip
    acts += [(name, {}) for name in one.verbs if verb_of(one.model, name).bulk and not verb_of(one.model, name).form]
    for act, given in acts:
        assert (
            client.post(f"{one.url()}bulk/{act}/", {"all": "1", "query": "edited=1", "go": "1", **given}).status_code
            == 302
        ), act
        check(one, person, act)
        assert client.post(f"/undo/batch/{Batch.objects.latest('id').pk}/").status_code == 302
        check(one, person, f"{act} taken back")


@pytest.mark.parametrize("one", [param for param in BOARDS if param.values[0].board.weighted])
def test_what_is_weighted_does_not_tell_a_hidden_weight(one: RecordType, house: Any, as_: Any, person: Any) -> None:
    """Total and weighted total together would say what a role does not see."""
    giulia = person("giulia")
    role = Role.objects.create(
        name="Test", rights={one.key: dict.fromkeys(RIGHTS, "all")}, hidden={one.key: [one.board.weighted]}
    )  # fmt: skip
    giulia.roles.set([role])
    columns, summary = board_of(ListQuery.read(one, person("giulia"), one.board.only), one.lanes(group_of(one)))
    assert summary.total
    assert summary.weighted is None
    assert all(column.weighted is None for column in columns)
