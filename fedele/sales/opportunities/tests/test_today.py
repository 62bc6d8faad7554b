"""What opportunities bring to Today: the same rows as the lists, each number with what it counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fedele.access.models import Role
from fedele.base.verbs import Refused
from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.records.today.blocks import block_named
from fedele.records.undo import undo_entry
from fedele.sales.opportunities.adrift import MINE, kinds_of
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.opportunities.numbers import close_rate, won_this_month, won_this_quarter
from fedele.sales.processes.models import Process


def day(distance: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=distance)


@pytest.fixture
def make(company: Company, giulia: Any) -> Any:
    stage = Process.default().stages.order_by("position")[0]

    def made(name: str, owner: Any = giulia, **values: Any) -> Opportunity:
        usual = {
            "next_step_on": day(9),
            "closes_on": day(9),
            "stage": stage,
            "process": stage.process,
            "team": owner.team,
        }
        return Opportunity.objects.create(**{"name": name, "company": company, "owner": owner, **usual, **values})

    return made


def fresh(user: Any) -> Any:
    return type(user).objects.get(pk=user.pk)


def names(key: str, user: Any) -> list[str]:
    declared = block_named(key)
    assert declared is not None
    return [row.title for row in declared.make(fresh(user)).rows]


def test_each_kind_of_adrift_is_the_list_it_opens(make: Any, giulia: Any, cast: Any, client: Client) -> None:
    stage = Process.default().stages.order_by("position")[0]
    long_ago = timezone.now() - dt.timedelta(days=stage.expected_days + 3)
    make("late", closes_on=day(-1), amount=30)
    make("stands", stage_since=long_ago, amount=20)
    make("no step", next_step_on=None, amount=10)
    make("fine")
    make("won", outcome="won", closes_on=day(-1), closed_on=day(0), next_step_on=None)
    make("not mine", cast["luca"], closes_on=day(-1), next_step_on=None)
    assert names("adrift", giulia) == ["late", "stands", "no step"]
    client.force_login(giulia)
    for (_many, _one, _level, query), name in zip(kinds_of(MINE), ("late", "stands", "no step"), strict=True):
        found = ListQuery.read(registry.by_key("opportunity"), fresh(giulia), query).records()
        assert [one.name for one in found] == [name]
        html = client.get(f"/opportunities/?{query}&edited=1").content.decode()
        assert [other for other in ("late", "stands", "no step", "fine") if f">{other}<" in html] == [name]


def test_closing_this_month_soonest_first(make: Any, giulia: Any) -> None:
    first = timezone.localdate().replace(day=1)
    make("second", closes_on=first + dt.timedelta(days=20))
    make("first", closes_on=first)
    make("next month", closes_on=first + dt.timedelta(days=40))
    assert names("closing", giulia) == ["first", "second"]


def test_won_counts_equal_amounts_twice_and_ends_with_the_year(make: Any, giulia: Any, cast: Any) -> None:
    today = timezone.localdate()
    last_year = today.replace(month=1, day=1) - dt.timedelta(days=1)
    for name in ("one", "two"):
        make(name, outcome="won", closed_on=today, amount=1000)
    make("old", outcome="won", closed_on=last_year, amount=500)
    make("old loss", outcome="lost", closed_on=last_year)
    make("loss", outcome="lost", closed_on=today)
    make("Luca's", cast["luca"], outcome="won", closed_on=today, amount=9000)
    user = fresh(giulia)
    month, quarter, rate = won_this_month(user), won_this_quarter(user), close_rate(user)
    assert [one.note for one in (month, quarter, rate)] == ["2 trattative", "2 trattative", "2 su 3"]
    assert (month.value, rate.value) == ("2.000\u00a0€", "67%")
    query = month.url.partition("?")[2]
    found = ListQuery.read(registry.by_key("opportunity"), user, query).records()
    assert sorted(one.name for one in found) == ["one", "two"]


def test_hidden_amounts_are_counted_not_summed(make: Any, giulia: Any, client: Client) -> None:
    make("Lathe", outcome="won", closed_on=day(0), amount=77_000)
    make("Press", closes_on=day(-1), amount=66_000)
    client.force_login(giulia)
    assert "77,000" in client.get("/today/block/numbers/").content.decode()
    assert "66,000" in client.get("/today/block/adrift/").content.decode()
    Role.objects.filter(key="sales_rep").update(hidden={"opportunity": ["amount"]})
    assert won_this_month(fresh(giulia)).value == "1"
    for key in ("adrift", "closing", "numbers", "lanes"):
        html = client.get(f"/today/block/{key}/").content.decode()
        assert "77,000" not in html, key
        assert "66,000" not in html, key


def test_no_rate_of_nothing(giulia: Any) -> None:
    assert close_rate(fresh(giulia)) is None


def test_a_leader_sees_the_team_and_nobody_else(make: Any, cast: Any, giulia: Any, client: Client) -> None:
    make("late", closes_on=day(-1), amount=1000)
    make("of the south", cast["davide"], closes_on=day(-1), amount=5000)
    Activity.objects.create(subject="Late call", owner=giulia, team=giulia.team, due_on=day(-1))
    Activity.objects.create(subject="Asked", owner=giulia, team=giulia.team, asked_by=cast["luca"], due_on=day(1))
    Activity.objects.create(
        subject="Asked in the south", owner=cast["davide"], team=cast["davide"].team, asked_by=cast["luca"]
    )
    client.force_login(cast["luca"])
    sales = client.get("/today/block/team_sales/").content.decode()
    load = client.get("/today/block/team_load/").content.decode()
    assert ("Giulia Bassi" in sales, "€1,000" in sales, "Davide" in sales, "€5,000" in sales) == (
        True,
        True,
        False,
        False,
    )
    assert ("Giulia Bassi" in load, "Davide" in load) == (True, False)
    assert names("team_unseen", cast["luca"]) == ["Asked"]
    late = f"/activities/?edited=1&amp;f=owner.in:{giulia.pk}&amp;f=state.in:planned&amp;f=ends_on.before:today"
    assert f'href="{late}&amp;sort=ends_on"' in load
    client.force_login(giulia)
    assert client.get("/today/block/team_sales/").status_code == 404


def test_a_step_is_done_and_the_next_takes_its_place(make: Any, giulia: Any) -> None:
    one = make("Lathe", next_step="Send the quote")
    with act_as(giulia):
        one.take_step("They have read it", "Ring them", day(4))
    one.refresh_from_db()
    assert (one.next_step, one.next_step_on) == ("Ring them", day(4))
    entry = Entry.objects.get(kind="opportunity.stepped")
    assert entry.data == {"next_step": "Send the quote", "text": "They have read it"}
    undo_entry(entry, giulia)
    one.refresh_from_db()
    assert (one.next_step, one.next_step_on) == ("Send the quote", day(9))


def test_a_step_is_put_off_only_while_it_is_open(make: Any, giulia: Any) -> None:
    one = make("Lathe", next_step="Send the quote")
    with act_as(giulia):
        one.put_off(day(12))
        assert one.next_step_on == day(12)
        one.win()
        with pytest.raises(Refused):
            one.put_off(day(13))
