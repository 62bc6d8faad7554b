"""A spreadsheet is a zip archive: what it claims to unpack to is looked at before anything is unpacked."""

from __future__ import annotations

import zipfile

from django.utils.translation import gettext as _

from fedele.records.reading.refusals import UnreadableFile

MAX_ENTRIES = 10_000
MAX_UNPACKED = 1 << 30
#: A sheet of equal cells shrinks a hundred times; only what is made to burst shrinks more.
MAX_RATIO = 250
_SMALL = 16 << 20


def check_archive(archive: zipfile.ZipFile) -> None:
    """Raises UnreadableFile for what unpacks to too much, is encrypted, or has two entries of one name."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked / packed > MAX_RATIO):
        raise UnreadableFile(_("The spreadsheet is too big when unpacked. Save the sheet as CSV and choose that file."))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile(_("The file is protected by a password: save it without."))
    if len({entry.filename for entry in entries}) != len(entries):
        raise UnreadableFile(_("The file is damaged: it was perhaps not copied or downloaded whole."))
