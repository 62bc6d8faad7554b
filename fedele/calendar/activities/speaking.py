"""Who spoke last with a customer, by whatever way: activities done, and what later departments know of, such as mail.

A department says where its part comes from: `@adds_spoken` on `(record, user) -> Spoken | None`, its newest; `record` may speak
for a whole group (`scope_of`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Spoken:
    at: dt.datetime
    #: «call», «e-mail received»
    how: str
    who: str
    url: str


Source = Callable[[Any, Any], Spoken | None]
_sources: list[Source] = []


def adds_spoken(source: Source) -> Source:
    _sources.append(source)
    return source


def last_spoken(record: Any, user: Any) -> Spoken | None:
    """The newest of all, as far as this user may see them."""
    found = [one for source in _sources if (one := source(record, user)) is not None]
    return max(found, key=lambda one: one.at, default=None)
