"""What no declaration gives the API: a department names its router, or its form, and loads it only when the API is built."""

from __future__ import annotations

_routers: dict[str, str] = {}
_forms: dict[str, str] = {}


def adds_router(slug: str, path: str) -> None:
    """`adds_router("invoices", "fedele.billing.api.router")`: a Ninja router under /api/v1/invoices."""
    _routers[slug] = path


def takes_form(key: str, path: str) -> None:
    """`takes_form("document", "fedele.knowledge.documents.api.form")`: records of this type are created by a form, too."""
    _forms[key] = path


def further() -> dict[str, str]:
    return dict(_routers)


def form_of(key: str) -> str:
    return _forms.get(key, "")
