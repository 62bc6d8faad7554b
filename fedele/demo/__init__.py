"""Officine Aurora of Brescia, who sell machine tools: no real company, with three years of life until today.

`load` fills an empty database with it, from a hundred customers to a million. The same seed and the same day give the
same data. Names, figures and texts are invented; addresses end in `.example`, so that no mail can reach anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any


def load(
    customers: int,
    seed: int = 1,
    *,
    today: dt.date | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, Any]:
    """See `fedele.demo.loading.load`; here so that what makes the rows can be imported without Django."""
    from fedele.demo.loading import load as load_now

    return load_now(customers, seed, today=today, progress=progress)
