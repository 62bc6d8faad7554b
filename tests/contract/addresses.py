"""Every address of the product as its URL map has it, with something to fill its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from fedele.records.registry import registry

#: What only documents have beside what every record type has.
OWN = ("api/v1/documents/<int:pk>/versions", "api/v1/documents/<int:pk>/file")


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    """`leads/<id:pk>/convert/`; what every record type has is one line, with its address or verb left open."""
    for pattern in (resolver or get_resolver()).url_patterns:
        whole = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield generic(whole)
        else:
            yield from routes(pattern, whole)


def generic(route: str) -> str:
    if route.startswith(OWN):
        return route
    for one in registry:
        base = f"api/v1/{one.slug}"
        if route == base or route.startswith(f"{base}/"):
            for verb in one.verbs:
                route = route.removesuffix(f"/{verb}") + "/<verb>" if route == f"{base}/<int:pk>/{verb}" else route
            return route.replace(base, "api/v1/<type>", 1)
    return route
