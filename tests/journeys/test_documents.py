"""A file dropped onto a customer's page is a document, is looked at by keyboard, gets its next version, and is found by its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.journal.acting import act_as
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import pdf
from fedele.people.models import Company

#: What the browser does when somebody lets go of a file over the page.
DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name));
  for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def company(people: dict[str, Any], settings: Any, tmp_path: Path) -> Company:
    settings.DATA_DIR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    with act_as(people["giulia"], door="screen"):
        made = Company(name="Meccanica Bresciana S.r.l.", owner=people["giulia"])
        made.save()
    return made


def drop(page: Page, name: str, content: bytes) -> None:
    page.evaluate(DROP, [name, list(content)])


def test_dropped_looked_at_renewed_and_found(
    come_in: Callable[..., Page], live_server: Any, company: Company, complaints: list[str]
) -> None:
    page = come_in("giulia", "en")
    page.goto(f"{live_server.url}/companies/{company.pk}/")
    block = page.locator("#documents")
    expect(block).to_be_visible()
    drop(page, "Scheda pressa.pdf", pdf("Prima pagina", "Sostituire la guarnizione"))
    expect(block.get_by_role("link", name="Scheda pressa.pdf", exact=True)).to_be_visible(timeout=20_000)
    drop(page, "run.exe", b"MZ")
    expect(block.get_by_text("Files of this kind are not taken.")).to_be_visible()

    block.get_by_role("link", name="Scheda pressa.pdf", exact=True).click()
    picture = page.locator("#dialog img.leaf")
    expect(picture).to_have_attribute("alt", "Page 1 of Scheda pressa.pdf", timeout=20_000)
    page.keyboard.press("ArrowRight")
    expect(picture).to_have_attribute("alt", "Page 2 of Scheda pressa.pdf", timeout=20_000)
    page.keyboard.press("+")
    expect(picture).to_have_attribute("data-size", "2", timeout=20_000)
    assert picture.evaluate("(image) => image.complete || new Promise((done) => { image.onload = () => done(true); })")
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()

    drop(page, "Scheda pressa.pdf", pdf("Pressione di esercizio"))
    block.get_by_role("button", name="Add as version 2").click()
    expect(block.locator(".document").get_by_text("version 2")).to_be_visible(timeout=20_000)
    assert Document.objects.count() == 1

    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator("dialog[open] input").first.fill("esercizio")
    expect(page.get_by_role("option", name="Scheda pressa.pdf")).to_contain_text(
        "Pressione di esercizio", timeout=20_000
    )
    # Answers with a question or a refusal are errors to the browser; scripts and the security policy are what counts here.
    assert [one for one in complaints if "Failed to load resource" not in one] == []
