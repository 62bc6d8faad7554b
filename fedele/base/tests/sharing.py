"""Work done by several people at the same moment, on a database that threads share as processes do in production."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.db.utils import load_backend

from fedele.base.models import Conflict
from fedele.base.verbs import Refused


@pytest.fixture
def shared_database(transactional_db: Any, tmp_path: Path) -> Iterator[None]:
    """PostgreSQL as it is; of SQLite a copy in a file, as only a file makes writers wait for each other."""
    before, known = connections["default"], connections.databases["default"]
    if before.vendor == "postgresql":
        yield
        return
    path = tmp_path / "shared.sqlite3"
    before.ensure_connection()
    with sqlite3.connect(path) as file:
        before.connection.backup(file)
    file.close()
    settings = {**known, "NAME": str(path)}
    connections.databases["default"] = settings
    connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.databases["default"], connections["default"] = known, before


def all_at_once(work: Callable[[int], Any], count: int) -> list[Any]:
    """What each of `count` threads came to; they start together, each with a connection of its own."""
    together = Barrier(count)

    def one(n: int) -> Any:
        try:
            together.wait(timeout=30)
            return work(n)
        except (Conflict, Refused) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
