"""What a file is, told by what it begins with and never by what it is called."""

from __future__ import annotations

import zipfile
from typing import Any

#: As much as is looked at.
SNIFFED = 4096
UNKNOWN = "application/octet-stream"
PDF, PNG, JPEG, WEBP, TEXT = "application/pdf", "image/png", "image/jpeg", "image/webp", "text/plain"
ZIP, PROGRAM, PAGE, SIGNED = "application/zip", "application/x-msdownload", "text/html", "application/pkcs7-mime"
GIF, DRAWING, OLE = "image/gif", "image/vnd.dwg", "application/x-ole-storage"
TIFF, HEIC, MP4, MOV = "image/tiff", "image/heic", "video/mp4", "video/quicktime"

BEGINNINGS = (
    (b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF8", GIF), (b"MZ", PROGRAM),
    (b"II*\x00", TIFF), (b"MM\x00*", TIFF),
    (b"\x7fELF", PROGRAM), (b"#!", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM), (b"AC10", DRAWING),
    (b"0\x80\x06\t*\x86H\x86\xf7", SIGNED), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)  # fmt: skip
#: Photos and films of phones lie in boxes; who made the first one tells which of the two it is.
BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"), MP4),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"mmp4", b"dash"), MP4), b"qt  ": MOV,
}  # fmt: skip
#: A file inside an office document that tells of which program it is.
INSIDE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/document.xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xl/workbook.xml",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "ppt/presentation.xml",
}
OPEN_DOCUMENTS = frozenset(
    f"application/vnd.oasis.opendocument.{one}" for one in ("text", "spreadsheet", "presentation")
)
#: Sheets of an archive nobody needs to look through to know what it is.
MOST_PARTS = 20_000


def kind_of(file: Any) -> str:
    """The kind by content; the file is left at its beginning."""
    file.seek(0)
    start = file.read(SNIFFED)
    found = _beginning(start)
    if found == ZIP:
        found = _archive(file)
    file.seek(0)
    return found


def _beginning(start: bytes) -> str:
    for beginning, kind in BEGINNINGS:
        if start.startswith(beginning):
            return kind
    if start.startswith(b"PK\x03\x04"):
        return ZIP
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    if start[4:8] == b"ftyp":
        return BRANDS.get(start[8:12], UNKNOWN)
    # A signature in DER: a sequence that begins with the number for signed data.
    if start[:1] == b"0" and b"\x06\t*\x86H\x86\xf7\r\x01\x07\x02" in start[:24]:
        return SIGNED
    if b"\x00" in start:
        return UNKNOWN
    return PAGE if _is_markup(start) else TEXT


def _is_markup(start: bytes) -> bool:
    """What a browser would take for a page, a picture with a program in it, or a script of a server."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php"))


def _archive(file: Any) -> str:
    """An office document without programs, or an archive like any other. Only the list of contents is read."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {one.filename for one in parts[:MOST_PARTS]}
            told = _told(archive, names)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError):
        return ZIP
    if len(parts) > MOST_PARTS or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ZIP
    if told in OPEN_DOCUMENTS and "content.xml" in names:
        return told
    return next((kind for kind, part in INSIDE.items() if part in names), ZIP)


def _told(archive: zipfile.ZipFile, names: set[str]) -> str:
    """What an OpenDocument says it is: a part of a hundred characters at the most, read no further."""
    if "mimetype" not in names:
        return ""
    with archive.open("mimetype") as part:
        return part.read(100).decode("ascii", "replace").strip()
