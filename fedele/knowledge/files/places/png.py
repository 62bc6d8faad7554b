"""PNG: the place stands in the part eXIf, in a text of programs (XMP), or in older texts that hold either of them as digits."""

from __future__ import annotations

import re
import zlib

from fedele.knowledge.files.places import exif, xmp

BEGINNING = 8
TEXTS = (b"iTXt", b"tEXt", b"zTXt")
#: Words of older programs for a text that holds data of a camera.
_RAW = re.compile(rb"raw profile type (exif|app1|xmp)", re.IGNORECASE)
#: A text is unpacked so far to look into it.
MOST = 4 << 20


def cleaned_png(content: bytes) -> bytes:
    """Goes through the parts; what it does not understand stays as it is."""
    kept, at = [content[:BEGINNING]], BEGINNING
    while at + 12 <= len(content):
        after = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if after > len(content):
            break
        kept.append(_cleaned(content[at:after]))
        at = after
    return b"".join([*kept, content[at:]])


def _cleaned(part: bytes) -> bytes:
    name, data = part[4:8], part[8:-4]
    if name == b"eXIf":
        return _part(name, exif.without_place(data))
    if name not in TEXTS:
        return part
    key, _zero, value = data.partition(b"\x00")
    if b"gps" in key.lower() or _RAW.match(key):
        return b""
    if name == b"iTXt" and value[:1] == b"\x00" and xmp.tells_place(value):
        return _part(name, data[: len(key) + 1] + value[:2] + xmp.without_place(value[2:]))
    return b"" if _tells_place(name, value) else part


def _tells_place(name: bytes, value: bytes) -> bool:
    """Of a text that is packed or plain. One that cannot be unpacked, or is longer than any, is taken to tell it."""
    if name == b"tEXt" or (name == b"iTXt" and value[:1] == b"\x00"):
        return xmp.tells_place(value)
    packed = value[1:] if name == b"zTXt" else value[2:].split(b"\x00", 2)[-1]
    try:
        opened = zlib.decompressobj()
        text = opened.decompress(packed, MOST)
    except zlib.error:
        return True
    return bool(opened.unconsumed_tail) or xmp.tells_place(text)


def _part(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
