"""The cast as fixtures: `cast.giulia`, `cast.luca`, or each by name. The people are those of fedele/demo/cast.py.

Everybody has their team and role and no password: sign in with `client.force_login(giulia)`.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fedele.demo.cast import install


@pytest.fixture
def cast(db: Any) -> SimpleNamespace:
    """All colleagues of Officine Aurora by their key."""
    return SimpleNamespace(**install(password=""))


@pytest.fixture
def giulia(cast: SimpleNamespace) -> Any:
    """Sells; in Luca's team."""
    return cast.giulia


@pytest.fixture
def luca(cast: SimpleNamespace) -> Any:
    """Leads the sales team of the north."""
    return cast.luca


@pytest.fixture
def chiara(cast: SimpleNamespace) -> Any:
    """Answers customers."""
    return cast.chiara


@pytest.fixture
def marco(cast: SimpleNamespace) -> Any:
    """Repairs at customers'."""
    return cast.marco


@pytest.fixture
def anna(cast: SimpleNamespace) -> Any:
    """Runs marketing."""
    return cast.anna


@pytest.fixture
def dario(cast: SimpleNamespace) -> Any:
    """Directs; sees everything."""
    return cast.dario


@pytest.fixture
def sara(cast: SimpleNamespace) -> Any:
    """Administers Fedele."""
    return cast.sara


@pytest.fixture
def eva(cast: SimpleNamespace) -> Any:
    """May see nothing."""
    return cast.eva
