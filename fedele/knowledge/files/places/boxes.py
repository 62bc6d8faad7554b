"""HEIC, MP4 and QuickTime: boxes in boxes. Nothing is moved: what tells the place is blanked where it stands."""

from __future__ import annotations

import re

from fedele.knowledge.files.places import exif
from fedele.knowledge.files.places.tiff import without_packets

#: Data of the camera in a photo; they are no longer than this.
_EXIF = re.compile(rb"Exif\x00\x00(?=II\*\x00|MM\x00\*)")
LONGEST = 1 << 20
#: The place of a film as text, «+45.5416+010.2118+123.4/»: after the box of this name, or as a value of Apple's.
_TEXT = rb"[+-]\d[\d.]*[+-]\d[\d.]*[^/\x00]{0,40}/?"
_FILM = re.compile(rb"(\xa9xyz....)(" + _TEXT + rb")", re.DOTALL)
_VALUE = re.compile(rb"(data\x00\x00\x00\x01....)([+-]\d{1,3}\.\d+[+-]\d{1,3}\.\d+[^/\x00]{0,40}/?)", re.DOTALL)
#: The place of a film as numbers: length, name, nothing, language, a name and where.
_NUMBERS = re.compile(rb"(\x00\x00[\x00-\x03].loci\x00\x00\x00\x00)", re.DOTALL)


def cleaned_boxes(content: bytes) -> bytes:
    made = bytearray(content)
    for one in _EXIF.finditer(content):
        made[one.end() : one.end() + LONGEST] = exif.without_place(bytes(made[one.end() : one.end() + LONGEST]))
    for one in _NUMBERS.finditer(content):
        length = int.from_bytes(content[one.start() : one.start() + 4], "big")
        after = min(one.start() + length, len(content))
        if after > one.end():
            made[one.start() + 4 : after] = b"free" + bytes(after - one.start() - 8)
    cleaned = _VALUE.sub(_blanked, _FILM.sub(_blanked, bytes(made)))
    return without_packets(cleaned)


def _blanked(found: re.Match[bytes]) -> bytes:
    return found[1] + b" " * len(found[2])
