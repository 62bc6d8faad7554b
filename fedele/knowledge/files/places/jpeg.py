"""JPEG: data of the camera and of programs stand in segments. A phone may append a second picture, or a short film."""

from __future__ import annotations

import re

from fedele.knowledge.files.places import exif, xmp

#: What a segment (marker, length) of each begins with; both may occur once more in a picture that is appended.
_EXIF = re.compile(rb"\xff\xe1(..)Exif\x00\x00", re.DOTALL)
_XMP = re.compile(rb"\xff\xe1(..)http://ns\.adobe\.com/xap/1\.0/\x00", re.DOTALL)
_MORE_XMP = re.compile(rb"\xff\xe1(..)http://ns\.adobe\.com/xmp/extension/\x00.{40}", re.DOTALL)
#: In a film, the place as «+45.5416+010.2118/»: a box of this name, two lengths, then the text.
_FILM = re.compile(rb"\xa9xyz....[+-][\d.]+[+-][\d.]+[^/\x00]*/?", re.DOTALL)


def cleaned_jpeg(content: bytes) -> bytes:
    made = bytearray(content)
    for start, after in _stretches(_EXIF, content):
        made[start:after] = exif.without_place(bytes(made[start:after]))
    for start, after in _stretches(_XMP, content):
        made[start:after] = xmp.without_place(bytes(made[start:after]))
    # The long part of XMP is cut anywhere: a name may begin in one segment and end in the next.
    longer = _stretches(_MORE_XMP, content)
    if xmp.tells_place(b"".join(content[start:after] for start, after in longer)):
        for start, after in longer:
            made[start:after] = b" " * (after - start)
    return _FILM.sub(lambda found: b"free" + bytes(len(found[0]) - 4), bytes(made))


def _stretches(what: re.Pattern[bytes], content: bytes) -> list[tuple[int, int]]:
    """(start, end) of what the segments hold after the name they begin with."""
    found = []
    for one in what.finditer(content):
        after = min(len(content), one.start(1) + int.from_bytes(one[1], "big"))
        if one.end() < after:
            found.append((one.end(), after))
    return found
