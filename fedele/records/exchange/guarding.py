"""Texts that a spreadsheet would take for formulas: an apostrophe in front on the way out, none on the way in."""

from __future__ import annotations

import re
from typing import Any

_MARKS = r"[=+\-@|\t\r＝＋－＠]"
#: Numbers and telephones begin with a sign too, and stay what they are.
_RISKY = re.compile(r"[=@|\t\r＝＋－＠]|[+-](?![0-9][0-9 .,]*\Z)")
_GUARDED = re.compile(rf"'+{_MARKS}")


def guarded(value: Any) -> str:
    """The text as it stands in a file that spreadsheets open."""
    text = "" if value is None else str(value)
    return f"'{text}" if _RISKY.match(text) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
