"""A day is rearranged: dragged in the grid, moved from the list by keyboard, planned on a free hour, handed out by a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.people.models import Company
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import Process
from tests.browser.axe import violations

MONDAY = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())


@pytest.fixture
def visit(people: dict[str, Any]) -> Activity:
    with act_as(people["giulia"], door="screen"):
        activity = Activity(
            kind="meeting",
            subject="Visita alla Rossi",
            owner=people["giulia"],
            due_on=MONDAY,
            due_at="10:00",
            minutes=60,
        )
        activity.save()
    return activity


def when(activity: Activity) -> tuple[Any, ...]:
    activity.refresh_from_db()
    return activity.due_on, activity.due_at, activity.minutes


def wait_for(activity: Activity, expected: tuple[Any, ...], page: Page) -> None:
    for _turn in range(60):
        if when(activity) == expected:
            return
        page.wait_for_timeout(100)
    assert when(activity) == expected


def drag(page: Page, event: Locator, day: Locator) -> None:
    """By its head, at the hour it has."""
    box, target = event.bounding_box(), day.bounding_box()
    assert box is not None
    assert target is not None
    page.mouse.move(box["x"] + 40, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, box["y"] + 8, steps=8)
    page.mouse.up()


def test_a_visit_is_dragged_to_another_day_and_taken_back(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], visit: Activity
) -> None:
    page = come_in("giulia")
    page.goto(f"{live_server.url}/calendar/")
    event = page.locator(".ec-body .ec-event", has_text="Visita alla Rossi")
    drag(page, event, page.locator(".ec-body .ec-day.ec-thu"))
    wait_for(visit, (MONDAY + dt.timedelta(days=3), "10:00", 60), page)
    page.locator(".toast .undo").click()
    wait_for(visit, (MONDAY, "10:00", 60), page)
    expect(event).to_be_visible()
    assert complaints == []


def test_what_somebody_else_moved_goes_back_and_says_so(
    come_in: Callable[..., Page], live_server: Any, people: dict[str, Any], visit: Activity
) -> None:
    page = come_in("giulia")
    page.goto(f"{live_server.url}/calendar/")
    event = page.locator(".ec-body .ec-event", has_text="Visita alla Rossi")
    with act_as(people["giulia"], door="screen"):
        Activity.objects.get(pk=visit.pk).postpone(MONDAY + dt.timedelta(days=1))
    drag(page, event, page.locator(".ec-body .ec-day.ec-wed"))
    expect(page.locator("#dialog")).to_contain_text("qualcun altro")
    assert when(visit)[0] == MONDAY + dt.timedelta(days=1)


def test_the_list_does_the_same_by_keyboard(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], visit: Activity
) -> None:
    page = come_in("giulia", "en", 390)
    page.goto(f"{live_server.url}/calendar/?view=list")
    page.get_by_label("Move: Visita alla Rossi").press("Enter")
    expect(page.locator("#dialog .beside table")).to_be_visible()
    page.locator("#dialog input[name=at]").fill("16.30")
    page.locator("#dialog input[name=minutes]").fill("45")
    page.keyboard.press("Control+Enter")
    wait_for(visit, (MONDAY, "16:30", 45), page)
    expect(page.locator(".agenda .when", has_text="16:30")).to_be_visible()
    assert complaints == []


def test_a_free_hour_is_pressed_and_something_is_planned(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], people: dict[str, Any]
) -> None:
    page = come_in("giulia")
    page.goto(f"{live_server.url}/calendar/")
    page.locator(".ec-body .ec-day.ec-tue").click(position={"x": 60, "y": 26 * 6 + 5})
    expect(page.locator("#dialog input[name=due_on]")).to_have_value((MONDAY + dt.timedelta(days=1)).isoformat())
    page.locator("#dialog input[name=subject]").fill("Sentire l’officina")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ec-body .ec-event", has_text="Sentire l’officina")).to_be_visible()
    assert Activity.objects.get().due_at == "10:00"
    assert complaints == []


def test_work_is_handed_out_by_a_key(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], people: dict[str, Any], visit: Activity
) -> None:
    page = come_in("luca")
    page.goto(f"{live_server.url}/calendar/distribute/?pile=team")
    page.keyboard.press("j")
    page.keyboard.press("x")
    name = page.locator(".hands li").first.get_attribute("data-owner")
    page.keyboard.press("1")
    expect(page.locator(".toast")).to_be_visible()
    visit.refresh_from_db()
    assert (str(visit.owner_id), visit.asked_by) == (name, people["luca"])
    assert complaints == []


def test_on_a_day_each_of_several_has_a_column_where_one_plans_and_hands_over(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], people: dict[str, Any], visit: Activity
) -> None:
    page = come_in("luca")
    giulia, andrea = people["giulia"], people["andrea"]
    page.goto(f"{live_server.url}/calendar/?view=day&day={MONDAY}&people={giulia.pk},{andrea.pk}")
    columns = page.locator("calendar-grid .ec-body .ec-day")
    expect(columns).to_have_count(2)
    # In the order of their names.
    columns.nth(0).click(position={"x": 60, "y": 26 * 8 + 5})
    expect(page.locator("#dialog input[name=due_at]")).to_have_value("11:00")
    expect(page.locator("#dialog [name=owner]")).to_have_value(str(andrea.pk))
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()
    drag(page, page.locator(".ec-body .ec-event", has_text="Visita alla Rossi"), columns.nth(0))
    wait_for(visit, (MONDAY, "10:00", 60), page)
    for _turn in range(60):
        visit.refresh_from_db()
        if visit.owner_id == andrea.pk:
            break
        page.wait_for_timeout(100)
    assert (visit.owner, visit.asked_by) == (andrea, people["luca"])
    assert complaints == []


@pytest.mark.parametrize("width", [1440, 390])
def test_from_a_customer_into_the_calendar_and_back_with_a_visit(
    width: int, come_in: Callable[..., Page], live_server: Any, complaints: list[str], people: dict[str, Any]
) -> None:
    company = Company.objects.create(name="Officine Rossi", owner=people["giulia"], team=people["giulia"].team)
    page = come_in("giulia", "it", width)
    page.goto(f"{live_server.url}/companies/{company.pk}/")
    page.keyboard.press("t")
    page.get_by_role("link", name="Scegli un’ora libera").click()
    expect(page.get_by_role("link", name="Torna a Officine Rossi")).to_be_visible()
    page.locator("[data-before]").click()
    page.locator("[data-after]").click()
    expect(page.get_by_role("link", name="Torna a Officine Rossi")).to_be_visible()
    monday = timezone.localdate() + dt.timedelta(days=1)
    monday -= dt.timedelta(days=monday.weekday())
    if width > 1000:
        page.locator(".ec-body .ec-day.ec-tue").click(position={"x": 60, "y": 26 * 6 + 5})
    else:
        page.locator(".agenda header .btn").nth(1).click()
    expect(page.locator("#dialog input[name=due_on]")).to_have_value((monday + dt.timedelta(days=1)).isoformat())
    page.locator("#dialog input[name=subject]").fill("Visita in officina")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{live_server.url}/companies/{company.pk}/")
    expect(page.locator(".toast")).to_contain_text("Visita in officina")
    at = "10:00" if width > 1000 else ""
    assert [(one.company, one.kind, one.due_at) for one in Activity.objects.all()] == [(company, "meeting", at)]
    assert complaints == []


def test_from_an_opportunity_into_the_calendar_and_back_with_a_visit(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], people: dict[str, Any]
) -> None:
    mine = {"owner": people["giulia"], "team": people["giulia"].team}
    company = Company.objects.create(name="Officine Rossi", **mine)
    stage = Process.default().stages.order_by("position")[0]
    deal = Opportunity.objects.create(name="Linea di sbavatura", company=company, stage=stage, **mine)
    page = come_in("giulia", "it", 390)
    page.goto(f"{live_server.url}/opportunities/{deal.pk}/")
    page.keyboard.press("t")
    page.get_by_role("link", name="Scegli un’ora libera").click()
    expect(page.get_by_role("link", name="Torna a Linea di sbavatura")).to_be_visible()
    assert violations(page) == []
    page.locator(".agenda header .btn").nth(1).click()
    expect(page.get_by_role("button", name="Altri campi")).to_have_count(0)
    page.locator("#dialog input[name=subject]").fill("Visita in officina")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{live_server.url}/opportunities/{deal.pk}/")
    expect(page.locator(".toast")).to_contain_text("Visita in officina")
    made = Activity.objects.get()
    assert (made.company, made.kind, made.about_type, made.about_id) == (company, "meeting", "opportunity", deal.pk)
    assert complaints == []


#: In every turn of the page: how much of the grid would be read out as parts of a table that is none.
READ_OUT = """(() => {
  window.readOut = [];
  const look = () => {
    const found = document.querySelectorAll("calendar-grid :is([role], [aria-colindex], [aria-colspan])").length;
    if (found) readOut.push(found);
    setTimeout(look);
  };
  look();
})()"""


def test_at_no_moment_is_the_grid_read_out_as_a_table(
    come_in: Callable[..., Page], visit: Activity, live_server: Any
) -> None:
    page = come_in("giulia")
    page.add_init_script(READ_OUT)
    heard = {}
    for view in ("month", "week", "day", "people"):
        page.goto(f"{live_server.url}/calendar/?view={view}&day={MONDAY}")
        expect(page.locator("calendar-grid .ec-event").first).to_be_visible()
        heard[view] = page.evaluate("readOut")
    assert heard == {"month": [], "week": [], "day": [], "people": []}


def test_a_week_of_two_months_is_headed_by_both(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str]
) -> None:
    page = come_in("giulia", "en")
    page.goto(f"{live_server.url}/calendar/?view=people&day=2026-12-02")
    expect(page.locator("calendar-grid[data-drawn]")).to_contain_text("30/11")
    expect(page.locator("calendar-grid[data-drawn]")).to_contain_text("6/12")
    assert (violations(page), complaints) == ([], [])
