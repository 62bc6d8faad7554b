"""An installation of its own for a test: the command `fedele` in processes of its own, with data nobody else sees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection


@dataclass
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.out)


@dataclass
class Installation:
    """Where its data lies and the settings it runs with."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> Answer:
        return self.python("-m", "fedele", *arguments)

    def python(self, *arguments: str) -> Answer:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout.strip(), done.stderr.strip())


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """Empty, on the engine the tests run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FEDELE_", "PYTEST_"))}
    settings = {"FEDELE_DATA_DIR": str(folder), "FEDELE_DEMO": "1", "DJANGO_SETTINGS_MODULE": "fedele.config.settings"}
    if connection.vendor == "sqlite":
        yield Installation(folder, kept | settings)
        return
    with _database() as url:
        yield Installation(folder, kept | settings | {"FEDELE_DATABASE_URL": url})


@contextmanager
def _database() -> Iterator[str]:
    import psycopg

    facts = connection.settings_dict
    name = f"fedele_{uuid.uuid4().hex[:12]}"
    server = {"host": facts["HOST"], "port": facts["PORT"], "user": facts["USER"], "password": facts["PASSWORD"]}
    where = {key: value for key, value in server.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as administrator:
        administrator.execute(f"CREATE DATABASE {name}")
        try:
            secret = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
            yield f"postgresql://{facts['USER']}{secret}@/{name}?host={facts['HOST']}&port={facts['PORT'] or 5432}"
        finally:
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
