"""A «winmail.dat» as Outlook writes it, for tests."""

from __future__ import annotations

import struct
from typing import Any

from fedele.inbox.reading import tnef


def piece(name: int, value: bytes, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(**known: Any) -> bytes:
    """Text as Unicode, bytes as they are, numbers as numbers; and one with a name of its own, to be passed over."""
    named = struct.pack("<HH16sII", 0x1E, 0x8001, b"G" * 16, 1, 6) + "abc".encode("utf-16-le") + b"\0\0" + _long(b"x\0")
    return (
        struct.pack("<I", len(known) + 1)
        + named
        + b"".join(_one(getattr(tnef, name), value) for name, value in known.items())
    )


def _one(name: int, value: Any) -> bytes:
    if isinstance(value, int):
        return struct.pack("<HHI", 0x03, name, value)
    kind = 0x1F if isinstance(value, str) else 0x102
    return struct.pack("<HH", kind, name) + _long(
        (value + "\0").encode("utf-16-le") if isinstance(value, str) else value
    )


def _long(value: bytes) -> bytes:
    return struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)


def winmail(*pieces: bytes) -> bytes:
    return struct.pack("<IH", tnef.SIGNATURE, 1) + piece(tnef.CODEPAGE, struct.pack("<II", 1252, 0)) + b"".join(pieces)


def file(data: bytes, title: bytes = b"OFFERT~1.PDF\0", **known: Any) -> bytes:
    given = [piece(tnef.FILE_BEGINS, b"\0" * 14, 2), piece(tnef.FILE_NAME, title, 2), piece(tnef.FILE_DATA, data, 2)]
    return b"".join([*given, piece(tnef.FILE_PROPERTIES, properties(**known), 2)])


def literal_rtf(rtf: bytes) -> bytes:
    """Compressed without finding anything to compress."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<II4sI", len(body) + 12, len(rtf), b"LZFu", 0) + body
