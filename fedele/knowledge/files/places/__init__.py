"""Where a photo or a film was taken is nobody's business but the photographer's: it is taken out before the photo is kept.

Only the place goes; the moment, the camera and which way is up stay. The picture itself is not touched, nor even decoded: what
told the place is blanked where it stands, so that nothing in the file moves.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from fedele.knowledge.files.kinds import HEIC, JPEG, MOV, MP4, PNG, TIFF, WEBP
from fedele.knowledge.files.places.boxes import cleaned_boxes
from fedele.knowledge.files.places.jpeg import cleaned_jpeg
from fedele.knowledge.files.places.png import cleaned_png
from fedele.knowledge.files.places.tiff import cleaned_tiff
from fedele.knowledge.files.places.webp import cleaned_webp

CLEANERS = {
    JPEG: cleaned_jpeg, PNG: cleaned_png, WEBP: cleaned_webp, TIFF: cleaned_tiff,
    HEIC: cleaned_boxes, MP4: cleaned_boxes, MOV: cleaned_boxes,
}  # fmt: skip


def without_place(file: Any, kind: str) -> Any:
    """The file, or for a photo with a place in it the same photo without; the house may choose to keep places."""
    clean = CLEANERS.get(kind)
    if clean is None or settings.KEEP_PHOTO_PLACES:
        return file
    file.seek(0)
    content = file.read()
    file.seek(0)
    cleaned = clean(content)
    return file if cleaned == content else ContentFile(cleaned, name=file.name)
