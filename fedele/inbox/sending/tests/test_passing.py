"""A letter passed on takes the pictures in its text along, drawn anew; what it only points to is not fetched."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import Direction, State
from fedele.inbox.messages.models import Attachment, Message, Thread
from fedele.inbox.pictures.models import Picture
from fedele.inbox.pictures.tests.test_pictures import drawing
from fedele.inbox.sending import passing
from fedele.inbox.sending.tests.test_leaving import letters
from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.files.tests.test_places import photo, taken
from fedele.people.contacts.models import Contact


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def came(elena: Contact, sales: Mailbox) -> Message:
    thread = Thread.objects.create(subject="Press", mailbox=sales, contact=elena, count=1)
    return Message.objects.create(
        thread=thread, mailbox=sales, state=State.FILED, contact=elena, sender="elena@rinaldi.example", subject="Press",
        text="It broke here:\n[cid:one@rinaldi.example]\n[Other words] & more", recipients={"to": [["", "sales@aurora.example"]]},
        html='<p>It broke here:</p><img src="cid:one@rinaldi.example"><img src="https://count.example/p.gif">',
    )  # fmt: skip


def carry(message: Message, content: bytes, name: str, cid: str = "", kind: str = "image/jpeg") -> Attachment:
    stored = StoredFile.keep(content)
    return Attachment.objects.create(message=message, file=stored, name=name, kind=kind, cid=cid, is_inline=bool(cid))


def opened(client: Any, message: Message) -> tuple[str, list[str]]:
    """(what stands in the editor, names of the files)"""
    page = client.get(f"/mail/write/?forward={message.pk}").content.decode()
    typed = page.split('name="text-html"')[1].split(">", 1)[1].split("</textarea>")[0]
    return unescape(typed), re.findall(r'name="kept"[^>]*>.*?</svg>(.*?) <small>', page)


def pass_on(client: Any, sales: Mailbox, message: Message) -> Any:
    page = client.get(f"/mail/write/?forward={message.pk}").content.decode()
    typed = {
        "mailbox": sales.pk,
        "to": "paolo@stampi.example",
        "subject": "Fwd: Press",
        "text-html": opened(client, message)[0],
    }
    kept = re.findall(r'name="kept" value="([^"]+)"', page)
    return client.post(f"/mail/write/?forward={message.pk}", {**typed, "kept": kept})


def test_its_pictures_leave_where_they_stood_and_below(
    client: Any, giulia: Any, came: Message, sales: Mailbox, server: Any
) -> None:
    carry(came, photo("JPEG", taken()), "broken.jpg", "one@rinaldi.example")
    carry(came, drawing("PNG", (900, 200)), "logo.png", "two@rinaldi.example")
    carry(came, drawing("PNG", (1, 1)), "spacer.png", "three@rinaldi.example")
    carry(came, b"%PDF-1.4 drawing", "Pezzo.pdf", kind="application/pdf")
    client.force_login(giulia)
    assert pass_on(client, sales, came).status_code == 302
    (letter,) = letters(server)
    sent = Message.objects.get(direction=Direction.OUT)
    inside = {one.name: one for one in sent.attachments.filter(is_inline=True)}
    assert sorted(inside) == ["broken.jpg", "logo.png"]
    html = letter.get_body(("html",)).get_content()
    assert (
        html.index("It broke here:")
        < html.index(f"cid:{inside['broken.jpg'].cid}")
        < html.index("[Other words] &amp; more")
    )
    assert html.index("[Other words] &amp; more") < html.index(f"cid:{inside['logo.png'].cid}")
    assert ("count.example" in letter.as_string(), [one.get_filename() for one in letter.iter_attachments()]) == (
        False,
        ["Pezzo.pdf"],
    )
    assert sent.text.endswith("It broke here:\n[broken.jpg]\n[Other words] & more\n[logo.png]")
    # Nothing the camera wrote leaves: it is drawn anew.
    assert inside["broken.jpg"].file_id != Attachment.objects.get(message=came, name="broken.jpg").file_id


def test_what_is_no_picture_inside_or_too_much_goes_along_as_a_file(
    client: Any, giulia: Any, came: Message, monkeypatch: Any
) -> None:
    monkeypatch.setattr(passing, "MOST_PICTURES", 2)
    carry(came, drawing()[:400], "halved.png", "one@rinaldi.example")
    for number in (2, 3):
        carry(came, drawing(size=(400 + number, 300)), f"{number}.png", f"{number}@rinaldi.example")
    carry(came, b"<svg></svg>", "drawn.svg", "svg@rinaldi.example")
    client.force_login(giulia)
    typed, files = opened(client, came)
    assert [one.name for one in Picture.objects.all()] == ["2.png"]
    assert (Picture.objects.get().address in typed, "[cid:one@rinaldi.example]" in typed) == (True, True)
    assert files == ["halved.png", "3.png", "drawn.svg"]


def test_of_a_letter_one_may_not_see_nothing_is_brought(client: Any, eva: Any, came: Message) -> None:
    carry(came, drawing(), "logo.png", "one@rinaldi.example")
    client.force_login(eva)
    answer = client.get(f"/mail/write/?forward={came.pk}")
    assert (answer.status_code in (403, 404), Picture.objects.count()) == (True, 0)
