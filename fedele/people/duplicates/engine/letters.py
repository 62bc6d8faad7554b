"""Text as it is compared: lower-case letters and digits without accents, apostrophes and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Letters that no decomposition turns into plain ones.
_PLAIN = str.maketrans({
    "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "'": None, "’": None, "‘": None, "`": None, "´": None, "ʼ": None, "′": None,
})  # fmt: skip
_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_NO_DIGIT = re.compile(r"[^0-9]+")
_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> tuple[str, ...]:
    """«Officine D'Angelo S.r.l., Città» → officine dangelo srl citta."""
    return (text.lower(),) if text.isascii() and text.isalnum() else _several(text)


@lru_cache(maxsize=50_000)
def _several(text: str) -> tuple[str, ...]:
    text = text.lower().translate(_PLAIN)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    if "." in text:
        text = _ACRONYM.sub(lambda found: found[0].replace(".", "") + " ", text)
    return tuple(_WORD.findall(text))


def digits(text: str) -> str:
    return text if text.isdigit() else _NO_DIGIT.sub("", text)


def code(text: str) -> str:
    """A code without spaces, points and dashes: «it 0123.456-7897» → IT01234567897."""
    return text.upper() if text.isalnum() else "".join(mark for mark in text.upper() if mark.isalnum())
