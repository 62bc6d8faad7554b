"""A letter written in a real browser: formatted by keys, kept while it is typed, and clean whatever is pasted."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.pictures.models import Picture
from fedele.inbox.sending.models import Writer
from fedele.people.companies.models import Company
from tests.browser.axe import violations
from tests.browser.editor import editor_of

WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><!--StartFragment--><p class=MsoNormal style='margin:0'>"
    "<b><span lang=IT style='color:red'>Offerta</span></b> allegata<o:p></o:p></p><table><tr><td style='width:48pt'>Fresa</td>"
    "<td>120</td></tr></table><img src='https://tracker.example/p.png'><!--EndFragment--></body></html>"
)
PASTE = """(editor, html) => {
  const dataTransfer = new DataTransfer(); dataTransfer.setData("text/html", html);
  editor.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromPaste", dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def rinaldi(people: Any) -> Company:
    Mailbox.objects.create(name="Vendite", address="vendite@aurora.example", signature="Giulia Bassi")
    return Company.objects.create(name="Rinaldi", email="info@rinaldi.example", owner=people["giulia"])


def begun(page: Page, url: str) -> Any:
    """A letter with its subject; answers where its text is typed."""
    page.goto(url)
    editor = editor_of(page, "Testo")
    page.get_by_label("Oggetto").fill("Offerta")
    return editor


def sent(page: Page) -> Message:
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("L’e-mail è in partenza.")).to_be_visible()
    return Message.objects.get()


def test_a_letter_is_formatted_by_keys_alone(
    come_in: Callable[..., Page], rinaldi: Company, live_server: Any, complaints: list[str]
) -> None:
    page = come_in("giulia")
    editor = begun(page, f"{live_server.url}/mail/write/?on=company:{rinaldi.pk}")
    bold, bullets = (page.get_by_role("button", name=name, exact=True).first for name in ("Grassetto", "Elenco"))
    assert violations(page) == []
    page.keyboard.press("Tab")
    expect(bold).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Gentile ")
    expect(editor).to_contain_text("Gentile")
    page.wait_for_timeout(100)
    page.keyboard.press("Control+b")
    expect(bold).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("Elena")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    page.keyboard.press("Shift+Tab")
    expect(bold).to_be_focused()
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(bullets).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("fresa")
    assert violations(page) == []
    message = sent(page)
    assert message.html == ("<div>Gentile <strong>Elena</strong></div><ul><li>fresa</li></ul>")
    assert (message.text, message.signature, complaints) == ("Gentile Elena\n- fresa", "Giulia Bassi", [])


def test_a_link_is_set_by_keys_and_one_goes_on_writing_behind_it(
    come_in: Callable[..., Page], rinaldi: Company, live_server: Any
) -> None:
    page = come_in("giulia")
    editor = begun(page, f"{live_server.url}/mail/write/?on=company:{rinaldi.pk}")
    editor.click()
    page.keyboard.type("Ecco: ")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Indirizzo del collegamento").first).to_be_focused()
    page.keyboard.type("www.aurora.example")
    page.keyboard.press("Enter")
    expect(editor.locator("a")).to_have_text("https://www.aurora.example")
    page.wait_for_timeout(200)
    page.keyboard.type(" ciao")
    message = sent(page)
    assert message.html.endswith('<a href="https://www.aurora.example">https://www.aurora.example</a> ciao</div>')
    assert message.text == "Ecco: https://www.aurora.example ciao"


def test_a_formatted_draft_comes_back_on_the_customers_page(
    come_in: Callable[..., Page], rinaldi: Company, live_server: Any, complaints: list[str]
) -> None:
    page = come_in("giulia", language="en", width=390, scheme="dark")
    page.goto(f"{live_server.url}/companies/{rinaldi.pk}/#story")
    page.get_by_role("button", name="E-mail", exact=True).first.click()
    editor = editor_of(page, "Text")
    assert violations(page) == []
    editor.click()
    page.keyboard.press("Control+i")
    page.keyboard.type("soon")
    expect(page.locator("#composer-email [data-draft-line]")).to_contain_text("saved")
    page.reload()
    page.get_by_role("button", name="E-mail", exact=True).first.click()
    expect(editor.locator("em")).to_have_text("soon")
    # Escape in the toolbar goes back to the text, not out of the letter.
    page.get_by_role("button", name="Link").first.click()
    page.keyboard.press("Escape")
    expect(editor).to_be_focused()
    assert complaints == []


