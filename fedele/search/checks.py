from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections


def trigrams(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Without pg_trgm the product works, but parts of words and misspelt words are sought by reading the vocabulary."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        if connections[alias].vendor != "postgresql" or _has_pg_trgm(alias):
            continue
        found.append(
            checks.Warning(
                "PostgreSQL's extension pg_trgm is not installed: parts of words and misspelt words are found slowly.",
                hint="As a superuser: CREATE EXTENSION pg_trgm; then run `manage.py rebuild_search --index-only`.",
                id="search.W001",
            )
        )
    return found


def _has_pg_trgm(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None
