"""What a file is, told from its content; its name is only asked when the content says nothing."""

from __future__ import annotations

import mmap
import re
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fedele.records.reading.archives import check_archive
from fedele.records.reading.refusals import UnreadableFile
from fedele.records.reading.source import Source

_HEAD = 65_536
#: First bytes of files that people take for a table, and what to call them.
_OTHERS = (
    (b"%PDF", gettext_noop("a PDF document")),
    (b"\x89PNG", gettext_noop("an image")),
    (b"\xff\xd8\xff", gettext_noop("an image")),
    (b"GIF8", gettext_noop("an image")),
    (b"II*\0", gettext_noop("an image")),
    (b"MM\0*", gettext_noop("an image")),
    (b"\x1f\x8b", gettext_noop("a compressed archive")),
    (b"BZh", gettext_noop("a compressed archive")),
    (b"7z\xbc\xaf", gettext_noop("a compressed archive")),
    (b"Rar!", gettext_noop("a compressed archive")),
    (b"\xfd7zXZ", gettext_noop("a compressed archive")),
    (b"{\\rtf", gettext_noop("a text document")),
    (b"SQLite format 3", gettext_noop("a database")),
    (b"MZ", gettext_noop("a program")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"ID3", gettext_noop("a sound or a film")),
    (b"OggS", gettext_noop("a sound or a film")),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype html|html|\?xml|table|script|svg|!--)", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*\"[^\"]*\"\s*:|\[\s*[\[{])")
_CARD = re.compile(rb"\s*begin:vcard", re.IGNORECASE)
_CONTROL = bytes(range(1, 9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(source: Source, name: str = "") -> str:
    """`csv`, `xlsx`, `ods`, `xls` or `vcard`; raises UnreadableFile for what holds no table."""
    head = source.head(_HEAD)
    if head.startswith(b"PK"):
        return _archive_kind(source.path)
    if head.startswith(_OLE):
        return _old_office_kind(source, name)
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise not_a_table(_(what))
    return _text_kind(head, name)


def not_a_table(what: str) -> UnreadableFile:
    return UnreadableFile(
        _("This file is %(what)s. Save the table as CSV or as a spreadsheet (XLSX, ODS) and choose that file.")
        % {"what": what}
    )


def _archive_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = _spreadsheet_kind(archive, names)
            if kind:
                check_archive(archive)
                return kind
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableFile(_("The file is damaged: it was perhaps not copied or downloaded whole.")) from None
    if any(entry.startswith("word/") for entry in names):
        raise not_a_table(_("a text document"))
    if any(entry.startswith("ppt/") for entry in names):
        raise not_a_table(_("a presentation"))
    raise not_a_table(_("a compressed archive"))


def _spreadsheet_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "xlsx"
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        mimetype = archive.read("mimetype")
        if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
        if mimetype.startswith(b"application/vnd.oasis.opendocument"):
            raise not_a_table(_("a text document"))
    return ""


def _old_office_kind(source: Source, name: str) -> str:
    with source.path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if any(content.find(stream_name.encode("utf-16-le")) >= 0 for stream_name in ("Workbook", "Book")):
            return "xls"
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise UnreadableFile(_("The file is protected by a password: save it without."))
    raise not_a_table(_("a damaged spreadsheet") if name.lower().endswith(".xls") else _("a text document"))


def _text_kind(head: bytes, name: str) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _CARD.match(text) or (name.lower().endswith(".vcf") and b"VCARD" in text.upper()):
        return "vcard"
    if _CARD.match(text.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return "vcard"
    if _MARKUP.match(text):
        raise not_a_table(_("a web page or XML"))
    if _JSON.match(text) and not name.lower().endswith((".csv", ".txt")):
        raise not_a_table(_("a JSON file"))
    if not _is_text(head):
        raise UnreadableFile(_("This is not a text file, and none of the spreadsheets that can be read."))
    return "csv"


def _is_text(head: bytes) -> bool:
    """Text of any encoding has hardly any control characters."""
    wide = looks_utf16(head)
    text = head[: len(head) // 2 * 2].decode(wide, "replace").encode() if wide else head
    strange = len(text) - len(text.translate(None, _CONTROL))
    return strange <= 8 + len(text) // 100 and text.count(0) <= 8 + len(text) // 20


def looks_utf16(head: bytes) -> str:
    """`utf-16-le` or `utf-16-be` when the zeros of Latin letters stand where that encoding puts them, else empty."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = head[:4096]
    even, odd, half = sample[0::2].count(0), sample[1::2].count(0), max(1, len(sample) // 2)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""
