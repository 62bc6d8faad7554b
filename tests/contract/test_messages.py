"""The product speaks two languages, both complete: the sources are English, the Italian is one catalogue."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
ITALIAN = ROOT / "fedele/locale/it/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{[^{}]*\}")
STRAIGHT = re.compile(r"\w'\w|[“”\"]")
#: One word a thing, on the screen too: where the English says the first, the Italian says the second.
WORDS = (
    (r"\bleads?\b", r"nominativ[oi]|guid[aio]|responsabile|collaboratore|portano"),
    (r"\b(company|companies)\b", r"aziend[ae]|aziendal[ei]|impres[ae]"),
    (r"\bcontacts?\b", r"contatt\w+"),
    (r"\bopportunit(y|ies)\b", r"trattativ[ae]"),
    (r"\bsales process(es)?\b", r"iter"),
    (r"\bstages?\b", r"fas[ei]|stage\."),
    (r"\btickets?\b", r"segnalazion[ei]"),
    (r"\btrash\b", r"cestino"),
    (r"\bnotices?\b", r"avvis[oi]|informativa"),
    (r"\bviews?\b", r"vist[ae]|consultazioni"),
    (r"\bboard\b", r"bacheca"),
    (r"\brecords?\b", r"sched[ae]"),
)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with ITALIAN.open("rb") as file:
        return read_po(file, locale="it")


@pytest.fixture(scope="module")
def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_every_text_has_its_italian(messages: list[Message]) -> None:
    untold = [message.id for message in messages if message.fuzzy or not all(forms(message.string))]
    assert untold == []


def test_placeholders_are_those_of_the_source(messages: list[Message]) -> None:
    wrong = [
        (source, italian)
        for message in messages
        for source, italian in zip(forms_of_source(message), forms(message.string), strict=True)
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(italian))
    ]
    assert wrong == []


def test_apostrophes_and_quotes_are_typographic(messages: list[Message]) -> None:
    wrong = [text for message in messages for text in forms(message.string) if STRAIGHT.search(text)]
    assert wrong == []


def test_one_word_a_thing(messages: list[Message]) -> None:
    wrong = [
        (source, italian)
        for message in messages
        for source, italian in zip(forms_of_source(message), forms(message.string), strict=True)
        for english_word, italian_word in WORDS
        if re.search(english_word, PLACEHOLDER.sub("", source), re.IGNORECASE)
        and not re.search(italian_word, italian, re.IGNORECASE)
    ]
    assert wrong == []


def test_catalogue_is_in_step_with_the_sources(catalogue: Catalog, tmp_path: Path) -> None:
    """Run bin/messages and translate what it brings when this fails."""
    with extracted(tmp_path).open("rb") as file:
        sources = {(message.context, source_of(message)) for message in read_po(file) if message.id}
    known = {(message.context, source_of(message)) for message in catalogue if message.id}
    assert (sorted(map(str, sources - known)), sorted(map(str, known - sources))) == ([], [])


def forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def forms_of_source(message: Message) -> tuple[str, ...]:
    return forms(message.id)


def source_of(message: Message) -> str:
    return forms(message.id)[0]


def extracted(folder: Path) -> Path:
    """The texts of the sources as bin/messages collects them."""
    found = re.search(r"-q (extract .*?) -o", (ROOT / "bin/messages").read_text(), re.DOTALL)
    assert found
    words = [word for word in found[1].replace("\\\n", " ").split() if word]
    pybabel = Path(sys.executable).with_name("pybabel")
    tool = [str(pybabel)] if pybabel.exists() else [shutil.which("pybabel") or "pybabel"]
    target = folder / "messages.pot"
    subprocess.run([*tool, "-q", *words, "-o", str(target), "."], cwd=ROOT, check=True)
    return target
