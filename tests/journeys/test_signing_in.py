"""Somebody comes to work in the morning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations

WIDTHS = [390, 1440]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_giulia_signs_in(
    sign_in: Callable[[str], Page], page: Page, complaints: list[str], width: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    sign_in("giulia")

    expect(page.get_by_role("main")).to_be_visible()
    assert violations(page) == []
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_door_is_accessible(live_server: Any, page: Page, complaints: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(live_server.url)

    expect(page.locator("input[name=login]")).to_be_visible()
    assert violations(page) == []
    assert complaints == []


def test_a_wrong_password_is_refused(live_server: Any, page: Page, people: dict[str, Any]) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=login]").fill(people["giulia"].email)
    page.locator("input[name=password]").fill("not hers")
    page.locator("input[name=password]").press("Enter")

    expect(page.locator("[role=alert], .errors, .errorlist").first).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/accounts/login/")
