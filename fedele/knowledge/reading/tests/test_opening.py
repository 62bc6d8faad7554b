"""What is opened only ever in the child: words and pages of honest files, and a line about hostile ones (A-13, A-56, A-57, A-59)."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from typing import Any

import pytest
from PIL import Image

from fedele.knowledge.documents.tests.making import docx, jpeg, newest, office, pdf, send
from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.reading import child
from fedele.knowledge.reading.opening import Unopened, page_in, picture_in, texts_in

ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]><p>&j;</p>"
)


def words(content: bytes, ending: str) -> list[str]:
    return texts_in(StoredFile.keep(content), ending)[0]


@pytest.mark.parametrize(
    ("content", "ending", "said"),
    [
        (pdf("Guarnizione", "Seconda pagina"), "pdf", ["Guarnizione", "Seconda pagina"]), (pdf(""), "pdf", [""]),
        (docx("Pressione &amp; temperatura"), "docx", ["Pressione & temperatura"]),
        (office(xl__sharedStrings="<sst><si><t>Bullone</t></si><si><t>M8</t></si></sst>"), "xlsx", ["Bullone\nM8"]),
        (office(ppt__slides__slide1="<s><p><t>Titolo</t></p></s>"), "pptx", ["Titolo"]),
        (office(content="<c><h>Capo</h><p>uno <span>due</span> tre</p></c>"), "odt", ["Capo\nuno due tre"]),
        ("città;è".encode("cp1252"), "csv", ["città;è"]),
        (b"Subject: Ordine\r\nFrom: a@b.example\r\n\r\nTesto della mail", "eml", ["Ordine\na@b.example\n\nTesto della mail"]),
    ],
)  # fmt: skip
def test_words_are_taken_out_of(db: Any, content: bytes, ending: str, said: list[str]) -> None:
    found = words(content, ending)
    assert ["\n".join(line.strip() for line in part.split("\n")) for part in found] == said


def zip_bomb(size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _piece in range(size >> 20):
            part.write(b"<w:p>" + b"0" * ((1 << 20) - 5))
    return file.getvalue()


def picture_bomb(side: int) -> bytes:
    """A PNG that says it is `side` by `side`, with nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (zip_bomb(80 << 20), "docx"), (zip_bomb(320 << 20), "docx"), (office(word__document=ENTITIES), "docx"),
        (office(word__document='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p><t>&a;</t></p>'), "docx"),
        (office(**{f"p{n}": "" for n in range(6000)}), "docx"), (b"PK\x03\x04 broken", "docx"), (b"%PDF-1.4 broken", "pdf"),
    ],
    ids=["big part", "big whole", "laughs", "outside", "parts", "broken zip", "broken pdf"],
)  # fmt: skip
def test_hostile_and_broken_files_cost_a_line(db: Any, content: bytes, ending: str) -> None:
    started = time.monotonic()
    with pytest.raises(Unopened):
        words(content, ending)
    assert time.monotonic() - started < 30


def test_what_takes_too_long_is_ended(db: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("fedele.knowledge.reading.opening.SECONDS", 0.01)
    with pytest.raises(Unopened):
        words(pdf("slow"), "pdf")


@pytest.mark.parametrize("side", [30_000, 60_000])
def test_a_picture_too_big_is_refused_by_its_own_word(db: Any, side: int) -> None:
    with pytest.raises(Unopened) as refused:
        picture_in(StoredFile.keep(picture_bomb(side)), 800)
    assert refused.value.args[0] in (child.TOO_BIG, child.UNREADABLE)


def test_a_page_is_as_wide_as_asked_and_no_bigger_than_allowed(db: Any) -> None:
    stored = StoredFile.keep(pdf("One", "Two"))
    with Image.open(io.BytesIO(page_in(stored, 1, 800))) as page:
        assert (page.format, page.width in (800, 801)) == ("PNG", True)
    with Image.open(io.BytesIO(page_in(stored, 0, 100_000))) as page:
        assert page.width * page.height <= child.MOST_DRAWN * 1.01
    with pytest.raises(Unopened):
        page_in(stored, 2, 800)


def test_a_photo_stands_upright_and_says_nothing_else(db: Any) -> None:
    with Image.open(io.BytesIO(picture_in(StoredFile.keep(jpeg(place=True, turned=True)), 320))) as photo:
        assert (photo.size, dict(photo.getexif())) == ((10, 20), {})
        assert photo.getpixel((5, 2))[0] > 150


def test_only_pictures_of_ours_reach_the_page(company: Any, as_: Any) -> None:
    """A-13: a PDF is shown as PNG, whatever runs in it; what has no picture of ours has no address."""
    browser = as_("giulia")
    send(browser, company, "a.pdf", pdf("Uno"))
    made = newest()
    answer = browser.get(f"/documents/{made.pk}/versions/1/pages/1/?width=800")
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        200,
        "image/png",
        "nosniff",
    )
    again = browser.get(
        f"/documents/{made.pk}/versions/1/pages/1/?width=800", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    for rest in ("pages/1/?width=801", "pages/0/"):
        assert browser.get(f"/documents/{made.pk}/versions/1/{rest}").status_code == 404
    assert browser.get(f"/documents/{made.pk}/versions/1/pages/7/").status_code == 422
    send(browser, company, "a.txt", b"<b>bold</b>")
    assert browser.get(f"/documents/{newest().pk}/versions/1/pages/1/").status_code == 404
    page = browser.get(f"/documents/{newest().pk}/versions/1/look/").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_a_scan_without_text_says_so(company: Any, as_: Any) -> None:
    send(as_("giulia"), company, "scan.pdf", pdf(""))
    assert newest().current.reading == "empty"
    assert (
        "a picture of pages without text"
        in as_("giulia").get(f"/documents/{newest().pk}/?panels=1").content.decode().lower()
    )
