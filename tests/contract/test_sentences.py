"""What happened is told in words: no list of sentences lies about unread, and no privacy act shows its code."""

from __future__ import annotations

import sys
from pathlib import Path

from django.utils import translation

import fedele
from fedele.journal.sentences import sentence_of

ROOT = Path(fedele.__file__).parent


def test_every_list_of_sentences_is_loaded() -> None:
    files = {
        ".".join(("fedele", *file.relative_to(ROOT).with_suffix("").parts)) for file in ROOT.rglob("*/sentences.py")
    }
    assert files - set(sys.modules) == set()


def test_a_file_that_was_given_out_is_told() -> None:
    with translation.override("en"):
        assert sentence_of("contact.file_given", {}) == "gave out the whole file of this person"
    with translation.override("it"):
        assert sentence_of("lead.file_given", {}) == "ha consegnato tutti i dati di questa persona"
