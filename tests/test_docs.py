"""What README, guide and promises say must be so: commands, settings, sign-ins, paths, links, tests."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from fedele.commands import COMMANDS
from fedele.demo.cast import CAST, PASSWORD

ROOT = Path(__file__).resolve().parent.parent
READMES = ["README.md", "README.it.md"]
PAGES = [ROOT / name for name in (*READMES, "SECURITY.md")] + sorted((ROOT / "docs").rglob("*.md"))
MISSION = {"CUS": 13, "MKT": 12, "SAL": 12, "DEL": 5, "SER": 11, "MGT": 7, "ANA": 6, "PLA": 11}
PROMISED = [
    *(f"R{n}" for n in range(1, 304)),
    *(f"K-{n:02}" for n in range(1, 43)),
    *(f"{part}-{n}" for part, count in MISSION.items() for n in range(1, count + 1)),
]
#: Set by the test suite alone.
NOT_FOR_OPERATORS = {"FEDELE_TESTING", "FEDELE_TASKS_BACKEND"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """Without the blocks of code, where a bracket is no link."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def headings(text: str) -> list[str]:
    return re.findall(r"^(#+) ", prose(text), flags=re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """As code hosting sites make them: small letters, no signs, hyphens for blanks."""
    titles = re.findall(r"^#+ (.+)$", prose(path.read_text(encoding="utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_paths_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    spoken_of = re.findall(r"`((?:fedele|tests|docs|bin|benchmarks)/[\w./-]*\w/?)(?:::\w+)?`", text)
    assert [path for path in sorted(set(spoken_of)) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("readme", READMES)
def test_commands_exist(readme: str) -> None:
    code = "\n".join(re.findall(r"^```sh\n(.*?)^```", read(readme), flags=re.DOTALL | re.MULTILINE))
    code += "\n".join(re.findall(r"`([^`\n]+)`", read(readme)))
    programs = set(re.findall(r"(?<![\w/])bin/(\w+)", code))
    commands = set(re.findall(r"\bfedele ([a-z][a-z-]+)\b", code))
    assert {"demo", "test", "bench"} <= programs
    assert {"serve", "worker", "migrate", "backup", "restore"} <= commands
    assert [name for name in programs if not (ROOT / "bin" / name).exists()] == []
    assert sorted(commands - set(COMMANDS)) == []


@cache
def read_by_the_product() -> set[str]:
    names = set()
    for path in (ROOT / "fedele/config").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        names |= set(re.findall(r"\b(?:text|flag|number|words)\(\s*\"([A-Z_]+)\"", text))
    return {f"FEDELE_{name}" for name in names}


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_explained_and_no_other(readme: str) -> None:
    table = re.findall(r"^\| `(FEDELE_[A-Z_]+)` \|", read(readme), flags=re.MULTILINE)
    assert len(table) == len(set(table))
    assert set(table) == read_by_the_product() - NOT_FOR_OPERATORS
    assert set(re.findall(r"FEDELE_[A-Z_]*[A-Z]\b", read(readme))) <= set(table)


@pytest.mark.parametrize("readme", READMES)
def test_sign_ins_are_those_of_the_cast(readme: str) -> None:
    text = read(readme)
    assert re.findall(r"^\| `([\w.]+@[\w.]+)` \| ([^|]+) \|", text, flags=re.MULTILINE) == [
        (person.email, person.name) for person in CAST
    ]
    assert f"`{PASSWORD}`" in text


def test_both_languages_say_the_same_things() -> None:
    assert headings(read("README.md")) == headings(read("README.it.md"))
    english, italian = (sorted(path.name for path in (ROOT / "docs/guide" / code).iterdir()) for code in ("en", "it"))
    assert english == italian
    for name in english:
        assert headings(read(f"docs/guide/en/{name}")) == headings(read(f"docs/guide/it/{name}")), name


def test_pictures_are_small_and_used() -> None:
    pictures = list((ROOT / "docs/images").iterdir())
    assert [path.name for path in pictures if path.stat().st_size > 250_000] == []
    said = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [path.name for path in pictures if path.name not in said] == []


@cache
def rows() -> list[list[str]]:
    lines = read("docs/promises.md").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in cells if row[0] != "Id"]


def test_every_promise_has_one_line() -> None:
    assert [row[0] for row in rows()] == PROMISED
    assert {len(row) for row in rows()} == {4}
    assert {row[1] for row in rows()} == {"kept", "partly", "not yet"}


@cache
def functions_of(path: str) -> set[str]:
    if not (ROOT / path).exists():
        return set()
    tree = ast.parse(read(path))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_what_is_kept_has_tests_that_exist() -> None:
    wrong = []
    for key, state, _promise, tests in rows():
        found = re.findall(r"`([\w/.]+)::(\w+)`", tests)
        if bool(found) != (state != "not yet"):
            wrong.append(f"{key} is {state} with {len(found)} tests")
        wrong += [f"{key}: {path}::{test}" for path, test in found if test not in functions_of(path)]
    assert wrong == []


@cache
def texts_of_the_product() -> dict[str, set[str]]:
    """Each message in small letters, with its Italian ones: a word may be a button here and a heading there."""
    found: dict[str, set[str]] = {}
    with (ROOT / "fedele/locale/it/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file):
            if isinstance(message.id, str) and isinstance(message.string, str):
                found.setdefault(message.id.lower(), set()).add(message.string.lower())
    return found


def bold(language: str, name: str) -> list[str]:
    return re.findall(r"\*\*([^*]+?)\.?\*\*", prose(read(f"docs/guide/{language}/{name}")).lower())


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs/guide/en").iterdir()))
def test_the_guide_quotes_the_screen(name: str) -> None:
    """Words in bold are texts of the product, and the Italian page quotes the same ones as the English."""
    texts, english, italian = texts_of_the_product(), bold("en", name), set(bold("it", name))
    assert [words for words in english if words not in texts] == []
    assert [words for words in english if not texts[words] & italian] == []
    assert italian <= {translated for words in english for translated in texts[words]}
