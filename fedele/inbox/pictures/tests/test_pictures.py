"""Pictures in the text of letters and in signatures: brought, laid in, sent with the letter, and gone when nobody needs them."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.pictures.models import Picture
from fedele.inbox.pictures.sweeping import sweep
from fedele.inbox.sending.models import MailTemplate, Writer
from fedele.inbox.sending.tests.test_leaving import letters, write
from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.files.tests.test_places import photo, taken
from fedele.people.contacts.models import Contact
from fedele.ui.models import Draft


def drawing(form: str = "PNG", size: tuple[int, int] = (2400, 600), mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(file, form)
    return file.getvalue()


def bring(client: Any, content: bytes, name: str = "Il logo.png") -> Any:
    return client.post("/pictures/", {"file": SimpleUploadedFile(name, content)}, headers={"HX-Request": "true"})


@pytest.fixture
def browser(client: Any, giulia: Any) -> Any:
    client.force_login(giulia)
    return client


@pytest.fixture
def logo(browser: Any) -> str:
    """As the editor sends it: in its figure, with what it knows of it."""
    told = bring(browser, drawing()).json()
    figure = json.dumps({"contentType": "image/png", **told}).replace('"', "&quot;")
    return (
        f'<figure data-trix-attachment="{figure}" class="attachment attachment--preview"><img src="{told["url"]}" '
        f'width="{told["width"]}" height="{told["height"]}"><figcaption>Il logo.png 12 KB</figcaption></figure>'
    )


def stored(client: Any, html: str) -> str:
    """The editor's figure as it is kept."""
    return html[html.index("<img") : html.index("<figcaption")]


@pytest.mark.parametrize(
    ("form", "mode", "kept"),
    [("PNG", "RGBA", "PNG"), ("JPEG", "RGB", "JPEG"), ("WEBP", "RGB", "JPEG"), ("GIF", "P", "PNG")],
)
def test_it_is_drawn_anew_no_wider_than_needed(browser: Any, form: str, mode: str, kept: str) -> None:
    told = bring(browser, drawing(form, (2400, 600), mode)).json()
    made = Picture.objects.get()
    assert (told["width"], told["height"], told["alt"]) == (600, 150, made.name)
    assert told["url"] == f"/pictures/{made.token}/Il-logo.{'png' if kept == 'PNG' else 'jpg'}"
    answer = browser.get(told["url"])
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as image:
        assert (image.format, image.size) == (kept, (1200, 300))
    assert (answer.headers["Content-Disposition"], answer.headers["X-Content-Type-Options"]) == ("inline", "nosniff")
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(("size", "laid"), [((1200, 300), (240, 60)), ((300, 300), (90, 90)), ((100, 40), (100, 40))])
def test_in_a_signature_it_stands_as_a_logo(browser: Any, size: tuple[int, int], laid: tuple[int, int]) -> None:
    data = {"file": SimpleUploadedFile("logo.png", drawing(size=size)), "field": "signature-html"}
    told = browser.post("/pictures/", data).json()
    assert (told["width"], told["height"], Picture.objects.get().width) == (*laid, size[0])


def test_nothing_a_camera_wrote_is_kept(browser: Any) -> None:
    bring(browser, photo("JPEG", taken()), "foto.jpg")
    with Picture.objects.get().stored.file.open("rb") as file, Image.open(file) as image:
        assert (dict(image.getexif()), image.size) == ({}, (10, 20))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg onload=alert(1)>", "In a text only pictures can stand: JPEG, PNG, WebP or GIF."),
        (b"%PDF-1.4", "In a text only pictures can stand: JPEG, PNG, WebP or GIF."),
        (drawing()[:40], "This picture cannot be read."),
    ],
)
def test_what_is_none_is_refused_in_words(browser: Any, content: bytes, said: str) -> None:
    answer = bring(browser, content, "logo.png")
    assert (answer.status_code, json.loads(answer.headers["HX-Trigger"])["toast"]["message"]) == (422, said)
    assert (Picture.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_it_leaves_inside_the_letter_and_stands_in_its_thread(
    browser: Any, giulia: Any, luca: Any, elena: Contact, sales: Mailbox, server: Any, logo: str
) -> None:
    typed = {"text-html": f"<div>Dear Elena{logo}</div>", "signature-html": f"<div>Giulia<br>{logo}</div>"}
    write(browser, f"contact:{elena.pk}", mailbox=sales.pk, text="", **typed)
    (letter,), message, picture = letters(server), Message.objects.get(), Picture.objects.get()
    attached = Attachment.objects.get()
    assert (message.text, message.signature) == ("Dear Elena[Il-logo.png]", "Giulia\n[Il-logo.png]")
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
    ]  # fmt: skip
    html = letter.get_body(("html",)).get_content()
    assert html.count(f'<img src="cid:{attached.cid}" alt="Il-logo.png" width="600" height="150">') == 2
    assert "/pictures/" not in html and picture.token not in letter.as_string()
    inside = list(letter.walk())[-1]
    assert (inside["Content-ID"], inside.get_content_disposition()) == (f"<{attached.cid}>", "inline")
    with picture.stored.file.open("rb") as file:
        assert inside.get_content() == file.read()
    page = browser.get(f"/mail/{message.thread_id}/").content.decode()
    assert page.count(f'<img src="/mail/attachment/{attached.pk}/picture/" alt="Il-logo.png"') == 2
    # It is part of the text and no file of the letter.
    assert "mail-file" not in page
    assert browser.get(f"/mail/attachment/{attached.pk}/picture/").status_code == 200


