"""Put a backup into an empty installation. Jobs that waited in it stay parked until --release-jobs says otherwise."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from fedele.commands.answering import add_json, answer
from fedele.commands.failing import Failed
from fedele.commands.ready import use_django

HELP = "put a backup into an empty installation"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument(
        "--release-jobs", action="store_true", help="let the parked jobs run (mail that waited goes out)"
    )
    parser.add_argument(
        "--erased",
        type=Path,
        help="the list erased.jsonl of the installation the backup came from: persons on it are erased again",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    use_django()
    from fedele.commands.backups import states

    if options.release_jobs:
        released = states.release_jobs()
        answer(options, {"released_jobs": released}, [f"jobs that will run now: {released}"])
        return
    if options.file is None:
        raise Failed("Which backup? fedele restore FILE")
    facts = restore(options.file, options.erased)
    lines = [
        f"Restored: version {facts['version']}, {facts['made_at']}, {facts['files']} files, integrity checked.",
        f"Persons erased again because they are on the list of the erased: {facts['erased_again']}.",
        f"Jobs that waited and are parked: {facts['parked_jobs']}. To let them run: fedele restore --release-jobs",
    ]
    answer(options, facts, lines)


def restore(source: Path, erased: Path | None = None) -> dict[str, Any]:
    from django.conf import settings

    from fedele.commands.backups import archive, attached, states
    from fedele.commands.migrate import migrate

    if states.is_in_use():
        raise Failed("The database is not empty; a backup is restored into an empty one only. Nothing was changed.")
    # Beside its place, so that files are moved and not copied.
    with tempfile.TemporaryDirectory(prefix=".fedele-restore-", dir=settings.DATA_DIR) as name:
        folder = Path(name)
        manifest = archive.unpack(source, folder)
        states.require_known(manifest["migrations"])
        load_database(manifest, folder)
        attached.put(folder / attached.FOLDER)
    migrate()
    parked = states.park_jobs()
    again = erase_again(erased)
    kept = ("version", "made_at", "database", "files")
    return {name: manifest[name] for name in kept} | {"parked_jobs": parked, "erased_again": again}


def erase_again(listed: Path | None) -> int:
    """Nobody comes back from a backup who was erased after it was made."""
    from fedele.people.privacy import erasing

    path = listed or erasing.list_path()
    if listed is not None and not listed.is_file():
        raise Failed(f"{listed} is not there. The backup is restored; nobody was erased again.")
    return erasing.erase_again(path) if path.is_file() else 0


def load_database(manifest: dict[str, Any], folder: Path) -> None:
    from django.conf import settings
    from django.db import connection

    from fedele.commands.backups import postgres, sqlite, states

    if manifest["database"] != connection.vendor:
        raise Failed(
            f"The backup is of {manifest['database']}, FEDELE_DATABASE_URL is {connection.vendor}. Nothing was changed."
        )
    if connection.vendor == "sqlite":
        connection.close()
        sqlite.load(folder, Path(settings.DATABASES["default"]["NAME"]))
        return
    postgres.drop_all()
    states.migrate_to(manifest["migrations"])
    postgres.load(folder)
