"""What goes on: a series, one day of which is moved alone or with all that follow; a bar over several days, moved and pulled longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from fedele.calendar.models import Activity
from fedele.journal.acting import act_as

TODAY = timezone.localdate()
MONDAY = TODAY + dt.timedelta(days=7 - TODAY.weekday())
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def on(n: int) -> dt.date:
    return MONDAY + dt.timedelta(days=n)


def planned(user: Any, **values: Any) -> Activity:
    with act_as(user, door="screen"):
        activity = Activity(kind="meeting", owner=user, **values)
        activity.save()
    return activity


@pytest.fixture
def meeting(people: dict[str, Any]) -> Activity:
    return planned(people["giulia"], subject="Riunione", due_on=MONDAY, due_at="09:00", minutes=60, repeats="weekly")


@pytest.fixture
def fair(people: dict[str, Any]) -> Activity:
    return planned(people["giulia"], subject="Fiera di Bologna", due_on=on(1), until_on=on(2), until_at="17:30")


def stored() -> set[tuple[Any, ...]]:
    return set(
        Activity.objects.filter(trashed_at=None).values_list("due_on", "due_at", "until_on", "repeats", "repeats_until")
    )


def wait_for(expected: set[tuple[Any, ...]], page: Page) -> None:
    for _turn in range(100):
        if stored() == expected:
            return
        page.wait_for_timeout(100)
    assert stored() == expected


def shown(page: Page, name: str) -> Locator:
    """As it is drawn, without what the hand holds meanwhile."""
    return page.locator("calendar-grid .ec-event:not(.ec-ghost, .ec-preview, .ec-dragging)", has_text=name)


def column(page: Page, n: int) -> Any:
    box = page.locator(f"calendar-grid .ec-body .ec-day.ec-{DAYS[n]}").bounding_box()
    assert box is not None
    return box


def drawn_over(page: Page, name: str, first: int, last: int) -> Any:
    """Waits until it is drawn from that day of the week to that one, and stays; where it is then."""
    left, right = column(page, first), column(page, last)
    for _turn in range(100):
        one = shown(page, name)
        box = one.bounding_box() if one.count() == 1 else None
        if box and left["x"] - 2 <= box["x"] < left["x"] + left["width"] / 2:
            ends = box["x"] + box["width"]
            if right["x"] + right["width"] / 2 < ends <= right["x"] + right["width"] + 2:
                return box
        page.wait_for_timeout(100)
    raise AssertionError(f"{name} is not drawn from {DAYS[first]} to {DAYS[last]}")


def unasked(complaints: list[str]) -> list[str]:
    """Without the questions the server asks back: the browser tells them as errors."""
    return [said for said in complaints if "422" not in said]


def drag(page: Page, begin: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move(begin[0] + 6, begin[1], steps=3)
    page.mouse.move(*end, steps=8)
    page.mouse.up()


def to_day(page: Page, box: Any, n: int) -> None:
    drag(page, (box["x"] + 30, box["y"] + 8), (column(page, n)["x"] + 30, box["y"] + 8))


def choose(page: Page, which: str) -> None:
    """The dialog asks how much of the series moves; the day is that it was dropped on."""
    page.locator("#dialog select[name=which]").select_option(which)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#dialog")).to_be_hidden()


@pytest.mark.parametrize("which", ["this", "following"])
def test_a_day_to_come_is_dragged_and_says_how_much_of_the_series_goes_with_it(
    which: str, come_in: Callable[..., Page], live_server: Any, complaints: list[str], meeting: Activity
) -> None:
    page = come_in("giulia")
    page.goto(f"{live_server.url}/calendar/?day={on(14)}")
    to_day(page, drawn_over(page, "Riunione", 0, 0), 2)
    expect(page.locator("#dialog input[name=day]")).to_have_value(str(on(16)))
    drawn_over(page, "Riunione", 0, 0)
    choose(page, which)
    ends = None if which == "this" else on(13)
    moved = (on(16), "09:00", None, "" if which == "this" else "weekly", None)
    wait_for({(MONDAY, "09:00", None, "weekly", ends), moved}, page)
    drawn_over(page, "Riunione", 2, 2)
    page.locator("[data-after]").click()
    drawn_over(page, "Riunione", *((0, 0) if which == "this" else (2, 2)))
    assert unasked(complaints) == []


@pytest.mark.parametrize("which", ["this", "following"])
def test_the_same_from_the_list_by_keyboard_and_taken_back(
    which: str, come_in: Callable[..., Page], live_server: Any, complaints: list[str], meeting: Activity
) -> None:
    before = stored()
    page = come_in("giulia", "en", 390)
    page.goto(f"{live_server.url}/calendar/?view=list&day={on(7)}")
    page.get_by_label("Move: Riunione").press("Enter")
    expect(page.locator("#dialog .beside table")).to_be_visible()
    page.locator("#dialog input[name=day]").fill(str(on(8)))
    page.locator("#dialog input[name=at]").fill("11")
    choose(page, which)
    ends = None if which == "this" else on(6)
    moved = (on(8), "11:00", None, "" if which == "this" else "weekly", None)
    wait_for({(MONDAY, "09:00", None, "weekly", ends), moved}, page)
    expect(page.locator(".agenda .when", has_text="11:00")).to_be_visible()
    page.locator(".toast .undo").press("Enter")
    wait_for(before, page)
    assert complaints == []


def test_a_bar_over_several_days_is_dragged_and_pulled_longer(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], fair: Activity
) -> None:
    page = come_in("giulia")
    page.goto(f"{live_server.url}/calendar/?day={MONDAY}")
    to_day(page, drawn_over(page, "Fiera di Bologna", 1, 2), 2)
    wait_for({(on(2), "", on(3), "", None)}, page)
    box = drawn_over(page, "Fiera di Bologna", 2, 3)
    edge = box["x"] + box["width"] - 3
    drag(page, (edge, box["y"] + box["height"] / 2), (column(page, 4)["x"] + 40, box["y"] + box["height"] / 2))
    wait_for({(on(2), "", on(4), "", None)}, page)
    drawn_over(page, "Fiera di Bologna", 2, 4)
    page.locator(".toast .undo").last.click()
    wait_for({(on(2), "", on(3), "", None)}, page)
    drawn_over(page, "Fiera di Bologna", 2, 3)
    assert complaints == []


def test_its_days_are_given_by_keyboard_and_what_cannot_be_is_said(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], fair: Activity
) -> None:
    page = come_in("giulia")
    page.goto(f"{live_server.url}/calendar/?view=list&day={MONDAY}")
    page.get_by_label("Sposta: Fiera di Bologna").first.press("Enter")
    until = page.locator("#dialog input[name=until]")
    until.fill(str(on(0)))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#dialog")).to_contain_text("Non può finire prima di cominciare.")
    until.fill(str(on(4)))
    page.keyboard.press("Control+Enter")
    wait_for({(on(1), "", on(4), "", None)}, page)
    expect(page.locator(".agenda a.name", has_text="Fiera di Bologna")).to_have_count(4)
    assert unasked(complaints) == []
