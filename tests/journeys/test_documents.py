"""A file dropped onto a customer's page is a document, is looked at by keyboard, gets its next version, and is found by its words."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from fedele.journal.acting import act_as
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import pdf
from fedele.knowledge.files.models import StoredFile
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


def photo(color: str) -> bytes:
    """As big as those of a phone are small: some 600 KB that no compression makes less."""
    file, image = io.BytesIO(), Image.effect_noise((800, 800), 90).convert("RGB")
    image.paste(color, (0, 0, 80, 80))
    image.save(file, "JPEG", quality=97)
    return file.getvalue()


def test_photos_from_the_phone_each_with_its_way_and_what_is_stopped_is_not_kept(
    come_in: Callable[..., Page], live_server: Any, company: Company, complaints: list[str], tmp_path: Path
) -> None:
    page = come_in("giulia", "en", width=390)
    page.goto(f"{live_server.url}/companies/{company.pk}/")
    block = page.locator("#documents")
    page.get_by_role("link", name="Open now").click()
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 150_000}
    line.send("Network.emulateNetworkConditions", slow)
    photos = [
        {"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": photo(color)}
        for n, color in enumerate(("red", "green", "blue", "white"), 1)
    ]
    block.locator("input[type=file]").set_input_files(photos)
    expect(block.locator(".uploads li")).to_have_count(4)
    first = block.get_by_role("progressbar", name="Being sent: IMG_1.jpg")
    page.wait_for_function("(bar) => bar.value > 5 && bar.value < 95", arg=first.element_handle(), timeout=20_000)
    # One that is on its way, one that waits for its turn.
    block.get_by_role("button", name="Stop sending: IMG_1.jpg").click()
    expect(block.get_by_role("button", name="Stop sending: IMG_2.jpg")).to_be_focused()
    block.get_by_role("button", name="Stop sending: IMG_3.jpg").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    for name in ("IMG_2.jpg", "IMG_4.jpg"):
        expect(block.get_by_role("link", name=name, exact=True)).to_be_visible(timeout=30_000)
    expect(block.locator(".uploads li")).to_have_count(0, timeout=20_000)
    # A page that is closed on the way leaves nothing behind either.
    line.send("Network.emulateNetworkConditions", slow)
    block.locator("input[type=file]").set_input_files([{**photos[0], "name": "IMG_5.jpg"}])
    going = block.get_by_role("progressbar", name="Being sent: IMG_5.jpg")
    page.wait_for_function("(bar) => bar.value > 5", arg=going.element_handle(), timeout=20_000)
    page.goto("about:blank")
    page.wait_for_timeout(1500)
    assert sorted(Document.objects.values_list("name", flat=True)) == ["IMG_2.jpg", "IMG_4.jpg"]
    assert len([one for one in (tmp_path / "files").rglob("*") if one.is_file()]) == StoredFile.objects.count() == 2
    assert complaints == []
