"""In which encoding a text file is written: byte order mark, else UTF-8 if the whole file is, else Windows-1252.

Detectors that guess from letter frequencies were tried and are wrong on Italian files; so is looking at the beginning
only, where the first accent may come late. Everything is read once, a megabyte at a time.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fedele.records.reading.kinds import looks_utf16
from fedele.records.reading.refusals import UnreadableFile
from fedele.records.reading.source import Source

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass
class TextFacts:
    encoding: str
    #: Line breaks in the file, those inside quoted values included.
    lines: int = 0
    #: Bytes since the last line break.
    unbroken: int = 0
    #: Whether a NUL may be anywhere, so that rows must be looked at for one.
    has_nul: bool = False
    warnings: list[str] = field(default_factory=list)


def examine(source: Source, encoding: str | None = None, longest_line: int = 1) -> TextFacts:
    """Reads the whole file once; lines of more than `longest_line` million characters are refused.

    A given `encoding` is believed; bytes it does not know become «�», with a warning.
    """
    marked = _marked_or_wide(source.head(4096))
    facts = TextFacts(_python_name(encoding) if encoding else marked or "utf-8")
    decoder = codecs.getincrementaldecoder(facts.encoding)("strict")
    valid = True
    with source.path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            _count(facts, chunk)
            if facts.unbroken > longest_line * _CHUNK:
                raise UnreadableFile(
                    _("Line %(line)s is longer than a million characters: this is no table.")
                    % {"line": facts.lines + 1}
                )
            if valid:
                try:
                    decoder.decode(chunk, final=len(chunk) < _CHUNK)
                except UnicodeDecodeError:
                    valid = False
                    _settle(facts, chunk, believed=bool(encoding or marked))
    facts.has_nul = facts.has_nul or facts.encoding.startswith(("utf-16", "utf-32"))
    return facts


def _marked_or_wide(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    return looks_utf16(head)


def _python_name(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        raise UnreadableFile(_("There is no encoding called “%(name)s”.") % {"name": encoding[:40]}) from None
    return "utf-8-sig" if name == "utf-8" else name


def _count(facts: TextFacts, chunk: bytes) -> None:
    mark = b"\n" if b"\n" in chunk else b"\r"
    breaks = chunk.count(mark)
    facts.lines += breaks
    facts.unbroken = len(chunk) - chunk.rfind(mark) if breaks else facts.unbroken + len(chunk)
    facts.has_nul = facts.has_nul or b"\0" in chunk


def _settle(facts: TextFacts, chunk: bytes, *, believed: bool) -> None:
    """The file is not what it seemed: Windows-1252, unless a mark or the user said otherwise."""
    if believed:
        facts.warnings.append(
            _("Some characters are not of the encoding %(name)s and show as “�”.") % {"name": facts.encoding}
        )
        return
    if any(mark > "\x7f" and mark != "\ufffd" for mark in chunk.decode("utf-8", "replace")):
        facts.warnings.append(_("The file mixes two encodings: some accented letters may come out wrong."))
    facts.encoding = "cp1252"
