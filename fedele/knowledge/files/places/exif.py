"""The place in the data of a camera (EXIF): a folder of its own in a small TIFF, named by tag 0x8825."""

from __future__ import annotations

import struct

PLACE, MORE = 0x8825, 0x8769
#: Bytes of a value of each type, by its number.
SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8)
#: Folders of one file; cameras write three or four.
MOST = 16
LONG, SHORT = 4, 2


class _Data:
    """A TIFF that is changed in place, read in its own byte order. Beyond its end: ValueError."""

    def __init__(self, content: bytes) -> None:
        self.content = bytearray(content)
        self.order = {b"II*\x00": "<", b"MM\x00*": ">"}[content[:4]]

    def number(self, at: int, size: int) -> int:
        if not 0 <= at <= len(self.content) - size:
            raise ValueError(at)
        return int(struct.unpack_from(self.order + {SHORT: "H", LONG: "I"}[size], self.content, at)[0])

    def write(self, at: int, size: int, value: int) -> None:
        struct.pack_into(self.order + {SHORT: "H", LONG: "I"}[size], self.content, at, value)

    def blank(self, start: int, length: int) -> None:
        after = min(start + length, len(self.content))
        if start < after:
            self.content[start:after] = bytes(after - start)


def without_place(content: bytes) -> bytes:
    """As long as before. What no program can read, and so neither can be cleaned, is blanked as a whole."""
    try:
        data = _Data(content)
        first = data.number(4, LONG)
        data.number(first, SHORT)
    except (KeyError, ValueError):
        return bytes(len(content))
    waiting, seen = [first], set[int]()
    while waiting and len(seen) < MOST:
        folder = waiting.pop()
        if folder and folder not in seen:
            seen.add(folder)
            waiting += _clean_folder(data, folder)
    return bytes(data.content)


def _clean_folder(data: _Data, folder: int) -> list[int]:
    """Takes the place out of one folder; returns the folders it leads to. Past the end there is nothing to read, for nobody."""
    found = []
    try:
        at, left = folder + 2, data.number(folder, SHORT)
        while left:
            tag, value = data.number(at, SHORT), data.number(at + 8, LONG)
            left -= 1
            if tag == PLACE:
                _blank_folder(data, value)
                _take_entry(data, folder, at, left)
                continue
            if tag == MORE:
                found.append(value)
            at += 12
        found.append(data.number(at, LONG))
    except ValueError:
        pass
    return found


def _blank_folder(data: _Data, folder: int) -> None:
    """Its entries, and what they point at."""
    try:
        count = data.number(folder, SHORT)
        for at in range(folder + 2, folder + 2 + count * 12, 12):
            kind, many = data.number(at + 2, SHORT), data.number(at + 4, LONG)
            length = (SIZES[kind] if kind < len(SIZES) else 0) * many
            if length > 4:
                data.blank(data.number(at + 8, LONG), length)
            data.blank(at, 12)
        data.blank(folder, 2)
    except ValueError:
        pass


def _take_entry(data: _Data, folder: int, at: int, after: int) -> None:
    """The entries after it, and the pointer to the next folder, move up by one."""
    rest = after * 12 + 4
    moved = bytes(data.content[at + 12 : at + 12 + rest])
    data.content[at : at + len(moved)] = moved
    data.blank(at + len(moved), 12)
    data.write(folder, SHORT, data.number(folder, SHORT) - 1)
