"""The program that opens files: `python child.py text|page|picture|drawing FILE …`. Imports nothing of the product.

It limits itself before it touches the file, and answers on standard output: JSON for text, a PNG or JPEG for a page or picture.
What it refuses it says by its exit code.
"""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

MEMORY, SECONDS, WRITTEN = 1 << 30, 20, 64 << 20
#: Text taken out of one file, in characters; pages of a PDF that are read.
MOST_TEXT, MOST_PAGES = 400_000, 400
#: An office file unpacked, and each of its parts; pixels of a picture, and of a page drawn here.
MOST_UNPACKED, MOST_PART, MOST_PARTS = 300 << 20, 60 << 20, 5_000
MOST_PIXELS, MOST_DRAWN = 60_000_000, 6_000_000
LOCKED, TOO_BIG, UNREADABLE = 3, 4, 5


class Refused(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# --- text -----------------------------------------------------------------------------------------------------------


def text_of(path: str, kind: str) -> dict[str, Any]:
    """{"parts": [text of a page or sheet, …], "pages": how many}"""
    parts, pages = _TEXTS[kind](path)
    kept, room = [], MOST_TEXT
    for part in parts:
        said = re.sub(r"[ \t\r\f\v\x00]+", " ", part).strip()[:room]
        kept.append(said)
        room -= len(said)
        if room <= 0:
            break
    return {"parts": kept, "pages": pages}


def _pdf(path: str) -> tuple[Iterator[str], int]:
    document = open_pdf(path)

    def pages() -> Iterator[str]:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            words = page.get_textpage()
            yield words.get_text_bounded()
            words.close()
            page.close()

    return pages(), len(document)


def open_pdf(path: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused(LOCKED if "assword" in str(error) else UNREADABLE) from None


def _plain(path: str) -> tuple[list[str], int]:
    with Path(path).open("rb") as file:
        content = file.read(MOST_TEXT * 2)
    try:
        return [content.decode("utf-8-sig")], 1
    except UnicodeDecodeError:
        return [content.decode("cp1252", "replace")], 1


def _mail(path: str) -> tuple[list[str], int]:
    with Path(path).open("rb") as file:
        message = email.message_from_bytes(file.read(20 << 20), policy=email.policy.default)
    body = message.get_body(preferencelist=("plain",))
    heads = [str(message.get(name, "")) for name in ("Subject", "From", "To")]
    return ["\n".join([*heads, str(body.get_content()) if body else ""])], 1


#: In which parts of an office file its words stand, and in which elements: a break after those of the second kind.
_WORD = (r"word/(document|footnotes|header\d*|footer\d*)\.xml", {"t"}, {"p"})
_SHEET = (r"xl/(sharedStrings|worksheets/sheet\d+)\.xml", {"t"}, {"si", "is"})
_SLIDE = (r"ppt/slides/slide\d+\.xml", {"t"}, {"p"})
#: Of OpenDocument all that stands in a paragraph.
_OPEN = (r"content\.xml", set[str](), {"p", "h"})


def _office(pattern: str, texts: set[str], breaks: set[str]) -> Any:
    def read(path: str) -> tuple[Iterator[str], int]:
        archive = zipfile.ZipFile(path)
        wanted = [one for one in _checked(archive) if re.fullmatch(pattern, one.filename)]
        return (_words(archive, one, texts, breaks) for one in wanted), len(wanted)

    return read


def _checked(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
        raise Refused(TOO_BIG)
    if any(one.flag_bits & 1 for one in parts):
        raise Refused(LOCKED)
    return parts


def _words(archive: zipfile.ZipFile, part: zipfile.ZipInfo, texts: set[str], breaks: set[str]) -> str:
    """By real size, too: what a part says of its own size may be a lie."""
    with archive.open(part) as file:
        content = file.read(MOST_PART + 1)
    if len(content) > MOST_PART:
        raise Refused(TOO_BIG)
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
        raise Refused(UNREADABLE)
    said: list[str] = []
    for _event, element in ET.iterparse(io.BytesIO(content)):  # noqa: S314 (no entities: looked for above; in a child)
        name = element.tag.rpartition("}")[2]
        if name in texts:
            said.append(element.text or "")
        if name in breaks:
            said.append("\n" if texts else "".join(element.itertext()) + "\n")
            element.clear()
    return "".join(said)


_TEXTS = {
    "pdf": _pdf, "txt": _plain, "csv": _plain, "eml": _mail, "docx": _office(*_WORD), "xlsx": _office(*_SHEET),
    "pptx": _office(*_SLIDE), "odt": _office(*_OPEN), "ods": _office(*_OPEN), "odp": _office(*_OPEN),
}  # fmt: skip


# --- pictures -------------------------------------------------------------------------------------------------------


def page_of(path: str, number: int, width: int) -> bytes:
    """A page of a PDF as PNG, `width` pixels wide."""
    document = open_pdf(path)
    if not 0 <= number < len(document):
        raise Refused(UNREADABLE)
    page = document[number]
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        raise Refused(UNREADABLE)
    scale = min(width / across, (MOST_DRAWN / (across * down)) ** 0.5)
    drawn = page.render(scale=scale, may_draw_forms=False).to_pil()
    return _saved(drawn, "PNG")


def picture_of(path: str, width: int, *, sharp: bool = False) -> bytes:
    """A picture drawn anew, upright, without anything the file said besides: place, camera, comments, programs.

    `sharp`: what was drawn and not photographed stays without the blur of a JPEG.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(path, formats=("PNG", "JPEG", "WEBP", "TIFF", "GIF")) as source:
        if source.width * source.height > MOST_PIXELS:
            raise Refused(TOO_BIG)
        source.draft("RGB", (width * 2, width * 2))
        upright = ImageOps.exif_transpose(source)
        upright.thumbnail((width, width * 4))
        clear = upright.mode in ("RGBA", "LA", "P", "PA") or (sharp and source.format in ("PNG", "GIF"))
        drawn = upright.convert("RGBA" if clear else "RGB")
        drawn.info.clear()
        return _saved(drawn, "PNG" if clear else "JPEG")


def _saved(image: Any, kind: str) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **({"quality": 82} if kind == "JPEG" else {"compress_level": 4}))
    return file.getvalue()


def main(act: str, path: str, *given: str) -> int:
    limit()
    try:
        if act == "text":
            answer = json.dumps(text_of(path, given[0])).encode()
        elif act == "page":
            answer = page_of(path, int(given[0]), int(given[1]))
        else:
            answer = picture_of(path, int(given[0]), sharp=act == "drawing")
    except Refused as refused:
        return refused.code
    except MemoryError:
        return TOO_BIG
    except Exception:  # noqa: BLE001 (whatever a broken file makes the libraries raise)
        return UNREADABLE
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
