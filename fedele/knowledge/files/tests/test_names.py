"""Names from elsewhere are made fit to be read (A-14, A-54)."""

from __future__ import annotations

import unicodedata

import pytest

from fedele.knowledge.files.accepting import LONGEST_NAME, readable


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\temp\\a.pdf", "a.pdf"), ("a\u202egpj.pdf", "agpj.pdf"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"), ("NUL\x00.pdf", "NUL.pdf"), ("a.pdf . ", "a.pdf"),
        (unicodedata.normalize("NFD", "perché.pdf"), "perché.pdf"),
    ],
)  # fmt: skip
def test_names_are_made_fit_to_be_read(name: str, shown: str) -> None:
    assert readable(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert readable("x" * 300 + ".pdf") == "x" * (LONGEST_NAME - 4) + ".pdf"
