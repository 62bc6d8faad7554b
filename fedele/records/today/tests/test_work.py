"""One list of what there is to do: its order, what is on it, and what may not be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fedele.access.models import Role
from fedele.billing.models import Dispute
from fedele.calendar.models import Activity
from fedele.people.models import Agreement, Company, Lead
from fedele.records.today.work import LATE, SHOWN, work_of
from fedele.sales.models import Opportunity


def day(distance: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=distance)


@pytest.fixture
def company(giulia: Any) -> Company:
    return Company.objects.create(name="Officine Rinaldi", owner=giulia, team=giulia.team)


def plan(user: Any, subject: str, due: int | None = 0, **values: Any) -> Activity:
    on = None if due is None else day(due)
    return Activity.objects.create(subject=subject, owner=user, team=user.team, due_on=on, **values)


def titles(user: Any) -> list[str]:
    user = type(user).objects.get(pk=user.pk)
    return [row.title for row in work_of(user).rows]


@pytest.fixture
def noon(monkeypatch: Any) -> None:
    at = timezone.make_aware(dt.datetime.combine(day(0), dt.time(12)))
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.mark.usefixtures("noon")
def test_the_most_urgent_comes_first(giulia: Any, luca: Any, company: Company) -> None:
    plan(giulia, "today, some time")
    plan(giulia, "today at nine", due_at="09:00")
    plan(giulia, "today at three", due_at="15:00")
    plan(giulia, "late since a week", -7)
    plan(giulia, "late since yesterday", -1)
    plan(giulia, "urgent", urgent=True)
    plan(giulia, "asked, for next week", 7, asked_by=luca)
    plan(giulia, "asked, no day", None, asked_by=luca)
    assert titles(giulia) == [
        "urgent", "late since yesterday", "late since a week", "today at nine", "asked, for next week", "asked, no day",
        "today at three", "today, some time",
    ]  # fmt: skip


def test_what_lasts_several_days_is_late_when_the_last_is_over(giulia: Any) -> None:
    for name, first, last in (("over", -4, -2), ("goes on", -3, 2), ("last day", -1, 0), ("begins", 0, 3)):
        plan(giulia, name, first, until_on=day(last))
    badges = {row.title: row.badge for row in work_of(giulia).rows}
    assert badges == {
        "over": ("2 giorni di ritardo", "bad"), "goes on": ("ancora 2 giorni", ""), "last day": ("ultimo giorno", "warn"),
        "begins": ("oggi", "warn"),
    }  # fmt: skip
    assert (work_of(giulia).late, work_of(giulia).rows[0].title) == (1, "over")


@pytest.mark.usefixtures("noon")
def test_an_hour_of_today_that_is_over_is_said_and_is_not_overdue_yet(giulia: Any) -> None:
    for name, at, minutes in (
        ("gone", "09:30", 60),
        ("now", "11:45", 30),
        ("a call", "11:45", None),
        ("later", "15:00", 30),
    ):
        plan(giulia, name, due_at=at, minutes=minutes)
    plan(giulia, "some time")
    badges = {row.title: row.badge for row in work_of(giulia).rows}
    assert badges == {
        "gone": ("passate le 09:30", "bad"), "now": ("oggi 11:45", "warn"), "a call": ("passate le 11:45", "bad"),
        "later": ("oggi 15:00", "warn"), "some time": ("oggi", "warn"),
    }  # fmt: skip
    assert work_of(giulia).late == 0


def test_every_department_gives_its_part(giulia: Any, company: Company) -> None:
    plan(giulia, "call")
    common = {"company": company, "owner": giulia, "team": giulia.team}
    Opportunity.objects.create(name="Lathe", next_step="Send the quote", next_step_on=day(-1), **_stage(), **common)
    Agreement.objects.create(subject="Reference", due_on=day(3), **common)
    Dispute.objects.create(subject="Wrong goods", next_step="Ring the carrier", next_step_on=day(-2), **common)
    assert titles(giulia) == ["Send the quote", "Ring the carrier", "call", "Reference"]


def _stage() -> dict[str, Any]:
    from fedele.sales.models import Process

    process = Process.default()
    return {"process": process, "stage": process.stages.first()}


def test_what_is_over_ahead_seen_or_somebody_elses_is_not_on_it(giulia: Any, luca: Any, company: Company) -> None:
    plan(giulia, "done", state="done")
    plan(giulia, "tomorrow", 1)
    plan(giulia, "asked and seen", 5, asked_by=luca, seen_at=timezone.now())
    plan(giulia, "in the trash", trashed_at=timezone.now())
    plan(luca, "Luca's")
    common = {"company": company, "owner": giulia}
    Opportunity.objects.create(name="Won", outcome="won", next_step="x", next_step_on=day(-1), **_stage(), **common)
    Agreement.objects.create(subject="In a fortnight", due_on=day(14), **common)
    Dispute.objects.create(subject="Closed", state="closed", next_step="y", next_step_on=day(-1), **common)
    assert titles(giulia) == []


def test_a_backlog_leaves_room_for_today(giulia: Any) -> None:
    for n in range(20):
        plan(giulia, f"late {n}", -1 - n)
    for n in range(8):
        plan(giulia, f"today {n}")
    shown = work_of(giulia).shown
    assert len(shown) == SHOWN
    assert sum(row.is_late for row in shown) == LATE
    assert (work_of(giulia).summary, work_of(giulia).late) == ("28 cose da fare, 20 in ritardo", 20)


def test_a_very_long_list_ends_and_says_so(giulia: Any) -> None:
    Activity.objects.bulk_create(
        Activity(subject=f"{n}", owner=giulia, due_on=day(-n), number=f"T-{n}") for n in range(150)
    )
    worklist = work_of(giulia)
    assert (worklist.is_cut, len(worklist.rows), worklist.rows[0].title) == (True, 100, "1")
    assert "99+" in worklist.summary


def test_a_customer_one_may_not_see_is_not_named(cast: Any, giulia: Any, client: Client) -> None:
    """A role that sees its own records only, and an activity that points at somebody else's lead."""
    lead = Lead.objects.create(
        last_name="Segreto", company_name="Ditta Nascosta", phone="+390302345678", owner=cast.davide
    )
    plan(giulia, "Ring them", lead=lead)
    Role.objects.filter(key="sales_rep").update(
        rights={"activity": {"view": "own", "edit": "own"}, "lead": {"view": "own"}}
    )
    client.force_login(giulia)
    for address in ("/", "/today/work/", f"/today/calls/{Activity.objects.get().pk}/"):
        html = client.get(address).content.decode()
        assert "Ring them" in html
        assert "Segreto" not in html
        assert "Nascosta" not in html
        assert "2345678" not in html


def test_a_step_the_role_does_not_see_is_no_work(giulia: Any, company: Company) -> None:
    Opportunity.objects.create(
        name="Lathe", next_step="Secret step", next_step_on=day(0), company=company, owner=giulia, **_stage()
    )
    assert titles(giulia) == ["Secret step"]
    Role.objects.filter(key="sales_rep").update(hidden={"opportunity": ["next_step"]})
    assert titles(giulia) == []


def test_who_may_see_nothing_has_nothing_to_do(eva: Any, client: Client) -> None:
    plan(eva, "left over from another job")
    client.force_login(eva)
    html = client.get("/").content.decode()
    assert "left over" not in html
    assert titles(eva) == []


def test_seen_is_said_without_leaving_the_page(giulia: Any, luca: Any, client: Client) -> None:
    one = plan(giulia, "Bring the samples", 3, asked_by=luca)
    client.force_login(giulia)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}
    answer = client.post(f"/activities/{one.pk}/seen/", headers=headers)
    assert answer.status_code == 204
    assert '"fedele:changed": {"type": "activity"' in answer.headers["HX-Trigger"]
    assert titles(giulia) == []
