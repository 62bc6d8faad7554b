"""The bytes of an uploaded or stored file, always as a path, so that every reader can begin again."""

from __future__ import annotations

import os
import tempfile
import weakref
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from fedele.records.reading.refusals import UnreadableFile

_CHUNK = 1 << 20


class Source:
    """A file on disk. An upload held in memory or in a remote storage is copied to a temporary file of its own."""

    def __init__(self, given: Any, max_bytes: int) -> None:
        path = _path_of(given)
        self.path = path or self._copy(given, max_bytes)
        try:
            with self.path.open("rb"):
                self.size = self.path.stat().st_size
        except OSError as wrong:
            raise UnreadableFile(_("The file cannot be opened: %(reason)s.") % {"reason": wrong.strerror}) from None
        if self.size > max_bytes:
            raise _too_big(max_bytes)
        if not self.size:
            raise UnreadableFile(_("The file is empty."))

    def head(self, count: int) -> bytes:
        with self.path.open("rb") as stream:
            return stream.read(count)

    def _copy(self, given: BinaryIO, max_bytes: int) -> Path:
        handle, name = tempfile.mkstemp(prefix="fedele-")
        weakref.finalize(self, _forget, name)
        with os.fdopen(handle, "wb") as copy:
            given.seek(0)
            while chunk := given.read(_CHUNK):
                copy.write(chunk)
                if copy.tell() > max_bytes:
                    raise _too_big(max_bytes)
        return Path(name)


def _path_of(given: Any) -> Path | None:
    if isinstance(given, str | os.PathLike):
        return Path(given)
    if hasattr(given, "temporary_file_path"):
        return Path(given.temporary_file_path())
    try:
        path = given.path  # A file of a storage on this machine; remote storages have none.
    except (AttributeError, NotImplementedError):
        return None
    return Path(path)


def _forget(name: str) -> None:
    Path(name).unlink(missing_ok=True)


def _too_big(max_bytes: int) -> UnreadableFile:
    megabytes = max(1, max_bytes >> 20)
    return UnreadableFile(_("The file is bigger than %(limit)s MB: split it.") % {"limit": megabytes})
