"""A database of SQLite, copied in one consistent moment while people work, and put in place again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from fedele.commands.failing import Failed

COPY = "database/fedele.sqlite3"


def dump(database: Path, folder: Path) -> list[tuple[str, Path]]:
    copy = folder / COPY
    copy.parent.mkdir(parents=True)
    with closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True, timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])
    require_sound(copy)
    return [(COPY, copy)]


def load(folder: Path, database: Path) -> None:
    copy = folder / COPY
    require_sound(copy)
    database.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    copy.replace(database)


def require_sound(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if said != ["ok"]:
        raise Failed(f"The database does not pass its integrity check: {'; '.join(said)}")
    if broken:
        raise Failed(
            f"The database does not pass its integrity check: {broken[0]} refers to a row of {broken[2]} that is gone."
        )
