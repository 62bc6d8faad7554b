"""A file brought in the way an earlier one was: the same columns, rules, and origin."""

from __future__ import annotations

from fedele.records.exchange.models import Import

#: What was said about the rows of that file alone.
_ONLY_THEN = ("left_out", "likes")
#: Of how that file was read, what the next one of the same maker has in common with it.
_IN_COMMON = ("decimal", "date_order")


def repeat(source: Import, earlier: Import, headers: list[str]) -> None:
    """Takes over what fits a file with these headers."""
    source.mapping = {header: told for header, told in earlier.mapping.items() if header in headers}
    source.constants = dict(earlier.constants)
    source.rules = {name: rule for name, rule in earlier.rules.items() if name not in _ONLY_THEN}
    source.reading = {name: earlier.reading[name] for name in _IN_COMMON if name in earlier.reading}
    if source.provenance is None:
        source.provenance = earlier.provenance
