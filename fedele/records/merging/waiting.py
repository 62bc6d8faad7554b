"""Work on records that others may be holding: it lets go of its own and tries again, so that nobody waits in a ring."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused

#: Whoever waits longer than this for another's lock lets go of its own and tries again: two never wait for each other.
PATIENCE, TRIES = "700ms", 6


def patiently(attempt: Callable[[], Any]) -> Any:
    """Runs it in a transaction; when others hold what it needs it lets go of everything, and tries again."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                _wait_at_most(f"'{PATIENCE}'")
                done = attempt()
                _wait_at_most("DEFAULT")
                return done
        except OperationalError as error:
            if not _is_waiting(error):
                raise
            if not left:
                raise Refused(_("Somebody is working on these records right now. Try again in a moment.")) from error
            time.sleep(random.uniform(0.05, 0.4))  # noqa: S311 (no secret)
    raise AssertionError("unreachable")


def _wait_at_most(limit: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {limit}")


def _is_waiting(error: OperationalError) -> bool:
    """Somebody else holds what is needed: a lock not given in time, or a ring of waiters broken up."""
    state = getattr(error.__cause__, "sqlstate", "")
    return state in ("55P03", "40P01") or "database is locked" in str(error)
