"""The generic code names no concept: what it does for companies it does for every declared record type."""

from __future__ import annotations

import ast
from pathlib import Path

from fedele.records.registry import registry

ROOT = Path(__file__).resolve().parent.parent
GENERIC = ["journal", "base", "search", "tasks", "notices", "records"]
DEPARTMENTS = ("fedele.people", "fedele.sales")
#: The company that uses Fedele, and the column that the organisation on a business card is read into.
OTHER_THINGS = {"fedele/base/house.py: Company", "fedele/records/reading/vcards.py: company"}


def concepts() -> set[str]:
    types = list(registry)
    return {word for one in types for word in (one.key, one.slug, one.model.__name__)}


def named_in(tree: ast.AST) -> set[str]:
    """Whole names, attributes and strings; a comment or a sentence may speak of a company."""
    words: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.Constant(value=str(word)) | ast.arg(arg=word):
                words.add(word)
            case ast.ImportFrom(module=str(module)) if module.startswith(DEPARTMENTS):
                words.add(module)
    return words


def test_generic_code_names_no_concept() -> None:
    forbidden = concepts()
    found = []
    for department in GENERIC:
        for path in sorted((ROOT / "fedele" / department).rglob("*.py")):
            if {"migrations", "tests"} & set(path.parts):
                continue
            words = named_in(ast.parse(path.read_text(encoding="utf-8")))
            named = {word for word in words if word in forbidden or word.startswith(DEPARTMENTS)}
            found += [f"{path.relative_to(ROOT)}: {word}" for word in sorted(named)]
    assert set(found) == OTHER_THINGS
