"""Two colleagues talk about a customer in two browsers, the telephone rings, the network fails: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from fedele.access.keys import CALLS, ApiKey
from fedele.inbox.calls.models import Extension
from fedele.inbox.conversations.models import Remark
from fedele.people.companies.models import Company
from tests.browser.axe import violations

SOON = 15_000


@pytest.fixture
def enter(live_server: Any, browser: Browser, people: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """A browser of one's own for each colleague."""
    contexts = []

    def open_as(who: str) -> Page:
        user = people[who]
        type(user).objects.filter(pk=user.pk).update(language="it")
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        context = browser.new_context(locale="it-IT", viewport={"width": 1440, "height": 900})
        contexts.append(context)
        key = client.session.session_key
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        return context.new_page()

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture
def rinaldi(people: dict[str, Any]) -> Any:
    return Company.objects.create(name="Officine Rinaldi", owner=people["giulia"], phone="+390303545678")


def test_two_colleagues_talk(enter: Callable[..., Page], live_server: Any, rinaldi: Any) -> None:
    giulia, luca = enter("giulia"), enter("luca")
    for page in (giulia, luca):
        page.goto(f"{live_server.url}/conversations/company/{rinaldi.pk}/")
    text = giulia.get_by_label("Messaggio interno")
    text.press_sequentially("Ciao @lu")
    expect(giulia.get_by_role("option", name="Luca Moretti")).to_be_visible()
    giulia.keyboard.press("Enter")
    giulia.keyboard.type("li chiami tu?")
    half = luca.get_by_label("Messaggio interno")
    half.fill("sto scriv")
    expect(luca.locator("others-here")).to_contain_text("GB", timeout=SOON)
    expect(giulia.locator("others-writing")).to_have_text("Luca sta scrivendo…", timeout=SOON)
    giulia.keyboard.press("Control+Enter")
    expect(giulia.locator(".talk-said .said")).to_have_text("Ciao @Luca Moretti li chiami tu?")
    expect(text).to_have_value("")
    expect(luca.locator(".talk-said .said")).to_have_text("Ciao @Luca Moretti li chiami tu?", timeout=SOON)
    expect(half).to_have_value("sto scriv")
    assert violations(giulia) == []


def test_without_a_network_the_text_stays(enter: Callable[..., Page], live_server: Any, rinaldi: Any) -> None:
    page = enter("giulia")
    page.goto(f"{live_server.url}/conversations/company/{rinaldi.pk}/")
    page.get_by_label("Messaggio interno").fill("Domani alle nove")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Connessione assente")).to_be_visible()
    expect(page.get_by_label("Messaggio interno")).to_have_value("Domani alle nove")
    page.context.set_offline(False)
    page.get_by_role("button", name="Invia").click()
    expect(page.locator(".talk-said .said")).to_have_text("Domani alle nove")
    assert Remark.objects.count() == 1


def test_what_was_typed_is_there_on_another_device(enter: Callable[..., Page], live_server: Any, rinaldi: Any) -> None:
    one, other = enter("giulia"), enter("giulia")
    one.goto(f"{live_server.url}/conversations/company/{rinaldi.pk}/")
    with one.expect_response("**/drafts/"):
        one.get_by_label("Messaggio interno").fill("Ricordarsi del collaudo")
    other.goto(f"{live_server.url}/conversations/company/{rinaldi.pk}/")
    expect(other.get_by_label("Messaggio interno")).to_have_value("Ricordarsi del collaudo")


def test_the_telephone_rings(
    enter: Callable[..., Page], live_server: Any, people: dict[str, Any], rinaldi: Any
) -> None:
    Extension.objects.create(user=people["giulia"], number="21")
    page = enter("giulia")
    page.goto(f"{live_server.url}/leads/")
    search = page.get_by_role("searchbox").first
    search.focus()
    secret = ApiKey.make(people["sara"], "PBX", opens=CALLS)[1]
    told = {"call_id": "1", "number": "030 3545678", "to": "21"}
    answer = page.request.post(
        f"{live_server.url}/api/calls/incoming", data=told, headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status == 201
    card = page.get_by_role("region", name="Chiamata in arrivo da 030 354 5678")
    expect(card).to_contain_text("Officine Rinaldi", timeout=SOON)
    expect(search).to_be_focused()
    assert violations(page) == []
    page.locator("body").click(position={"x": 700, "y": 5})
    page.keyboard.press("Shift+O")
    page.wait_for_url(f"**/companies/{rinaldi.pk}/")
