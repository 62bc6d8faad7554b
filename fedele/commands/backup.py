"""Write the whole installation, database and files, into one file. People may go on working meanwhile."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from fedele.commands.answering import add_json, answer
from fedele.commands.failing import Failed
from fedele.commands.ready import use_django

BUCKET = "Attached files lie in FEDELE_STORAGE_URL and are not in the backup;"
HELP = "write the whole installation into one file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="for instance fedele-monday.tar.gz; must not exist yet")
    parser.add_argument(
        "--files",
        action="store_true",
        help="take along the files, too, where they lie in a bucket (FEDELE_STORAGE_URL)",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    use_django()
    from fedele.commands.backups import archive, attached

    target: Path = options.file.absolute()
    if target.exists():
        raise Failed(f"{options.file} exists; a backup does not overwrite another.")
    if not target.parent.is_dir():
        raise Failed(f"The folder {target.parent} does not exist.")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=".fedele-backup-", dir=target.parent) as folder:
        facts, database = dump(Path(folder))
        # Listed after the database was copied: a file named in it is there, a later one does no harm.
        names = attached.names(in_bucket=options.files)
        archive.pack(target, facts | {"files": len(names)}, [*database], attached.members(names, Path(folder)))
    remember(target)
    answer(options, *report(target, facts, len(names), time.monotonic() - started, options.files))


def remember(target: Path) -> None:
    """So that the health page of setup can say when the last one was made."""
    from fedele.access.audit import Subject, audit

    audit("backup.made", Subject("backup", 0, target.name))


def dump(folder: Path) -> tuple[dict[str, Any], list[tuple[str, Path]]]:
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from fedele import __version__
    from fedele.commands.backups import postgres, sqlite, states

    migrations = states.applied_migrations()
    if not migrations:
        raise Failed("The database is empty; there is nothing to back up.")
    if connection.vendor == "sqlite":
        members = sqlite.dump(Path(settings.DATABASES["default"]["NAME"]), folder)
    else:
        members = postgres.dump(folder)
    facts = {"version": __version__, "made_at": timezone.now().isoformat(), "database": connection.vendor}
    return facts | {"migrations": migrations}, members


def report(
    target: Path, facts: dict[str, Any], files: int, seconds: float, whole: bool
) -> tuple[dict[str, Any], list[str]]:
    from django.conf import settings

    from fedele.commands.backups.archive import checksum
    from fedele.config.checks import is_bucket

    size, digest = target.stat().st_size, checksum(target)
    said = {"file": str(target), "bytes": size, "sha256": digest, "files": files, "seconds": round(seconds, 1)}
    lines = [f"{target}: {size / 2**20:.1f} MB, {files} files, {seconds:.1f} s", f"sha256 {digest}"]
    if is_bucket(settings) and not whole:
        lines.append(f"{BUCKET} keep versions of them there, or take them along: fedele backup --files")
    return said | {"database": facts["database"], "version": facts["version"]}, lines
