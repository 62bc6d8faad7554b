"""On a phone the buttons above a list stand in one row: what is used less is in the menu, and each key still works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.records.registry import registry
from tests.browser.axe import violations

#: Where the buttons above the list begin, each row once.
ROWS = """[...new Set([...document.querySelectorAll(".bar > .actions .btn")]
  .map((one) => one.getBoundingClientRect()).filter((one) => one.width).map((one) => Math.round(one.bottom)))].length"""


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_buttons_above_each_list_are_one_row(
    language: str, come_in: Callable[..., Page], live_server: Any, complaints: list[str]
) -> None:
    page = come_in("sara", language, 390)
    lists = [one.url() for one in registry]
    boards = [f"{one.url()}board/" for one in registry if one.board]
    calendars = [f"{one.url()}calendar/" for one in registry if one.calendar and not one.calendar.elsewhere]
    rows = {}
    for address in (*lists, *boards, *calendars):
        page.goto(live_server.url + address)
        rows[address] = page.evaluate(ROWS)
    assert {address: found for address, found in rows.items() if found > 1} == {}
    assert (max(rows.values()), complaints) == (1, [])


def test_what_is_in_the_menu_is_reached_by_hand_and_by_key(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str]
) -> None:
    page = come_in("sara", "en", 390)
    page.goto(f"{live_server.url}/opportunities/")
    expect(page.get_by_role("link", name="Board", exact=True)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="More", exact=True).click()
    lines = page.locator("#more-acts a")
    expect(lines).to_contain_text(["Import", "Export this list"])
    assert [line.bounding_box()["height"] >= 44 for line in lines.all()] == [True, True]
    with page.expect_download():
        page.keyboard.press("Shift+E")
    page.goto(f"{live_server.url}/opportunities/")
    with page.expect_download():
        page.keyboard.press("Shift+E")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/opportunities/")
    expect(page.get_by_role("link", name="Import", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="More", exact=True)).to_be_hidden()
    assert complaints == []
