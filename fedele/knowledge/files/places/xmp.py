"""The place in XMP, the text in which programs write it once more: attributes and elements whose names begin with GPS."""

from __future__ import annotations

import re

_ATTRIBUTE = re.compile(rb"""\s[\w.-]+:GPS\w*\s*=\s*(?:"[^"]*"|'[^']*')""")
_ELEMENT = re.compile(rb"<([\w.-]+:GPS\w*)[^>]*(?:/>|>.*?</\1\s*>)", re.DOTALL)
_GPS = (b"GPS", "GPS".encode("utf-16-le"), "GPS".encode("utf-16-be"))


def tells_place(packet: bytes) -> bool:
    return any(one in packet for one in _GPS)


def without_place(packet: bytes) -> bytes:
    """As long as before. If the place is still told in some other way, all of it goes."""
    cleaned = _ELEMENT.sub(_spaces, _ATTRIBUTE.sub(_spaces, packet))
    return b" " * len(packet) if tells_place(cleaned) else cleaned


def _spaces(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])
