"""Facts a command answers with: lines for people, one JSON document for programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from typing import Any


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer with one JSON document")


def answer(options: argparse.Namespace, facts: dict[str, Any], lines: Iterable[str]) -> None:
    if options.json:
        print(json.dumps(facts, ensure_ascii=False, default=str))
        return
    for line in lines:
        print(line)


def outline(facts: Any, depth: int = 0) -> Iterable[str]:
    """Nested facts as indented lines, in the order they were given."""
    margin = "  " * depth
    if isinstance(facts, dict):
        for key, value in facts.items():
            if isinstance(value, dict | list | tuple) and value:
                yield f"{margin}{key}:"
                yield from outline(value, depth + 1)
            else:
                yield f"{margin}{key}: {'–' if value in (None, '', [], {}, ()) else value}"
    elif isinstance(facts, list | tuple):
        for value in facts:
            if isinstance(value, dict | list | tuple):
                yield from outline(value, depth)
            else:
                yield f"{margin}{value}"
    else:
        yield f"{margin}{facts}"
