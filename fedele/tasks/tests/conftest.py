"""A database that other processes see too, and real workers on it: what kills and freezes them is the point here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend
from django.utils import translation

DATABASE_BACKEND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def shared_database(tmp_path_factory: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """Connection settings of a migrated database of its own, and the environment that leads a process to it."""
    folder = tmp_path_factory.mktemp("house")
    given = connections.databases["default"]
    with django_db_blocker.unblock():
        wanted = _postgres(given, folder) if "postgresql" in given["ENGINE"] else _sqlite(given, folder)
        with _swapped(wanted["settings"]):
            call_command("migrate", run_syncdb=True, verbosity=0)
        yield wanted
        wanted["remove"]()


def _sqlite(given: dict[str, Any], folder: Path) -> dict[str, Any]:
    path = str(folder / "house.sqlite3")
    return {"settings": {**given, "NAME": path}, "url": f"sqlite:///{path}", "remove": lambda: None}


def _postgres(given: dict[str, Any], folder: Path) -> dict[str, Any]:
    import psycopg
    from psycopg import sql

    name = f"{folder.name}_{os.getpid()}"
    where = {
        "host": given["HOST"],
        "port": given["PORT"] or None,
        "user": given["USER"],
        "password": given["PASSWORD"] or None,
    }

    def admin(statement: str) -> None:
        with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    admin("CREATE DATABASE {}")
    url = f"postgresql://{given['USER']}:{given['PASSWORD']}@/{name}?host={given['HOST']}"
    if given["PORT"]:
        url = f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{name}"
    return {
        "settings": {**given, "NAME": name, "OPTIONS": {}, "CONN_MAX_AGE": 0},
        "url": url,
        "remove": lambda: admin("DROP DATABASE {} WITH (FORCE)"),
    }


class _swapped:  # noqa: N801 - it reads as a phrase
    """Makes another database the default one of this process."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings

    def __enter__(self) -> None:
        self.before, self.known = connections["default"], connections.databases["default"]
        connections.databases["default"] = self.settings
        connections["default"] = load_backend(self.settings["ENGINE"]).DatabaseWrapper(self.settings, "default")

    def __exit__(self, *exc: object) -> None:
        connections["default"].close()
        connections.databases["default"] = self.known
        connections["default"] = self.before


@pytest.fixture
def house(shared_database: dict[str, Any], django_db_blocker: Any, settings: Any) -> Iterator[None]:
    """This process works on the shared database, with the real queue."""
    settings.TASKS = DATABASE_BACKEND
    with django_db_blocker.unblock(), _swapped(shared_database["settings"]):
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def worker(house: None, shared_database: dict[str, Any], tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """`worker()` starts a worker process; `worker(batch=True)` one that ends when nothing is left to do.

    Further names become environment variables.
    """
    started: list[subprocess.Popen] = []
    environment = {
        **os.environ,
        "FEDELE_DATABASE_URL": shared_database["url"],
        "FEDELE_TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
        "FEDELE_DATA_DIR": str(django_settings.DATA_DIR),
    }

    def start(*, batch: bool = False, grace: int = 20, **more: str) -> subprocess.Popen:
        code = (
            "import django; django.setup(); from fedele.tasks import worker; "
            f"worker.GRACE = {grace}; worker.run(0.05, batch={batch})"
        )
        process = subprocess.Popen([sys.executable, "-c", code], env={**environment, **more})
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


def until(question: Callable[[], Any], seconds: float = 30) -> Any:
    """Waits for the answer to become true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"still not so after {seconds} s")
