"""WebP: data of the camera in the part EXIF, those of programs in the part XMP."""

from __future__ import annotations

from fedele.knowledge.files.places import exif, xmp

#: Before the parts: RIFF, length, WEBP. Some programs put this before the data of the camera, as in a JPEG.
BEGINNING, NAME = 12, b"Exif\x00\x00"


def cleaned_webp(content: bytes) -> bytes:
    made, at = bytearray(content), BEGINNING
    while at + 8 <= len(content):
        start, length = at + 8, int.from_bytes(content[at + 4 : at + 8], "little")
        after = min(start + length, len(content))
        if content[at : at + 4] == b"EXIF":
            start += len(NAME) if content[start:after].startswith(NAME) else 0
            made[start:after] = exif.without_place(content[start:after])
        elif content[at : at + 4] == b"XMP ":
            made[start:after] = xmp.without_place(content[start:after])
        at = after + length % 2
    return bytes(made)
