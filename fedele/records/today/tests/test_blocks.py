"""Blocks: who has which, alone and on the page, arranged by each person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fedele.demo.cast import CAST
from fedele.records.today.arranging import arranged_for
from fedele.records.today.blocks import MOST, ROWS, Block, Declared, Row, _blocks
from fedele.records.today.models import Arrangement

HTMX = {"HX-Request": "true"}


@pytest.fixture
def block() -> Any:
    """`block("x", Block(...), roles=…)`: one more, for this test."""
    added = []

    def declare(key: str, made: Block | None, **values: Any) -> None:
        usual = {"roles": (), "order": 1, "column": "side", "scope": "me", "heeds": (), "right": None}
        _blocks[key] = Declared(key, f"Block {key}", "sun", **{**usual, **values}, make=lambda _user: made)
        added.append(key)

    yield declare
    for key in added:
        del _blocks[key]


#: Departments add further ones in the course of time: their tests are theirs.
KNOWN = (
    "adrift", "idle", "recent", "names", "lanes", "queue", "at_risk", "asked", "closing", "numbers", "news", "team_load",
    "team_sales", "team_unseen", "refused", "unplanned",
)  # fmt: skip


def keys(user: Any, scope: str = "me") -> list[str]:
    user = type(user).objects.get(pk=user.pk)
    arranged = arranged_for(user, scope)
    return [one.key for one in (*arranged.main, *arranged.side) if one.key in KNOWN]


def test_a_role_finds_its_usual_blocks(giulia: Any, marco: Any, anna: Any, eva: Any) -> None:
    assert keys(giulia) == [
        "adrift", "idle", "recent", "names", "lanes", "at_risk", "unplanned", "asked", "closing", "numbers", "news",
    ]  # fmt: skip
    assert keys(marco) == ["recent", "asked", "numbers", "news"]
    assert "queue" in keys(anna)
    assert keys(eva) == ["recent", "news"]


def test_only_who_leads_has_a_team(giulia: Any, luca: Any, dario: Any, marco: Any) -> None:
    assert [arranged_for(one, "team").scope for one in (giulia, luca, dario, marco)] == ["me", "team", "team", "me"]
    assert keys(luca, "team") == ["team_load", "team_sales", "team_unseen"]


def test_hidden_added_and_in_another_order(giulia: Any, client: Client) -> None:
    client.force_login(giulia)
    order = [
        "recent",
        "adrift",
        "idle",
        "news",
        "names",
        "lanes",
        "at_risk",
        "unplanned",
        "asked",
        "closing",
        "numbers",
    ]
    client.post("/today/arrange/", {"order": order, "shown": [key for key in order if key != "lanes"]})
    assert keys(giulia) == [
        "recent",
        "adrift",
        "idle",
        "news",
        "names",
        "at_risk",
        "unplanned",
        "asked",
        "closing",
        "numbers",
    ]
    assert Arrangement.objects.get().hidden == ["lanes"]
    client.post("/today/arrange/", {"usual": "1"})
    assert keys(giulia)[:2] == ["adrift", "idle"]


def test_what_the_role_does_not_bring_can_be_added(marco: Any, client: Client) -> None:
    client.force_login(marco)
    html = client.get("/today/arrange/").content.decode()
    assert 'value="at_risk"' in html
    assert 'value="lanes"' not in html
    client.post("/today/arrange/", {"order": ["recent", "at_risk", "lanes"], "shown": ["recent", "at_risk", "lanes"]})
    assert keys(marco)[:2] == ["recent", "at_risk"]
    assert "lanes" not in keys(marco)


def test_up_and_down_without_a_pointer(giulia: Any, client: Client) -> None:
    client.force_login(giulia)
    order = ["adrift", "idle", "recent", "names", "lanes"]
    answer = client.post("/today/arrange/", {"order": order, "shown": order, "up": "idle"}, headers=HTMX)
    html = answer.content.decode()
    assert html.index('value="idle"') < html.index('value="adrift"')
    assert not Arrangement.objects.filter(user=giulia).exclude(order=[]).exists()


def test_the_sides_are_arranged_apart(luca: Any, client: Client) -> None:
    client.force_login(luca)
    client.post("/today/arrange/", {"order": ["recent"], "shown": []})
    client.post("/today/arrange/?of=team", {"order": ["team_sales", "team_load"], "shown": ["team_sales"]})
    assert keys(luca, "team") == ["team_sales", "team_unseen"]
    assert "recent" not in keys(luca)


@pytest.mark.parametrize("who", [person.key for person in CAST])
def test_each_block_answers_alone_or_is_not_there(who: str, cast: Any, client: Client) -> None:
    user = getattr(cast, who)
    client.force_login(user)
    for key, declared in list(_blocks.items()):
        statuses = {client.get(f"/today/block/{key}/", headers=headers).status_code for headers in (HTMX, {})}
        assert statuses == {200 if declared.is_for(user) else 404}, key
    assert client.get("/today/block/no-such-block/").status_code == 404


def test_first_rows_on_today_all_alone(giulia: Any, client: Client, block: Any) -> None:
    block("many", Block([Row(f"Row {n}.", "/") for n in range(10)], MOST + 1))
    client.force_login(giulia)
    part, alone = (client.get("/today/block/many/", headers=headers).content.decode() for headers in (HTMX, {}))
    assert (part.count("Row "), alone.count("Row ")) == (ROWS, 10)
    assert 'href="/today/block/many/"' in part
    assert "99+" in part


def test_nothing_leaves_no_hole(giulia: Any, client: Client, block: Any) -> None:
    block("nothing", None)
    client.force_login(giulia)
    assert client.get("/today/block/nothing/", headers=HTMX).content == b""
    block("refused", Block(), right=lambda _user: False)
    assert "refused" not in keys(giulia)


def test_the_guide_ticks_itself_and_goes(sara: Any, giulia: Any, client: Client) -> None:
    from fedele.people.models import Company

    client.force_login(sara)
    assert client.get("/").content.decode().count("<li") > 0
    assert "guide-title" in client.get("/").content.decode()
    assert '<li class="done">' in client.get("/").content.decode()
    Company.objects.create(name="Officine Rinaldi")
    before = client.get("/").content.decode()
    client.post("/today/guide/close/")
    after = client.get("/").content.decode()
    assert (before.count('<li class="done">'), "guide-title" in after) == (2, False)
