"""A passkey: added, used instead of the password, under the strict content security policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from fedele.demo.cast import PASSWORD


def plug_in_key(page: Page) -> None:
    """A key with a fingerprint reader, as the browser's own tools imitate it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": True}})


def test_a_passkey_is_added_and_opens(live_server: Any, sign_in: Callable[[str], Page], complaints: list[str]) -> None:
    page = sign_in("chiara")
    plug_in_key(page)
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.locator("input[name=name]").fill("Chiave di Chiara")
    page.locator("#mfa_webauthn_add").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/")
    expect(page.locator("td.lead")).to_have_text("Chiave di Chiara")
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/?next=/profile/")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"{live_server.url}/profile/")
    expect(page.locator("input[name=first_name]")).to_have_value("Chiara")
    assert complaints == []