def test_what_is_pasted_is_clean_and_calls_nobody(
    come_in: Callable[..., Page], rinaldi: Company, live_server: Any
) -> None:
    page, asked = come_in("giulia"), []
    page.on("request", lambda request: asked.append(request.url))
    editor = begun(page, f"{live_server.url}/mail/write/?on=company:{rinaldi.pk}")
    editor.click()
    editor.evaluate(PASTE, WORD)
    expect(editor).to_contain_text("Fresa")
    message = sent(page)
    assert "<strong>Offerta</strong> allegata" in message.html
    assert not {"<img", "<table", "style", "<span", "<o:p"} & {
        one for one in ("<img", "<table", "style", "<span", "<o:p") if one in message.html
    }
    assert [one for one in asked if "tracker" in one] == []


DROP = """(editor, base64) => {
  const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], "Pezzo rotto.png", { type: "image/png" }));
  editor.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromPaste", dataTransfer, bubbles: true, cancelable: true }));
}"""


def png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


def test_the_logo_of_the_signature_and_a_pasted_picture_leave_with_the_letter(
    come_in: Callable[..., Page], rinaldi: Company, live_server: Any, complaints: list[str], tmp_path: Any
) -> None:
    Mailbox.objects.update(signature="")
    logo = tmp_path / "logo.png"
    logo.write_bytes(png(300, 90))
    page = come_in("giulia")
    page.goto(f"{live_server.url}/profile/letters/")
    signature = editor_of(page, "Firma")
    signature.click()
    page.keyboard.type("Giulia Bassi")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Immagine", exact=True).click()
    chosen.value.set_files(str(logo))
    expect(signature.locator("img[src^='/pictures/']")).to_have_attribute("alt", "logo.png")
    expect(signature.locator("img")).to_have_attribute("width", "240")
    assert violations(page) == []
    page.get_by_role("button", name="Salva", exact=True).click()
    expect(page.get_by_text("Salvato.")).to_be_visible()
    assert Writer.objects.get().signature == "Giulia Bassi[logo.png]"
    editor = begun(page, f"{live_server.url}/mail/write/?on=company:{rinaldi.pk}")
    editor.click()
    page.keyboard.type("Ecco il pezzo: ")
    editor.evaluate(DROP, base64.b64encode(png(2000, 1000)).decode())
    # Sent before it has arrived: the form waits for it.
    message = sent(page)
    assert (message.text, message.signature) == ("Ecco il pezzo: [Pezzo-rotto.png]", "Giulia Bassi[logo.png]")
    assert sorted(Attachment.objects.values_list("name", "is_inline")) == [
        ("Pezzo-rotto.png", True),
        ("logo.png", True),
    ]
    page.goto(f"{live_server.url}/mail/{message.thread_id}/")
    pictures = page.locator(".mail-text img")
    expect(pictures).to_have_count(2)
    assert pictures.evaluate_all("all => all.map((one) => [one.complete, one.naturalWidth])") == [
        [True, 1200],
        [True, 300],
    ]
    assert violations(page) == []
    assert (Picture.objects.count(), complaints) == (2, [])


def test_a_picture_that_is_none_is_taken_out_again_and_others_join_the_files(
    come_in: Callable[..., Page], rinaldi: Company, live_server: Any, tmp_path: Any
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(png(20, 20)[:30])
    page = come_in("giulia", language="en", width=390, scheme="dark")
    page.goto(f"{live_server.url}/mail/write/?on=company:{rinaldi.pk}")
    editor = editor_of(page, "Text")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Picture", exact=True).first.click()
    chosen.value.set_files(str(broken))
    expect(page.get_by_text("This picture cannot be read.")).to_be_visible()
    expect(editor.locator("figure")).to_have_count(0)
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Picture", exact=True).first.click()
    broken.write_bytes(png(600, 200))
    chosen.value.set_files(str(broken))
    expect(editor.locator("img[src^='/pictures/']")).to_be_visible()
    assert violations(page) == []
    # Kept as a draft, it is there when one comes back.
    expect(page.locator("[data-draft-line]").first).to_contain_text("saved")
    page.reload()
    expect(editor.locator("img[src^='/pictures/']")).to_have_attribute("alt", "broken.png")
