"""What Outlook packs into «winmail.dat» (TNEF): text and files for which other programs have no key.

Read by ourselves, within limits: each piece is looked at once, where it lies, and the first that makes no sense ends the reading.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from fedele.inbox.reading.characters import decode
from fedele.inbox.reading.rtf import decompressed, text_of

SIGNATURE = 0x223E9F78
MOST_PIECES, MOST_FILES, DEEPEST = 5000, 300, 3
#: Pieces of the message and of a file.
BODY, PROPERTIES, CODEPAGE = 0x800C, 0x9003, 0x9007
FILE_BEGINS, FILE_NAME, FILE_DATA, FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
#: Properties (MAPI), and how long the values of a type are; 0: as long as they say.
TEXT, RTF, HTML, INTERNET_CODEPAGE, SUBJECT = 0x1000, 0x1009, 0x1013, 0x3FDE, 0x0037
NAME, LONG_NAME, MIME_TYPE, CONTENT_ID, CONTENT, SHOWN_NAME = 0x3704, 0x3707, 0x370E, 0x3712, 0x3701, 0x3001
LENGTHS = {
    0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16,
    0x1E: 0, 0x1F: 0, 0x102: 0, 0x0D: 0,
}  # fmt: skip
_UNICODE, _OBJECT = 0x1F, 0x0D
#: Before a message inside.
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")


@dataclass
class Packed:
    name: str = ""
    type: str = ""
    cid: str = ""
    data: bytes = b""


@dataclass
class Unpacked:
    text: str = ""
    html: str = ""
    subject: str = ""
    files: list[Packed] = field(default_factory=list)


def unpack(data: bytes, depth: int = 0) -> Unpacked | None:
    """None for what is no TNEF; of what is damaged, what stood before the damage."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != SIGNATURE or depth > DEEPEST:
        return None
    return _Reader(memoryview(data), depth).read()


class _Reader:
    def __init__(self, data: memoryview, depth: int) -> None:
        self.data, self.depth, self.found = data, depth, Unpacked()
        self.charset, self.rtf = "cp1252", b""

    def read(self) -> Unpacked:
        for piece, value in _pieces(self.data):
            try:
                self._take(piece, value)
            except (struct.error, ValueError, LookupError):
                break
        if self.rtf and not self.found.text.strip() and not self.found.html.strip():
            self.found.text = text_of(decompressed(self.rtf))
        self.found.files = [one for one in self.found.files if one.data or one.name]
        return self.found

    def _take(self, piece: int, value: memoryview) -> None:
        if piece == FILE_BEGINS:
            if len(self.found.files) >= MOST_FILES:
                raise ValueError("too many files")
            self.found.files.append(Packed())
        elif piece == CODEPAGE:
            self.charset = _charset(struct.unpack_from("<I", value)[0])
        elif piece == BODY:
            self.found.text = self._words(value)
        elif piece == PROPERTIES:
            self._message(dict(_properties(value)))
        elif self.found.files and piece in (FILE_NAME, FILE_DATA, FILE_PROPERTIES):
            self._file(self.found.files[-1], piece, value)

    def _message(self, known: dict[int, tuple[int, memoryview]]) -> None:
        if INTERNET_CODEPAGE in known:
            self.charset = _charset(struct.unpack_from("<I", known[INTERNET_CODEPAGE][1])[0])
        self.found.text = self.found.text or self._said(known, TEXT)
        self.found.html, self.found.subject = self._said(known, HTML), self._said(known, SUBJECT)
        self.rtf = bytes(known[RTF][1]) if RTF in known else b""

    def _file(self, file: Packed, piece: int, value: memoryview) -> None:
        if piece == FILE_NAME:
            file.name = file.name or self._words(value)
        elif piece == FILE_DATA:
            file.data = bytes(value)
        else:
            known = dict(_properties(value))
            file.name = self._said(known, LONG_NAME) or self._said(known, NAME) or file.name
            file.type, file.cid = self._said(known, MIME_TYPE), self._said(known, CONTENT_ID).strip("<> ")
            if CONTENT in known:
                self._inside(file, bytes(known[CONTENT][1]), self._said(known, SHOWN_NAME))

    def _inside(self, file: Packed, data: bytes, shown: str) -> None:
        """A message inside: its text as a file, and what it brings along."""
        inner = unpack(data[len(_MESSAGE) :], self.depth + 1) if data.startswith(_MESSAGE) else None
        if inner is None:
            file.data = file.data or data
            return
        file.name, file.type = f"{inner.subject or shown or 'message'}.txt", "text/plain"
        file.data = (inner.text or inner.html).encode()
        self.found.files += inner.files[: MOST_FILES - len(self.found.files)]

    def _said(self, known: dict[int, tuple[int, memoryview]], name: int) -> str:
        kind, value = known.get(name, (0, memoryview(b"")))
        return self._words(value, is_wide=kind == _UNICODE)

    def _words(self, value: memoryview, *, is_wide: bool = False) -> str:
        text = bytes(value).decode("utf-16-le", "replace") if is_wide else decode(bytes(value), self.charset)
        return text.replace("\r\n", "\n").rstrip("\x00").replace("\x00", "")


def _pieces(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    at = 6
    for _count in range(MOST_PIECES):
        if at + 11 > len(data):
            return
        _level, piece, _type, length = struct.unpack_from("<BHHI", data, at)
        if at + 9 + length > len(data):
            return
        yield piece, data[at + 9 : at + 9 + length]
        at += length + 11


def _properties(data: memoryview) -> Iterator[tuple[int, tuple[int, memoryview]]]:
    """name → (type, value); of several values the first."""
    (count,), at = struct.unpack_from("<I", data), 4
    for _count in range(min(count, MOST_PIECES)):
        kind, name = struct.unpack_from("<HH", data, at)
        at = _after_name(data, at + 4) if name >= 0x8000 else at + 4
        length, several = LENGTHS[kind & 0x0FFF], 1
        if kind & 0x1000 or not length:
            (several,) = struct.unpack_from("<I", data, at)
            at += 4
        for number in range(min(several, MOST_PIECES)):
            size = length
            if not length:
                (size,) = struct.unpack_from("<I", data, at)
                at += 4
            if at + size > len(data):
                raise ValueError("a value beyond the end")
            if number == 0:
                yield name, (kind & 0x0FFF, data[at : at + size])
            at += size + -size % 4


def _after_name(data: memoryview, at: int) -> int:
    """Properties with names of their own are passed over."""
    (kind,) = struct.unpack_from("<I", data, at + 16)
    if kind == 0:
        return at + 24
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + length + -length % 4


def _charset(codepage: int) -> str:
    return {65001: "utf-8", 20127: "ascii", 28591: "iso-8859-1", 28605: "iso-8859-15"}.get(codepage, f"cp{codepage}")
