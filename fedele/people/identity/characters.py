"""What typing and pasting leave in a code: odd spaces, invisible marks, accents, points between the digits."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

#: No-break and thin spaces, zero-width and direction marks, which a web page or a PDF leaves in a copied code.
_INVISIBLE: dict[int, str | None] = dict.fromkeys(
    (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD, *range(0x202A, 0x202F))
)
_INVISIBLE |= dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F, 0x09, 0x0A, 0x0D), " ")
_SEPARATORS = {ord(mark): None for mark in " .-/_,:'’"}
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def tidy(value: Any) -> str:
    """`value` as text, on one line, without invisible marks, single spaces only."""
    if value is None:
        return ""
    text = value if type(value) is str else str(value)
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    return " ".join(text.split()) if " " in text else text


def compact(text: str) -> str:
    """Upper case without spaces, points, dashes and the like: a code as it is compared."""
    return text.upper() if text.isalnum() else text.translate(_SEPARATORS).upper()


def fold(text: str) -> str:
    """Lower-case ASCII letters and digits only: «Forlì-Cesena» → `forlicesena`; for looking names up."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return _NOT_ALPHANUMERIC.sub("", plain)
