"""Fixtures for all tests: one database connection per test, and the browser of the journeys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

os.environ.setdefault("FEDELE_TESTING", "1")

#: giulia, luca, chiara … as fixtures everywhere.
pytest_plugins = ("tests.cast",)

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def keep_connection_open() -> Iterator[None]:
    """Requests made inside the test's process must not close the connection whose transaction the test lives in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def forget_what_the_process_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of one test are keys of the next: what a process remembers for seconds must not outlive its test.

    Within it, it holds: on a busy machine it would be asked for anew between two counts of statements.
    """
    from fedele.records import fields

    known: Any = caches["process"]
    known.clear()
    fields.forget_custom_fields()
    monkeypatch.setattr(fields, "_CUSTOM_SECONDS", 3600.0)
    monkeypatch.setattr(known, "_has_expired", lambda key: key not in known._expire_info)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: Any) -> None:
    """A browser asks several things at once: in memory, where nobody waits for anybody, SQLite would refuse some of them."""
    settings = connections["default"].settings_dict
    if os.environ.get("FEDELE_BROWSER") and "sqlite" in settings["ENGINE"]:
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("journeys") / "journeys.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    from tests.browser.fetch import ensure_browser

    # Sync Playwright runs an event loop in the test's thread, beside which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {"executable_path": os.environ.get("FEDELE_BROWSER") or str(ensure_browser()), "args": BROWSER_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # Without a language the browser from npm reports one that Intl refuses.
    return {**browser_context_args, "locale": "it-IT", "timezone_id": "Europe/Rome", "service_workers": "block"}
