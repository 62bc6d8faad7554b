"""The demo company's people in a browser: `sign_in("giulia")` opens the start page as her."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from fedele.demo.cast import PASSWORD, install


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def people(transactional_db: Any) -> dict[str, Any]:
    return install()


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complained about: errors of scripts, refusals of the page's security policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def sign_in(live_server: Any, page: Page, people: dict[str, Any], complaints: list[str]) -> Callable[[str], Page]:
    def enter(who: str) -> Page:
        page.goto(f"{live_server.url}/accounts/login/")
        page.locator("input[name=login]").fill(people[who].email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(f"{live_server.url}/")
        return page

    return enter
