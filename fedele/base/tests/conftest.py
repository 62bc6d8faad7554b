"""A database that threads share as processes do in production."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.utils import load_backend


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
