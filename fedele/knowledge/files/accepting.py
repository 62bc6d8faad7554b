"""What people may upload: known kinds that no browser runs, as big as the house allows, under a name fit to be read.

What comes by mail is kept whatever it is, and only ever leaves as a download.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from fedele.knowledge.files.kinds import (
    DRAWING,
    HEIC,
    JPEG,
    MOV,
    MP4,
    PDF,
    PNG,
    SIGNED,
    TEXT,
    TIFF,
    WEBP,
    kind_of,
)

#: Longest name kept, in characters.
LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

#: Ending → what its content must be.
CONTENTS = {
    "pdf": PDF, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "webp": WEBP, "tif": TIFF, "tiff": TIFF,
    "heic": HEIC, "heif": HEIC, "mp4": MP4, "mov": MOV, "dwg": DRAWING, "p7m": SIGNED,
    "docx": f"{_OFFICE}wordprocessingml.document", "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "odt": f"{_OPEN}text", "ods": f"{_OPEN}spreadsheet", "odp": f"{_OPEN}presentation",
    "txt": TEXT, "csv": TEXT, "eml": TEXT, "dxf": TEXT, "step": TEXT, "stp": TEXT,
}  # fmt: skip
#: What a file of text says it is when it leaves.
_TEXTS = {"txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "eml": "message/rfc822"}
#: Ending → what the file says it is when it leaves.
KINDS = {
    ending: _TEXTS.get(ending, "application/octet-stream") if kind == TEXT else kind
    for ending, kind in CONTENTS.items()
}
#: What a browser offers to choose. Without HEIC, so that an iPhone goes on handing over photos every browser can draw.
ACCEPTED = ",".join(f".{ending}" for ending, kind in KINDS.items() if kind != HEIC)


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
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise UnfitFile(too_big())
    if not file.size:
        raise UnfitFile(_("The file is empty."))
    name = readable(str(file.name))
    ending = ending_of(name)
    if ending not in KINDS:
        raise UnfitFile(_("Files of this kind are not taken. These are: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    if kind_of(file) != CONTENTS[ending]:
        raise UnfitFile(_("This file is not what its name says: .%(ending)s") % {"ending": ending})
    return Fit(name, KINDS[ending])


def too_big() -> str:
    return _("The file is bigger than %(limit)s MB.") % {"limit": settings.UPLOAD_MAX_BYTES >> 20}


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def readable(name: str) -> str:
    """A name to show: its last part, composed, without signs that cannot be seen or that turn the writing round."""
    plain = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    seen = "".join(one for one in plain if unicodedata.category(one)[0] != "C")
    tidy = re.sub(r"\s+", " ", seen).strip(" .")
    stem, dot, ending = tidy.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if stem else tidy[:LONGEST_NAME]
