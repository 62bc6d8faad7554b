from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.knowledge.files.accepting import CONTENTS, ending_of
from fedele.knowledge.files.kinds import DRAWING, HEIC, PDF, SIGNED


class FileKind(models.TextChoices):
    """What a document is to people, who do not think in media types."""

    NONE = "none", _("no file yet")
    PDF = "pdf", _("PDF")
    IMAGE = "image", _("image")
    VIDEO = "video", _("video")
    OFFICE = "office", _("office document")
    TEXT = "text", pgettext_lazy("kind of file", "text")
    DRAWING = "drawing", _("drawing")
    SIGNED = "signed", _("signed file")
    OTHER = "other", pgettext_lazy("kind of file", "other")


ICONS = {
    "none": "file-text", "pdf": "file-type", "image": "image", "video": "film", "office": "file-spreadsheet", "text": "file-text",
    "drawing": "ruler", "signed": "file-badge", "other": "file-text",
}  # fmt: skip
_DRAWINGS, _TEXTS = ("dwg", "dxf", "step", "stp"), ("txt", "csv", "eml")


def kind_by_name(name: str) -> FileKind:
    """Of an accepted file, whose name and content agree."""
    ending = ending_of(name)
    content = CONTENTS.get(ending, "")
    if content.startswith("image/") and content != DRAWING:
        return FileKind.IMAGE
    if content.startswith("video/"):
        return FileKind.VIDEO
    if content == PDF:
        return FileKind.PDF
    if content == SIGNED:
        return FileKind.SIGNED
    if ending in _DRAWINGS:
        return FileKind.DRAWING
    if ending in _TEXTS:
        return FileKind.TEXT
    return FileKind.OFFICE if content else FileKind.OTHER


def is_drawn(name: str) -> bool:
    """Can its pages, or the picture it is, be shown here? HEIC is only kept: nothing we have reads it."""
    kind = kind_by_name(name)
    return kind == FileKind.PDF or (kind == FileKind.IMAGE and CONTENTS[ending_of(name)] != HEIC)
