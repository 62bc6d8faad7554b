"""The two databases search runs on. Each module has the same functions; what they promise is said in sqlite.py."""

from __future__ import annotations

from types import ModuleType

from django.db import connection

from fedele.search.engines import postgresql, sqlite


def engine() -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite
