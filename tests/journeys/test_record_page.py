"""The page of a customer while the phone rings, and a morning's work on it by keyboard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from fedele.billing.models import Dispute, OpenItem
from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.people.models import Company
from fedele.people.profiles.models import Agreement
from fedele.records.page.pins import Pin
from fedele.sales.models import Opportunity
from tests.browser.axe import violations


@pytest.fixture
def customer(people: dict[str, Any]) -> Company:
    """Something of every department."""
    giulia = people["giulia"]
    today = timezone.localdate()
    with act_as(giulia, door="screen"):
        company = Company(name="Officine Rinaldi S.r.l.", city="Brescia", province="BS", owner=giulia)
        company.put({"phone": "+390307286651", "email": "info@rinaldi.example", "street": "Via Volta 1"})
        company.save()
        Opportunity(name="Pressa P200", company=company, amount=84320, owner=giulia).save()
        Opportunity.objects.get(name="Pressa P200").win()
        Opportunity(name="Linea di sbavatura", company=company, amount=28000, owner=giulia).save()
        OpenItem(
            company=company, document="2026/883", amount=Decimal(2100), due_on=today - dt.timedelta(days=34)
        ).save()
        Dispute(company=company, subject="Vernice rovinata", amount=Decimal(400)).save()
        Agreement(company=company, subject="Sconto del 5 % fino a marzo").save()
        call = Activity(kind="call", subject="Sentito per la linea", owner=giulia, company=company)
        call.save()
        call.complete(outcome="reached", report="Interessata al modulo di aspirazione.")
    return Company.objects.get(pk=company.pk)


def test_the_five_questions_are_answered_without_a_click(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], customer: Company
) -> None:
    """What did they buy, what do we owe them, who promised what, what is open, who spoke last."""
    page = come_in("dario")
    page.goto(f"{live_server.url}/companies/{customer.pk}/")
    main = page.get_by_role("main")
    expect(page.locator("#panel-bought")).to_contain_text("Pressa P200")
    expect(page.locator("#panel-bought")).to_contain_text("84.320")
    expect(page.locator("#panel-openitems-position")).to_contain_text("2026/883")
    expect(page.locator("#panel-openitems-position")).to_contain_text("1 contenzioso aperto")
    expect(page.locator("#panel-profiles-profile")).to_contain_text("Sconto del 5 % fino a marzo")
    expect(page.locator("#panel-opportunity-company")).to_contain_text("Linea di sbavatura")
    expect(page.locator("#situation")).to_contain_text("Ultimo contatto")
    expect(page.locator("#situation")).to_contain_text("Giulia Bassi")
    expect(main).to_contain_text("Interessata al modulo di aspirazione.")
    assert violations(page) == []
    assert complaints == []


def test_the_five_questions_are_answered_on_the_first_screen_of_a_phone(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], customer: Company
) -> None:
    page = come_in("dario", "it", 390)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/companies/{customer.pk}/")
    bar = page.locator("nav.bottom").bounding_box()
    today = timezone.localdate().strftime("%d/%m/%Y")
    for text in (
        f"{today} · Pressa P200",
        "Linea di sbavatura",
        "noi: Sconto del 5 % fino a marzo",
        "Giulia Bassi",
        "Contenzioso aperto",
    ):
        found = page.locator("#head").get_by_text(text).last.bounding_box()
        assert found and bar and found["y"] + found["height"] < bar["y"], text
    assert complaints == []


@pytest.mark.parametrize(("language", "scheme"), [("it", "light"), ("en", "dark")])
def test_by_keyboard_alone(
    come_in: Callable[..., Page],
    live_server: Any,
    complaints: list[str],
    customer: Company,
    language: str,
    scheme: str,
) -> None:
    page = come_in("giulia", language, 1440, scheme)
    page.goto(f"{live_server.url}/companies/{customer.pk}/")
    expect(page.locator("#panel-bought")).to_be_visible()

    page.keyboard.press("n")
    expect(page.locator("#composer-note textarea")).to_be_focused()
    page.keyboard.type("Il cancello è in via Volta.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#entries")).to_contain_text("Il cancello è in via Volta.")
    expect(page.locator("#composer-note textarea")).to_have_value("")
    page.keyboard.press("Escape")

    # What is half written stays, while a call is written down beside it.
    page.keyboard.press("n")
    expect(page.locator("#composer-note textarea")).to_be_focused()
    page.keyboard.type("Mezza frase")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    report = page.locator("#composer-call textarea[name=report]")
    expect(report).to_be_visible()
    assert violations(page) == []
    report.fill("Richiamare giovedì.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#entries")).to_contain_text("Richiamare giovedì.")
    expect(page.locator("#composer-note textarea")).to_have_value("Mezza frase")
    assert Activity.objects.filter(company=customer, state="done").count() == 2

    page.keyboard.press("t")
    page.locator("#composer-activity input[name=subject]").fill("Mandare la scheda")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel-activities-next")).to_contain_text("Mandare la scheda")

    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.wait_for_url(re.compile(r"/opportunities/\?"))
    expect(page.get_by_role("main")).to_contain_text("Linea di sbavatura")
    assert complaints == []


def test_narrowed_pinned_and_unfolded(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], customer: Company, people: dict[str, Any]
) -> None:
    with act_as(people["giulia"], door="screen"):
        for city in ("Como", "Lodi"):
            customer.put({"city": city})
            customer.save()
        customer.note("Sempre dal retro.")
    page = come_in("giulia")
    url = f"{live_server.url}/companies/{customer.pk}/"
    page.goto(url)
    fold = page.locator("#entries .fold").first
    fold.locator("summary").click()
    expect(fold).to_contain_text("Lodi")

    line = page.locator("#entries > li").filter(has_text="Sempre dal retro.")
    line.hover()
    line.get_by_role("button", name="Metti in evidenza").click()
    expect(page.locator("#entries > li").first).to_contain_text("Sempre dal retro.")
    assert Pin.objects.count() == 1

    page.locator("#timeline .chip", has_text="Telefonate").click()
    expect(page.locator("#entries > li[id]")).to_have_count(1)
    assert page.url == f"{url}?show=call"
    page.locator("#timeline-search").fill("nulla di simile")
    expect(page.locator("#entries")).to_contain_text("Qui non c’è niente di questo tipo.")
    page.reload()
    expect(page.locator("#timeline-search")).to_have_value("nulla di simile")
    assert violations(page) == []
    assert complaints == []


def test_blocks_that_cannot_be_loaded_are_asked_for_again(
    come_in: Callable[..., Page], live_server: Any, customer: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = come_in("giulia")

    def broken(*_arguments: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("fedele.records.page.story.panels_of", broken)
        page.goto(f"{live_server.url}/companies/{customer.pk}/")
        expect(page.locator("#panels [data-again]")).to_be_visible()
    page.locator("#panels [data-again]").click()
    expect(page.locator("#panel-bought")).to_contain_text("Pressa P200")


def test_on_a_phone_the_parts_switch(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], customer: Company
) -> None:
    page = come_in("giulia", "it", 390)
    page.goto(f"{live_server.url}/companies/{customer.pk}/")
    parts = {name: page.locator(f"#{name}") for name in ("story", "facts", "panels")}
    for label, shown in (("Dettagli", "facts"), ("In corso", "panels"), ("Cronologia", "story")):
        page.locator("main nav.tabs").get_by_role("link", name=label).click()
        for name, part in parts.items():
            expect(part).to_be_visible() if name == shown else expect(part).to_be_hidden()
        assert violations(page) == []
    buttons = page.locator(".quick-acts .btn")
    expect(buttons).to_have_count(4)
    assert "Via%20Volta%201" in (buttons.nth(2).get_attribute("href") or "")
    assert complaints == []


def test_a_new_company_says_how_to_begin(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], people: dict[str, Any]
) -> None:
    with act_as(people["giulia"], door="screen"):
        company = Company(name="Nuova S.r.l.", owner=people["giulia"])
        company.save()
    page = come_in("giulia")
    page.goto(f"{live_server.url}/companies/{company.pk}/")
    steps = page.locator(".first-steps .btn")
    expect(steps).to_have_count(3)
    steps.filter(has_text="Pianifica una visita").click()
    expect(page.locator("#composer-activity input[name=subject]")).to_be_focused()
    assert violations(page) == []
    assert complaints == []
