"""Names and telephone numbers in their short and their readable form."""

from __future__ import annotations

import functools
from typing import Any


def initials(name: Any) -> str:
    """Two letters for an avatar: the first of the first two words, or the first two of a single word."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    if not words:
        return "–"
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()


@functools.lru_cache(maxsize=4096)
def tel(number: str | None) -> str:
    """+390303312450 as +39 030 331 2450; what is no valid number stays as it was written."""
    if not number or not number.startswith("+"):
        return number or ""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
