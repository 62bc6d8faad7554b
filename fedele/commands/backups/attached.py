"""The files people attached, wherever they lie: read for a backup, put in place by a restore."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from fedele.config.checks import is_bucket

FOLDER = "files"


def names(*, in_bucket: bool) -> list[str]:
    """Those on this machine always, those of a bucket when they are wanted."""
    if is_bucket(settings):
        return sorted(_listed("")) if in_bucket else []
    root = Path(settings.MEDIA_ROOT)
    return [str(one.relative_to(root)) for one in sorted(root.rglob("*")) if one.is_file() and not one.is_symlink()]


def members(found: list[str], folder: Path) -> Iterator[tuple[str, Path]]:
    """(name in the archive, file). Of a bucket one after the other is fetched, and taken away when the next is asked for."""
    for name in found:
        if not is_bucket(settings):
            yield f"{FOLDER}/{name}", Path(settings.MEDIA_ROOT) / name
            continue
        copy = folder / "one"
        try:
            with default_storage.open(name) as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target)
        except FileNotFoundError:
            # Taken away since it was listed: nothing points at it.
            continue
        yield f"{FOLDER}/{name}", copy


def put(folder: Path) -> None:
    """What was unpacked into `folder`, where the files of this installation lie. What a bucket has already stays as it is."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = str(path.relative_to(folder))
        if not is_bucket(settings):
            place = Path(settings.MEDIA_ROOT) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, place)
        elif not default_storage.exists(name):
            with path.open("rb") as source:
                default_storage.save(name, File(source))


def _listed(folder: str) -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from _listed(f"{folder}{name}/")
