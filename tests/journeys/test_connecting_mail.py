"""A mailbox is connected by signing in at its provider, in a real browser: there and back, and what the page says after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.inbox.fetching.tests.server import imap_server
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.providers.tests.doors import imap_door
from fedele.inbox.providers.tests.service import CLIENT, SECRET, Service, provider_service
from tests.browser.axe import violations

ADDRESS = "giulia@officineaurora.example"


@pytest.fixture
def service(settings: Any, live_server: Any) -> Iterator[Service]:
    settings.PRIVATE_ADDRESSES, settings.SITE_URL = True, live_server.url
    with provider_service() as found:
        yield found


def test_registered_once_and_connected_with_one_button(
    come_in: Callable[..., Page], service: Service, live_server: Any, complaints: list[str]
) -> None:
    page = come_in("sara")
    page.goto(f"{live_server.url}/setup/mailboxes/")
    page.get_by_role("link", name="Accesso con Microsoft e Google").click()
    page.get_by_role("link", name="Altro servizio di posta").click()
    expect(page.get_by_label("URI di reindirizzamento")).to_have_value(f"{live_server.url}/mailboxes/connected/")
    page.get_by_label("Nome").fill("Aurora ID")
    page.get_by_label("Indirizzo per l’accesso").fill(f"{service.url}/authorize")
    page.get_by_label("Indirizzo dei token").fill(f"{service.url}/token")
    page.get_by_label("Scope").fill("mail offline_access")
    page.get_by_label("ID client").fill(CLIENT)
    page.get_by_label("Segreto del client").fill(SECRET)
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("cell", name=CLIENT)).to_be_visible()
    assert violations(page) == []
    assert complaints == []


def test_there_and_back(
    come_in: Callable[..., Page], people: Any, service: Service, live_server: Any, complaints: list[str]
) -> None:
    from fedele.inbox.providers.tests.conftest import registered

    registered(service)
    with imap_server() as imap, imap_door(service, imap, ADDRESS) as port:
        Mailbox.objects.create(
            name="Giulia", address=ADDRESS, owner=people["giulia"], since=dt.date(2020, 1, 1),
            imap_host="127.0.0.1", imap_port=port, imap_security="plain",
        )  # fmt: skip
        page = come_in("giulia")
        page.goto(f"{live_server.url}/profile/mailbox/")
        page.get_by_role("button", name="Collega con Aurora ID").click()
        expect(page.get_by_role("heading", name="Provider")).to_be_visible()
        page.get_by_role("link", name="Allow").click()
        expect(page.get_by_text("Collegata con Aurora ID. La connessione funziona.")).to_be_visible()
        expect(page.get_by_text("collegata con Aurora ID", exact=True)).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Scollega").click()
        page.get_by_role("dialog").get_by_role("button", name="Continua").click()
        expect(page.get_by_label("Password", exact=True)).to_be_visible()
    assert [one["login_hint"] for one in service.sent_there] == [ADDRESS]
    assert complaints == []


def test_on_a_phone_the_page_of_setup_one_is_on_is_in_sight(come_in: Callable[..., Page], live_server: Any) -> None:
    page = come_in("sara", width=390)
    page.goto(f"{live_server.url}/setup/telephony/")
    expect(page.locator(".setup-nav [aria-current]")).to_be_in_viewport(ratio=1)