def test_a_picture_of_elsewhere_or_made_up_does_not_get_in(
    browser: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    html = (
        '<div>x<img src="https://tracker.example/p.gif"><img src="/mail/attachment/1/picture/"><img src="data:image/png;base64,AA">'
        f'<img src="/pictures/{"a" * 32}/logo.png" onerror="x()"></div>'
    )
    write(browser, f"contact:{elena.pk}", mailbox=sales.pk, text="", **{"text-html": html})
    assert (Message.objects.get().html, Attachment.objects.count()) == ("<div>x</div>", 0)


def test_a_letter_taken_back_has_its_pictures_again(
    browser: Any, elena: Contact, sales: Mailbox, server: Any, logo: str
) -> None:
    write(browser, f"contact:{elena.pk}", mailbox=sales.pk, text="", **{"text-html": f"<div>See {logo}</div>"})
    message = Message.objects.get()
    Message.objects.update(state="draft")
    typed = browser.get(f"/mail/write/?draft={message.pk}").content.decode()
    kept = typed.split('name="text-html"')[1].split("</textarea>")[0]
    assert f"{Picture.objects.get().address}&#34;" in kept
    answer = browser.post(
        f"/mail/write/?draft={message.pk}",
        {"mailbox": sales.pk, "to": "elena@rinaldi.example", "subject": "x", "text-html": f"<div>See {logo}</div>"},
    )
    assert (answer.status_code, Attachment.objects.get().is_inline) == (302, True)
    assert "cid:" in Message.objects.get().html


def test_signatures_and_templates_keep_theirs_for_whoever_writes_with_them(
    browser: Any, giulia: Any, luca: Any, elena: Contact, sales: Mailbox, server: Any, logo: str
) -> None:
    browser.post("/profile/letters/", {"mailbox": sales.pk, "signature-html": f"<div>{logo}</div>"})
    assert Writer.objects.get().signature == "[Il-logo.png]"
    html = f"<div>Hello{stored(browser, logo)}</div>"
    template = MailTemplate.objects.create(name="Hello", body="Hello[Il-logo.png]", body_html=html)
    page = browser.get(f"/mail-templates/{template.pk}/").content.decode()
    assert f'<img src="{Picture.objects.get().address}" alt="Il-logo.png"' in page
    sales.signature, sales.signature_html = "[Il-logo.png]", f"<div>{stored(browser, logo)}</div>"
    sales.save()
    browser.force_login(luca)
    form = browser.get(f"/mail/write/?on=contact:{elena.pk}").content.decode()
    assert Picture.objects.get().address in form
    assert browser.get(Picture.objects.get().address).status_code == 200


def test_who_reads_no_mail_sees_none_and_brings_none(client: Any, eva: Any, logo: str) -> None:
    address = Picture.objects.get().address
    assert Client().get(address).status_code == 302
    client.force_login(eva)
    assert (client.get(address).status_code, bring(client, drawing()).status_code) == (404, 403)
    assert client.get(f"/pictures/{'a' * 32}/logo.png").status_code == 404


def test_all_of_a_letter_together_is_bounded(
    browser: Any, elena: Contact, sales: Mailbox, server: Any, logo: str
) -> None:
    StoredFile.objects.update(size=21 << 20)
    answer = write(browser, f"contact:{elena.pk}", mailbox=sales.pk, text="", **{"text-html": f"<div>{logo}</div>"})
    assert answer.status_code == 422
    assert "All files together are bigger than 20 MB." in answer.content.decode()


def test_what_no_text_names_goes_after_a_month(browser: Any, giulia: Any, sales: Mailbox) -> None:
    kinds = ("typed away", "mailbox", "writer", "template", "draft", "fresh")
    address = {kind: bring(browser, drawing(), f"{kind}.png").json()["url"] for kind in kinds}
    img = {kind: f'<div><img src="{one}"></div>' for kind, one in address.items()}
    Mailbox.objects.update(signature_html=img["mailbox"])
    Writer.objects.create(user=giulia, signature_html=img["writer"])
    made = MailTemplate.objects.create(name="a", body="[template.png]", body_html=img["template"])
    made.trash()
    Draft.objects.create(user=giulia, key="mail:on=company:1", text={"text-html": img["draft"]})
    assert sweep.func() == 0
    old = timezone.now() - dt.timedelta(days=31)
    Picture.objects.exclude(name="fresh.png").update(made_at=old)
    assert sweep.func() == 1
    assert sorted(Picture.objects.values_list("name", flat=True)) == [
        "draft.png", "fresh.png", "mailbox.png", "template.png", "writer.png",
    ]  # fmt: skip
