"""Addresses of the API that no declaration gives: a department names its router, and loads it only when the API is built."""

from __future__ import annotations

_routers: dict[str, str] = {}


def adds_router(slug: str, path: str) -> None:
    """`adds_router("invoices", "fedele.billing.api.router")`: a Ninja router under /api/v1/invoices."""
    _routers[slug] = path


def further() -> dict[str, str]:
    return dict(_routers)
