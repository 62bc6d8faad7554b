"""A whole morning by keyboard: Giulia works her Today from the first row to the last, and never touches the mouse."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from fedele.calendar.models import Activity
from fedele.people.models import Agreement, Company, Lead
from fedele.sales.models import Opportunity, Process
from tests.browser.axe import violations


def day(distance: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=distance)


@pytest.fixture
def morning(people: dict[str, Any]) -> dict[str, Any]:
    """Late, asked by Luca, two calls before midnight, a step of a sale, a promise."""
    giulia, stage = people["giulia"], Process.default().stages.first()
    mine = {"owner": giulia, "team": giulia.team}
    company = Company.objects.create(name="Officine Rinaldi", phone="+390303312450", kind="customer", **mine)
    lead = Lead.objects.create(
        last_name="Bianchi", company_name="Carpenteria Bianchi", phone="+390302223344", stage="hot", **mine
    )
    return {
        "late": Activity.objects.create(subject="Mandare le referenze", company=company, due_on=day(-2), **mine),
        "asked": Activity.objects.create(
            subject="Portare i campioni", company=company, due_on=day(3), asked_by=people["luca"], **mine
        ),
        "first": Activity.objects.create(
            subject="Richiamare Bianchi", kind="call", lead=lead, due_on=day(0), due_at="23:58", **mine
        ),
        "second": Activity.objects.create(
            subject="Sentire gli acquisti", kind="call", company=company, due_on=day(0), due_at="23:59", **mine
        ),
        "sale": Opportunity.objects.create(
            name="Tornio", company=company, stage=stage, process=stage.process, next_step="Mandare l’offerta",
            next_step_on=day(-1), **mine,
        ),
        "promise": Agreement.objects.create(subject="Reference visit", company=company, due_on=day(4), **mine),
    }  # fmt: skip


def here(page: Page) -> Any:
    return page.locator("[data-work][data-here] strong")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def work_the_list(page: Page, morning: dict[str, Any]) -> None:
    press(page, "j")
    expect(here(page)).to_have_text("Mandare l’offerta")

    # The step of the sale is done, the next one named: it goes, and one is where one was.
    press(page, "d")
    page.get_by_label("Next step", exact=True).fill("Ring about the quote")
    page.get_by_label("Day").fill(day(5).isoformat())
    press(page, "Control+Enter")
    expect(here(page)).to_have_text("Mandare le referenze")
    expect(page.locator("[data-summary]").first).to_have_text("5 things to do, 1 overdue")
    morning["sale"].refresh_from_db()
    assert (morning["sale"].next_step, morning["sale"].next_step_on) == ("Ring about the quote", day(5))

    # Late: put off until tomorrow with one more key, and taken back.
    press(page, "p")
    expect(page.get_by_role("dialog").get_by_role("button", name="Tomorrow")).to_be_focused()
    press(page, "1")
    expect(here(page)).to_have_text("Portare i campioni")
    press(page, "Control+z")
    expect(page.locator("[data-summary]").first).to_have_text("5 things to do, 1 overdue")
    press(page, "j", "p")
    expect(page.get_by_role("dialog").get_by_role("button", name="Tomorrow")).to_be_focused()
    press(page, "1")

    # What Luca asked: seen, and it waits for its day.
    expect(here(page)).to_have_text("Portare i campioni")
    press(page, "s")
    expect(here(page)).to_have_text("Richiamare Bianchi")
    morning["asked"].refresh_from_db()
    assert morning["asked"].seen_at is not None


def make_the_calls(page: Page, morning: dict[str, Any]) -> None:
    # Both calls, one after the other.
    press(page, "Shift+C")
    page.wait_for_url(re.compile(rf"/today/calls/{morning['first'].pk}/"))
    assert violations(page) == []
    expect(page.get_by_role("link", name="+39 030 222 3344")).to_be_focused()
    press(page, "n")
    page.wait_for_url(re.compile(rf"/today/calls/{morning['second'].pk}/"))
    press(page, "p")
    page.wait_for_url(re.compile(rf"/today/calls/{morning['first'].pk}/"))
    page.get_by_label("Report").fill("Wants to see the machine")
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(rf"/today/calls/{morning['second'].pk}/"))
    page.get_by_role("button", name="No answer, again tomorrow").press("Enter")
    page.wait_for_url(re.compile(r"/today/calls/$"))
    expect(page.get_by_text("No call is left for today")).to_be_visible()


def keep_the_promise(page: Page, url: str) -> None:
    # The last thing: a promise, kept.
    press(page, "g", "h")
    page.wait_for_url(url)
    press(page, "j")
    expect(here(page)).to_have_text("Reference visit")
    press(page, "o")
    expect(page.locator("#drawer")).to_be_visible()
    press(page, "Escape", "d")
    page.get_by_role("dialog").get_by_role("button", name="Kept").press("Enter")
    expect(page.get_by_text("Nothing to do right now")).to_be_visible()


def test_a_morning_without_a_mouse(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], morning: dict[str, Any]
) -> None:
    page = come_in("giulia", "en")
    expect(page.locator("[data-summary]").first).to_have_text("6 things to do, 2 overdue")
    work_the_list(page, morning)
    make_the_calls(page, morning)
    keep_the_promise(page, f"{live_server.url}/")
    morning["promise"].refresh_from_db()
    done = Activity.objects.filter(state="done").values_list("subject", "outcome", "report")
    assert morning["promise"].state == "kept"
    assert sorted(done) == [
        ("Richiamare Bianchi", "reached", "Wants to see the machine"), ("Sentire gli acquisti", "no_answer", ""),
    ]  # fmt: skip
    assert complaints == []


def test_blocks_come_by_themselves_and_say_when_they_cannot(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], morning: dict[str, Any]
) -> None:
    page = come_in("luca", "en")
    page.route("**/today/block/news/", lambda route: route.abort())
    page.goto(live_server.url + "/")
    news = page.locator("#block-news")
    expect(news.get_by_text("This block could not be loaded.")).to_be_visible()
    page.unroute("**/today/block/news/")
    news.get_by_role("button", name="Try again").click()
    expect(page.locator("#block-news").get_by_text("Nothing new.")).to_be_visible()
    expect(page.locator(".today-block[aria-busy]")).to_have_count(0)


def test_the_page_is_arranged_without_a_pointer(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], morning: dict[str, Any]
) -> None:
    page = come_in("giulia", "en")
    expect(page.locator(".today-block[aria-busy]")).to_have_count(0)
    page.get_by_role("link", name="Arrange this page").press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Move up: Recently worked on").press("Enter")
    expect(dialog.get_by_role("button", name="Move up: Recently worked on")).to_be_focused()
    dialog.get_by_label("News", exact=True).uncheck()
    assert violations(page) == []
    dialog.get_by_role("button", name="Save").press("Enter")
    page.wait_for_url(f"{live_server.url}/")
    expect(page.locator("#block-news")).to_have_count(0)
    keys = page.locator(".today .stack").first.locator(".today-block").evaluate_all("all => all.map((one) => one.id)")
    assert keys == ["block-adrift", "block-recent", "block-idle"]
