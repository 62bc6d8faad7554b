"""The .tar.gz itself: written beside its place and renamed when whole, read back only if every checksum agrees."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import IO, Any

from fedele.commands.failing import Failed

FORMAT = 1
MANIFEST = "manifest.json"
FOLDERS = ("database", "files")


class Hashed:
    """A file read once, for the archive and for its checksum."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.source.read(size)
        self.digest.update(chunk)
        return chunk


def pack(target: Path, facts: dict[str, Any], *members: Iterable[tuple[str, Path]]) -> None:
    """Writes all `members` (name in the archive, file) and, last, a manifest with `facts` and the checksums."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    checksums: dict[str, str] = {}
    try:
        with unfinished.open("wb") as raw:
            # It contains all customers: nobody but who made it may read it.
            unfinished.chmod(0o600)
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive:
                for name, path in chain(*members):
                    checksums[name] = _add(archive, name, path)
                _add_manifest(archive, unfinished, {"format": FORMAT, **facts, "checksums": checksums})
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as source:
        hashed = Hashed(source)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=source), hashed)  # type: ignore[arg-type]
    return hashed.digest.hexdigest()


def _add_manifest(archive: tarfile.TarFile, beside: Path, manifest: dict[str, Any]) -> None:
    path = beside.with_name(f"{beside.name}.manifest")
    try:
        path.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        archive.add(path, MANIFEST)
    finally:
        path.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Extracts into an empty folder and returns the manifest; fails if anything is missing, changed or out of place."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                if not member.isreg() or member.name.partition("/")[0] not in (*FOLDERS, MANIFEST):
                    raise Failed(f"{source} contains {member.name!r}, which no backup of Fedele does.")
                archive.extract(member, folder, filter="data")
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise Failed(f"{source} is damaged or no backup of Fedele ({error}).") from error
    manifest = _manifest(source, folder)
    for name, digest in manifest["checksums"].items():
        path = folder / name
        if not path.is_file() or checksum(path) != digest:
            raise Failed(f"{source} is damaged: {name} is not what it was when the backup was made.")
    return manifest


def _manifest(source: Path, folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.exists():
        raise Failed(f"{source} is not whole: its list of checksums is missing.")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if manifest.get("format") != FORMAT:
        raise Failed(f"{source} was made by a version of Fedele this one does not know.")
    return manifest


def checksum(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
