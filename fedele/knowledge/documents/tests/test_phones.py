"""What phones and scanners make: told by its content, TIFF is drawn, HEIC and films are only kept and handed out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from fedele.knowledge.documents.tests.making import jpeg, newest, send
from fedele.knowledge.files.accepting import ACCEPTED
from fedele.knowledge.files.tests.test_places import box, film

HEIC = box(b"ftyp", b"heic", bytes(4), b"mif1heic") + box(b"mdat", b"pictures" * 9)


def tiff() -> bytes:
    image = Image.new("RGB", (20, 10), "blue")
    file = io.BytesIO()
    image.save(file, "TIFF", compression="tiff_lzw", save_all=True, append_images=[image])
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind", "leaves_as", "shown"),
    [
        ("foto.HEIC", HEIC, "image", "image/heic", False),
        ("foto.heif", box(b"ftyp", b"mif1", bytes(4), b"heic"), "image", "image/heic", False),
        ("scansione.tif", tiff(), "image", "image/tiff", True),
        ("prova.mp4", film(b"mp42"), "video", "video/mp4", False),
        ("IMG_1.MOV", film(b"qt  "), "video", "video/quicktime", False),
    ],
)
def test_they_are_taken_and_leave_as_a_download(
    company: Any, as_: Any, name: str, content: bytes, kind: str, leaves_as: str, shown: bool
) -> None:
    browser = as_("giulia")
    assert send(browser, company, name, content).status_code == 200
    made = newest()
    assert (made.kind, made.current.is_shown, made.current.reading) == (kind, shown, "not")
    answer = browser.get(f"/documents/{made.pk}/versions/1/")
    assert [answer.headers[one] for one in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")] == [
        leaves_as, f'attachment; filename="{name}"', "nosniff",
    ]  # fmt: skip
    assert b"".join(answer.streaming_content) == content
    page = browser.get(f"/documents/{made.pk}/?panels=1").content.decode()
    assert ("/look/" in page, "/pages/1/" in page) == (shown, shown)
    picture = browser.get(f"/documents/{made.pk}/versions/1/pages/1/?width=320")
    assert (picture.status_code, picture.headers["Content-Type"]) == (
        (200, "image/jpeg") if shown else (404, "text/html; charset=utf-8")
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.heic", jpeg()), ("foto.jpg", HEIC), ("scansione.tiff", b"II+\x00" + bytes(40)), ("prova.mp4", HEIC),
        ("prova.mov", film(b"mp42")), ("prova.mp4", b"<html>" + film(b"mp42")), ("foto.heic", box(b"ftyp", b"avif", bytes(8))),
    ],
)  # fmt: skip
def test_a_name_alone_is_not_believed(company: Any, as_: Any, name: str, content: bytes) -> None:
    answer = send(as_("giulia"), company, name, content)
    assert (answer.status_code, "This file is not what its name says" in answer.content.decode()) == (422, True)


def test_an_iphone_is_not_asked_for_photos_few_browsers_draw(company: Any, as_: Any) -> None:
    """It hands over HEIC itself only where that is named, and a JPEG otherwise."""
    offered = ACCEPTED.split(",")
    assert [one in offered for one in (".heic", ".heif", ".jpg", ".tif", ".mp4", ".mov")] == [
        False, False, True, True, True, True,
    ]  # fmt: skip
