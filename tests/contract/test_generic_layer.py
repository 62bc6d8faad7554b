"""The generic layer names no concept: a fifth record type needs no line changed in it, and none forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from fedele.records.registry import registry

FEDELE = Path(__file__).resolve().parents[2] / "fedele"
PLATFORM = ("records", "ui", "base", "journal", "access", "search", "notices", "tasks")
#: File → word that means something else there, and what.
ELSEWHERE = {
    "base/house.py": {"company": "the company that runs the installation, not one it deals with"},
    "ui/styleguide.py": {"company": "a column of the examples"},
    "access/access.py": {"lead": "who leads a sales team"},
}
#: Concepts whose names are words of the trade everywhere: the page of a browser and a row of the search index are documents.
ANYWHERE = {"document", "documents"}
#: Pages that show each component with an example of what it may hold.
EXAMPLES = "styleguide"
#: A class of the style sheets: the cell a row is recognised by.
CLASSES = {"lead"}


def concepts() -> set[str]:
    """Every word by which a record type is known: key, address, class."""
    return {word.lower() for one in registry for word in (one.key, one.slug, one.model.__name__)} - ANYWHERE


def words(text: str) -> set[str]:
    """The words of an identifier or a string: `company_name`, `CompanyForm`, `/companies/`."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)}


def files(ending: str) -> list[Path]:
    found = [path for name in PLATFORM for path in (FEDELE / name).rglob(f"*{ending}")]
    return sorted(path for path in found if not {"tests", "migrations", "vendor", EXAMPLES} & set(path.parts))


def said_in_python(path: Path) -> Iterator[tuple[int, str]]:
    """(line, identifier or string) of the code; what explains it to a reader, docstrings and comments, may name examples."""
    tree = ast.parse(path.read_text())
    explaining = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
            yield node.lineno, node.value
        for name in ("id", "attr", "name", "arg", "module"):
            value = getattr(node, name, None)
            if isinstance(value, str):
                yield getattr(node, "lineno", 0), value


def said_in_template(path: Path) -> Iterator[tuple[int, str]]:
    """(line, name or string) inside of the expressions of a template: its words for readers are not code."""
    for line, kind, value in Environment(extensions=["jinja2.ext.i18n"]).lex(path.read_text()):
        if kind == "name" or (kind == "string" and " " not in value and value.strip("\"'") not in CLASSES):
            yield line, value


def said_in_script(path: Path) -> Iterator[tuple[int, str]]:
    code = re.sub(r"/\*.*?\*/", lambda found: "\n" * found.group().count("\n"), path.read_text(), flags=re.DOTALL)
    for number, line in enumerate(code.splitlines(), 1):
        yield number, re.sub(r"(^|\s)//.*", "", line)


@pytest.mark.parametrize(
    ("ending", "said"),
    [(".py", said_in_python), (".html", said_in_template), (".js", said_in_script)],
    ids=["python", "templates", "scripts"],
)
def test_no_concept_is_named(ending: str, said: object) -> None:
    names, found = concepts(), []
    paths = files(ending)
    assert paths
    for path in paths:
        allowed = ELSEWHERE.get(str(path.relative_to(FEDELE)), {})
        for line, text in said(path):  # type: ignore[operator]
            found += [
                f"{path.relative_to(FEDELE)}:{line} {text[:60]}" for word in words(text) & names if word not in allowed
            ]
    assert not found, "\n" + "\n".join(found)


def test_would_notice() -> None:
    assert words("company_name") & {"company"}
    assert words("/opportunities/12/") & {"opportunities"}
    assert words("LeadForm") & {"lead"}
    assert not words("misleading companyless") & {"lead", "company"}
    assert {"company", "companies"} <= concepts()
