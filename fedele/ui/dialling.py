"""The address that dials a number when it is pressed. A department may know a better one than the device's own telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_ways: list[Callable[[str, Any], str]] = []


def dials(way: Callable[[str, Any], str]) -> Callable[[str, Any], str]:
    """Declares a way to dial: (number, user) → address, or "" for none."""
    _ways.append(way)
    return way


def dial(number: str, user: Any) -> str:
    return next((address for way in _ways if (address := way(number, user))), f"tel:{number}")
