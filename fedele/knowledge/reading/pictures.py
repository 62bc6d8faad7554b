"""Pictures of pages, made when somebody looks and kept beside the database for the next who does."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from fedele.knowledge.documents.kinds import FileKind
from fedele.knowledge.reading.opening import page_in, picture_in

#: Pixels across: in lists, and looked at small, large, very large.
THUMB, WIDTHS = 320, (800, 1400, 2400)


def folder() -> Path:
    return Path(settings.DATA_DIR) / "pictures"


def picture_of(version: Any, page: int, width: int) -> tuple[bytes, str]:
    """(content, kind) of a page, or of the picture a version is. Raises `Unopened`."""
    stored = version.stored
    if version.kind == FileKind.PDF:
        return _kept(stored, f"{page}-{width}", lambda: page_in(stored, page - 1, width))
    return _kept(stored, f"{page}-{width}", lambda: picture_in(stored, width))


def small_of(stored: Any) -> tuple[bytes, str]:
    """(content, kind) of a picture as a list shows it. Raises `Unopened`."""
    return _kept(stored, f"1-{THUMB}", lambda: picture_in(stored, THUMB))


def _kept(stored: Any, name: str, make: Callable[[], bytes]) -> tuple[bytes, str]:
    path = folder() / stored.sha256 / name
    if path.is_file():
        content = path.read_bytes()
    else:
        content = make()
        _keep(path, content)
    return content, _kind(content)


def _kind(content: bytes) -> str:
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all. That the disk is full is no reason not to show it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError:
        return


def forget(sha256: str) -> None:
    shutil.rmtree(folder() / sha256, ignore_errors=True)


def forget_strays(known: Any) -> int:
    """Pictures of files that are no longer kept: `known` answers which of some digests are."""
    names = sorted(one.name for one in folder().iterdir()) if folder().is_dir() else []
    count = 0
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        for name in set(some) - set(known(some)):
            forget(name)
            count += 1
    return count
