"""The installed app: pages read before without a network, and nothing of them for anybody else (A-92)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.demo.cast import PASSWORD
from fedele.journal.acting import act_as
from fedele.people.models import Company

#: Everything the browser holds for this site, as text.
STORED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(name + " " + request.url + " " + await (await cache.match(request, {ignoreVary: true})).text());
  }
  for (const base of await indexedDB.databases()) found.push("database " + base.name);
  return found.concat(Object.entries(localStorage).map(String), Object.entries(sessionStorage).map(String)).join("\\n");
}"""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Other stories do without the worker, which answers for what they hold back or count."""
    return {**browser_context_args, "service_workers": "allow"}


@pytest.fixture
def secret(people: dict[str, Any]) -> Company:
    with act_as(people["giulia"], door="screen"):
        one = Company(name="Officine Segretissime", owner=people["giulia"], team=people["giulia"].team)
        one.save()
    return one


def with_worker(page: Page) -> None:
    """Waits until the worker answers for this page, and reads the page through it."""
    for _visit in range(5):
        with suppress(AssertionError):
            return until(page, "navigator.serviceWorker.controller !== null", 100)
        page.reload()
    raise AssertionError("the worker never came")


def until(page: Page, question: str, tries: int = 400) -> None:
    """Asks until it is so; Playwright's own way of waiting is refused by the page's security policy."""
    for _try in range(tries):
        if page.evaluate(question):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never so: {question}")


def is_kept(address: str) -> str:
    return (
        "Promise.all([caches.keys()].map(async (names) => (await Promise.all((await names).filter((name) => name.startsWith('pages-'))"
        f".map(async (name) => (await caches.open(name)).match('{address}', {{ignoreVary: true}})))).some(Boolean))).then(([one]) => one)"
    )


def read(page: Page, address: str) -> None:
    page.goto(address)
    until(page, is_kept(address))


@pytest.fixture
def reader(sign_in: Callable[[str], Page], live_server: Any, secret: Company) -> Page:
    """Giulia, who has read one company with the worker at work."""
    page = sign_in("giulia")
    with_worker(page)
    read(page, f"{live_server.url}/companies/{secret.pk}/")
    return page


def test_read_before_is_readable_without_a_network_and_says_so(reader: Page, live_server: Any, secret: Company) -> None:
    reader.context.set_offline(True)
    reader.goto(f"{live_server.url}/companies/{secret.pk}/")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Officine Segretissime")
    expect(reader.locator("[data-kept]")).to_contain_text("senza rete")
    reader.wait_for_load_state("networkidle")
    reader.goto(f"{live_server.url}/companies/new/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Connessione assente")
    reader.get_by_role("link", name="Officine Segretissime").press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Officine Segretissime")
    reader.context.set_offline(False)
    # With a network again, the page of before is read anew by itself.
    expect(reader.locator("[data-kept]")).to_be_hidden()


def test_what_is_typed_without_a_network_is_not_sent_and_not_lost(
    sign_in: Callable[[str], Page], live_server: Any, secret: Company
) -> None:
    page = sign_in("giulia")
    with_worker(page)
    page.goto(f"{live_server.url}/companies/{secret.pk}/edit/")
    page.locator("input[name=name]").fill("Officine Rinominate")
    page.context.set_offline(True)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#toasts")).to_contain_text("niente è stato inviato")
    expect(page.locator("input[name=name]")).to_have_value("Officine Rinominate")
    page.context.set_offline(False)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"{live_server.url}/companies/{secret.pk}/")
    assert Company.objects.get(pk=secret.pk).name == "Officine Rinominate"


def test_after_signing_out_nothing_is_left(reader: Page, live_server: Any) -> None:
    assert "Officine Segretissime" in reader.evaluate(STORED)
    reader.get_by_role("button", name="Il tuo menu").click()
    reader.get_by_role("button", name="Esci").click()
    reader.wait_for_url("**/accounts/login/**")
    until(reader, f"({STORED})().then((found) => !found.includes('Segretissime'))")


def test_a_second_person_on_the_same_phone_sees_nothing_of_the_first(
    reader: Page, live_server: Any, people: dict[str, Any], secret: Company
) -> None:
    # Without signing out: her session ends elsewhere, somebody else signs in.
    reader.goto("about:blank")
    reader.context.clear_cookies()
    reader.goto(f"{live_server.url}/accounts/login/")
    reader.locator("input[name=login]").fill(people["eva"].email)
    reader.locator("input[name=password]").fill(PASSWORD)
    reader.locator("input[name=password]").press("Enter")
    reader.wait_for_url(f"{live_server.url}/")
    assert "Segretissime" not in reader.evaluate(STORED)
    reader.context.set_offline(True)
    reader.goto(f"{live_server.url}/companies/{secret.pk}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Connessione assente")
    assert "Segretissime" not in reader.content()
    reader.context.set_offline(False)


def test_a_session_that_ended_elsewhere_is_forgotten_at_the_next_contact(
    reader: Page, live_server: Any, people: dict[str, Any]
) -> None:
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
    reader.goto(f"{live_server.url}/companies/")
    reader.wait_for_url("**/accounts/login/**")
    until(reader, f"({STORED})().then((found) => !found.includes('Segretissime'))")


def test_a_page_one_may_no_longer_see_is_forgotten(reader: Page, live_server: Any, secret: Company) -> None:
    Company.objects.filter(pk=secret.pk).delete()
    reader.goto(f"{live_server.url}/companies/{secret.pk}/")
    until(reader, is_kept(f"{live_server.url}/companies/{secret.pk}/") + ".then((one) => !one)")


def test_browser_finds_it_installable(sign_in: Callable[[str], Page], live_server: Any) -> None:
    page = sign_in("giulia")
    with_worker(page)
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert (manifest["url"], manifest["errors"]) == (f"{live_server.url}/manifest.webmanifest", [])
    wrong = [one["errorId"] for one in session.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    # A private window cannot install anything; that is all it finds.
    assert set(wrong) <= {"in-incognito"}
