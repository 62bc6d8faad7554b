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


@pytest.fixture
def come_in(live_server: Any, page: Page, people: dict[str, Any], complaints: list[str]) -> Callable[..., Page]:
    """Opens the product as a colleague, signed in beforehand: for stories that are not about the door."""

    def enter(who: str, language: str = "it", width: int = 1440, scheme: Any = "light") -> Page:
        from django.conf import settings
        from django.test import Client

        user = people[who]
        type(user).objects.filter(pk=user.pk).update(language=language)
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(live_server.url)
        return page

    return enter
