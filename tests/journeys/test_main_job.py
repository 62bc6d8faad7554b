"""The main job: a real list of names comes in, one is found and converted, its sale is won, the list is taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.journal.acting import act_as
from fedele.people.models import Company, Lead
from fedele.sales.models import Opportunity

#: As statistical offices publish: cp1252, semicolons, a line break inside a heading, an accent far down.
HEADER = (
    'Codice Regione;"Codice dell\'Unità\n(valida a fini statistici)";Denominazione in italiano;Sigla automobilistica'
)
PLACES = ["Brescia;BS", "Bergamo;BG", "Cremona;CR", "Mantova;MN", "Lodi;LO", "Agliè;TO", "Forlì;FC", "Cantù;CO"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "comuni.csv"
    lines = [HEADER, *(f"03;{number};Comune di {place}" for number, place in enumerate(PLACES))]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def bring_in(page: Page, url: str, file: Path) -> None:
    page.goto(f"{url}/import/?as=company")
    page.locator("input[type=file][name=file]").set_input_files(file)
    page.locator("main form button[type=submit].primary").first.click()
    page.wait_for_url(re.compile(r"/import/\d+/columns/"))
    page.locator("button[name=next]").click()
    page.wait_for_url(re.compile(r"/import/\d+/check/"))
    page.locator("button[name=run]").click()
    page.wait_for_url(re.compile(r"/progress/\d+/"))


@pytest.mark.parametrize(("language", "width"), [("it", 1440), ("en", 390)])
def test_a_list_comes_in_and_goes_back(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], file: Path, language: str, width: int
) -> None:
    page = come_in("giulia", language, width)
    bring_in(page, live_server.url, file)
    assert Company.objects.filter(trashed_at=None).count() == len(PLACES)
    assert Company.objects.get(name="Comune di Forlì").province == "FC"

    page.goto(f"{live_server.url}/companies/")
    page.keyboard.press("Control+k")
    page.keyboard.type("comune crmona")
    option = page.locator("[role=option]").filter(has_text="Comune di Cremona").first
    expect(option).to_be_visible()
    option.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comune di Cremona")

    page.goto(f"{live_server.url}/import/")
    page.locator("a[href$='/result/']").first.click()
    page.locator("a[href$='/undo/']").click()
    page.locator("main form button[type=submit].primary").click()
    page.wait_for_url(re.compile(r"/progress/\d+/"))
    assert Company.objects.filter(trashed_at=None).count() == 0
    assert complaints == []


@pytest.fixture
def lead(people: dict[str, Any]) -> Lead:
    with act_as(people["giulia"], door="screen"):
        lead = Lead(
            first_name="Elena", last_name="Rinaldi", company_name="Officine Rinaldi S.r.l.", interest="Pressa P200",
            email="elena@rinaldi.example", owner=people["giulia"],
        )  # fmt: skip
        lead.save()
        lead.note("Chiede una visita a marzo.")
        lead.warm()
    return lead


def convert(page: Page, url: str, lead: Lead) -> Opportunity:
    page.goto(f"{url}/leads/{lead.pk}/convert/")
    page.locator("main form button[type=submit].primary").click()
    page.wait_for_url(re.compile(r"/opportunities/\d+/"))
    return Opportunity.objects.get(lead=lead)


@pytest.mark.parametrize(("language", "width"), [("it", 1440), ("en", 390)])
def test_a_lead_becomes_a_sale_by_keyboard(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], lead: Lead, language: str, width: int
) -> None:
    page = come_in("giulia", language, width)
    opportunity = convert(page, live_server.url, lead)
    assert (opportunity.company.name, opportunity.contact.last_name) == ("Officine Rinaldi S.r.l.", "Rinaldi")
    expect(page.get_by_text("Chiede una visita a marzo.").first).to_be_visible()

    page.goto(f"{live_server.url}/opportunities/board/")
    before = opportunity.stage
    page.locator(f"#card-{opportunity.pk}").focus()
    with page.expect_response("**/board/move/"):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(f"[data-lane='{before.pk}'] .deal")).to_have_count(0)
    opportunity.refresh_from_db()
    assert opportunity.stage.position == before.position + 1

    page.goto(f"{live_server.url}/opportunities/{opportunity.pk}/do/win/")
    with page.expect_response("**/do/win/"):
        page.locator("form[action$='/do/win/'] button[type=submit]").click()
    opportunity.refresh_from_db()
    opportunity.company.refresh_from_db()
    assert (opportunity.outcome, opportunity.company.kind) == ("won", "customer")
    assert complaints == []


def test_a_card_is_dragged_and_taken_back(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], lead: Lead
) -> None:
    page = come_in("giulia")
    opportunity = convert(page, live_server.url, lead)
    page.goto(f"{live_server.url}/opportunities/board/")
    before, to = opportunity.stage, opportunity.stage.process.stages.get(position=opportunity.stage.position + 2)
    card, lane = page.locator(f"#card-{opportunity.pk}"), page.locator(f"[data-lane='{to.pk}'] .cards")
    card.hover()
    page.wait_for_selector("board-lanes[data-draggable]")
    page.mouse.down()
    place = lane.bounding_box()
    assert place
    for step in range(1, 9):
        page.mouse.move(place["x"] + 40, place["y"] + 10 + step * 2, steps=4)
    with page.expect_response("**/board/move/"):
        page.mouse.up()
    expect(page.locator(f"[data-lane='{to.pk}'] #card-{opportunity.pk}")).to_be_visible()
    opportunity.refresh_from_db()
    assert opportunity.stage == to

    with page.expect_response("**/undo/*/"):
        page.locator(".toast button").first.click()
    opportunity.refresh_from_db()
    assert opportunity.stage == before
    assert complaints == []
