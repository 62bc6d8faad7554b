"""What goes wrong on a working day: typed too fast, thrown away meanwhile, saved by two, no network. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.people.models import Company


@pytest.fixture
def companies(people: dict[str, Any]) -> list[Company]:
    giulia = people["giulia"]
    made = [Company(name=name, owner=giulia) for name in ("Torneria Colombo S.r.l.", "Stampi Nord S.r.l.")]
    with act_as(giulia, door="screen"):
        for company in made:
            company.save()
    return made


def test_a_name_typed_in_haste_opens_that_name(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], companies: list[Company]
) -> None:
    """Enter follows what was typed, not what the list showed before: here the customer seen last."""
    page = come_in("giulia")
    wanted, seen = (f"{live_server.url}/companies/{one.pk}/" for one in companies)
    page.goto(seen)
    page.goto(live_server.url)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [role=option]").first).to_contain_text("Stampi Nord")
    page.keyboard.type("torneria")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != f"{live_server.url}/")
    assert page.url == wanted
    assert complaints == []


def test_a_note_on_what_is_gone_meanwhile_stays(
    come_in: Callable[..., Page], live_server: Any, companies: list[Company], people: dict[str, Any]
) -> None:
    page, company = come_in("giulia"), companies[0]
    page.goto(f"{live_server.url}/companies/{company.pk}/")
    note = page.locator("#composer-note textarea")
    note.fill("Vogliono due torni entro marzo.")
    with act_as(people["giulia"], door="screen"):
        company.trash()
    note.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Qui non c’è niente")
    page.get_by_role("dialog").get_by_role("button", name="Chiudi").click()
    expect(note).to_have_value("Vogliono due torni entro marzo.")


def test_what_was_saved_is_no_draft_any_more(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], people: dict[str, Any]
) -> None:
    page = come_in("giulia")
    for name in ("Presse Valsabbia S.r.l.", "Fonderie Sebino S.p.A."):
        page.goto(f"{live_server.url}/companies/new/")
        field = page.locator("main input[name=name]")
        expect(field).to_have_value("")
        field.fill(name)
        field.press("Control+Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert [page.evaluate("localStorage.length"), Company.objects.count()] == [0, 2]
    assert complaints == []


@pytest.mark.parametrize(
    ("answer", "city"), [("Salva come scelto per questo campo", "Milano"), ("Tieni l’altra", "Brescia")]
)
def test_two_who_save_are_asked_once(
    come_in: Callable[..., Page],
    live_server: Any,
    companies: list[Company],
    people: dict[str, Any],
    answer: str,
    city: str,
) -> None:
    """The question has the focus; once it is answered, the form comes back without what was typed for it."""
    page, company = come_in("giulia"), companies[0]
    edit = f"{live_server.url}/companies/{company.pk}/edit/"
    page.goto(edit)
    page.locator("main input[name=city]").fill("Milano")
    with act_as(people["luca"], door="screen"):
        company.put({"city": "Brescia"})
        company.save()
    page.locator("main input[name=city]").press("Control+Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.locator("#record-form").get_by_text(answer).click()
    page.wait_for_url(f"{live_server.url}/companies/{company.pk}/")
    page.goto(edit)
    expect(page.locator("main input[name=city]")).to_have_value(city)
    assert page.evaluate("localStorage.length") == 0


def test_a_missing_network_is_said_once(
    come_in: Callable[..., Page], live_server: Any, companies: list[Company]
) -> None:
    page = come_in("giulia")
    page.goto(f"{live_server.url}/companies/{companies[0].pk}/")
    note = page.locator("#composer-note textarea")
    note.fill("Richiamare alle 15.")
    page.context.set_offline(True)
    for _time in range(2):
        note.press("Control+Enter")
        expect(page.locator(".toast")).to_have_text(
            "Connessione assente: niente è stato inviato. Riprova quando torna la rete."
        )
    expect(note).to_have_value("Richiamare alle 15.")
    page.context.set_offline(False)
    note.press("Control+Enter")
    expect(page.locator("#entries")).to_contain_text("Richiamare alle 15.")


@pytest.mark.parametrize("width", [1440, 390])
def test_what_was_written_down_is_confirmed_and_can_be_undone(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], companies: list[Company], width: int
) -> None:
    page = come_in("giulia", width=width)
    page.goto(f"{live_server.url}/companies/{companies[0].pk}/")
    page.locator("record-composer [data-tab=call]").click()
    report = page.locator("#composer-call [name=report]")
    report.fill("Il preventivo va bene.")
    report.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Annotato")
    expect(page.locator("#entries")).to_contain_text("Il preventivo va bene.")
    page.locator(".toast").get_by_role("button", name="Annulla").click()
    expect(page.locator(".toast")).to_have_text("Annullato.")
    assert Activity.objects.get().is_trashed
    assert complaints == []
