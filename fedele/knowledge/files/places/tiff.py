"""TIFF is itself what others carry as data of the camera; programs put XMP beside it."""

from __future__ import annotations

import re

from fedele.knowledge.files.places import exif, xmp

PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


def cleaned_tiff(content: bytes) -> bytes:
    return without_packets(exif.without_place(content))


def without_packets(content: bytes) -> bytes:
    return PACKET.sub(lambda found: xmp.without_place(found[0]), content)
