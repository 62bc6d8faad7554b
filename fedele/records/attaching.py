"""Files people attach: what they may be, under which name they are kept, and how they are handed out again.

A file is known by what it begins with, not by what it is called; only kinds that no browser runs are taken. It is kept
outside of what any web server serves, under a name of ours, and leaves only as a download.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

#: Largest file, in bytes.
MOST_BYTES = 10 << 20
#: Longest name kept, in characters.
LONGEST_NAME = 120
SNIFFED = 4096

#: Ending → what the file says it is when it leaves.
KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "eml": "message/rfc822",
}
#: A file inside of an office document that says of which program it is.
INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml", "ods": "content.xml"}
ACCEPTED = ",".join(f".{ending}" for ending in KINDS)


class UnfitFile(ValueError):
    """A file that is not taken; the message is for the user."""

    @property
    def message(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Fit:
    """A file that may be kept: its name for readers, and what it is."""

    name: str
    kind: str


def fit(file: Any) -> Fit:
    """What an uploaded file is. Raises `UnfitFile` for one that is too big, empty, or not what its name says."""
    if file.size > MOST_BYTES:
        raise UnfitFile(_("The file is bigger than %(limit)s MB.") % {"limit": MOST_BYTES >> 20})
    if not file.size:
        raise UnfitFile(_("The file is empty."))
    name = readable(str(file.name))
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in KINDS:
        raise UnfitFile(_("Files of this kind are not taken. These are: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    if not _is(ending, file):
        raise UnfitFile(_("This file is not what its name says: .%(ending)s") % {"ending": ending})
    return Fit(name, KINDS[ending])


def readable(name: str) -> str:
    """A name to show: its last part, composed, without signs that cannot be seen or that turn the writing round."""
    plain = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    seen = "".join(one for one in plain if unicodedata.category(one)[0] != "C")
    tidy = re.sub(r"\s+", " ", seen).strip(" .")
    stem, dot, ending = tidy.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if stem else tidy[:LONGEST_NAME]


def _is(ending: str, file: Any) -> bool:
    file.seek(0)
    start = file.read(SNIFFED)
    file.seek(0)
    match ending:
        case "pdf":
            return bool(start.startswith(b"%PDF-"))
        case "png":
            return bool(start.startswith(b"\x89PNG\r\n\x1a\n"))
        case "jpg" | "jpeg":
            return bool(start.startswith(b"\xff\xd8\xff"))
        case "webp":
            return bool(start[:4] == b"RIFF" and start[8:12] == b"WEBP")
        case "docx" | "xlsx" | "odt" | "ods":
            return _is_office(ending, file)
    return b"\x00" not in start and not start.startswith((b"MZ", b"\x7fELF", b"GIF8"))


def _is_office(ending: str, file: Any) -> bool:
    """An archive with the part that such a document has, and without programs; only its list of contents is read."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            told = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError):
        return False
    finally:
        file.seek(0)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return False
    return INSIDE[ending] in names and (ending in ("docx", "xlsx") or told == KINDS[ending])


def handed_out(file: Any, name: str, kind: str) -> FileResponse:
    """A download: never shown in the page, whatever is in it."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
