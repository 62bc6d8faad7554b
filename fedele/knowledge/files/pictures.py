"""Where a photo was taken is nobody's business but the photographer's: it is taken out before the photo is kept.

Only the place goes; the moment, the camera and which way is up stay. The picture itself is not touched, nor even decoded.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from PIL.Image import Exif

from fedele.knowledge.files.kinds import JPEG

#: Tag of the part with the place; segments of a JPEG with data of the camera, and of programs.
PLACE, DATA, EXIF = 0x8825, b"\xff\xe1", b"Exif\x00\x00"


def without_place(file: Any, kind: str) -> Any:
    """The file, or for a photo with a place in it the same photo without; the house may choose to keep places."""
    if kind != JPEG or settings.KEEP_PHOTO_PLACES:
        return file
    file.seek(0)
    content = file.read()
    file.seek(0)
    cleaned = cleaned_jpeg(content)
    return file if cleaned == content else ContentFile(cleaned, name=file.name)


def cleaned_jpeg(content: bytes) -> bytes:
    """Goes through the segments before the picture begins; what it does not understand stays as it is."""
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content) and content[at + 1] not in (0xDA, 0xD9):
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at : at + 2 + length]
        if length < 2 or len(segment) < 2 + length:
            break
        kept.append(_cleaned(segment))
        at += len(segment)
    return b"".join([*kept, content[at:]])


def _cleaned(segment: bytes) -> bytes:
    if segment[:2] != DATA:
        return segment
    if segment[4:10] != EXIF:
        # XMP, in which programs write the place once more: all of it goes.
        return b"" if b"GPS" in segment else segment
    try:
        exif = Exif()
        exif.load(segment[4:])
        if PLACE not in exif:
            return segment
        del exif[PLACE]
        data = exif.tobytes()
    except Exception:  # noqa: BLE001 (broken data of a camera: what cannot be read cannot be cleaned, so it goes)
        return b""
    return DATA + (len(data) + 2).to_bytes(2, "big") + data
