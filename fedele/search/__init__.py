"""How a record is found: one index of all that can be searched, on whichever database the product runs."""

from __future__ import annotations

from fedele.search.words import normalise

__all__ = ["Hit", "candidates", "find", "normalise", "rebuild", "statistics"]


def __getattr__(name: str):  # type: ignore[no-untyped-def]
    # Finding needs the models, which are not there yet when Django loads this package.
    if name in ("Hit", "candidates", "find"):
        from fedele.search import finding

        return getattr(finding, name)
    if name == "rebuild":
        from fedele.search.index import rebuild

        return rebuild
    if name == "statistics":
        from fedele.search.figures import statistics

        return statistics
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
