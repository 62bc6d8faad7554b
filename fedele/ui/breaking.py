"""Where an address may be broken that is longer than its line: after its @, its dots and its strokes, never within a word."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

#: A sign that ends a part, with two letters at least on either side: none stands alone on a line.
ENDS = re.compile(r"(?<=\w\w[@./_-])(?=\w\w)")
#: Letters of a word that may not fit a narrow column.
LONG = 24
BREAK = Markup("<wbr>")
TAG = re.compile(r"<[^>]*>")


def breakable(address: Any) -> Markup:
    return BREAK.join(escape(part) for part in ENDS.split(str(address)))


def broken(text: Any) -> Markup:
    """A sentence in which an address may stand: only what is long is broken."""
    words = str(text).split(" ")
    return Markup(" ").join(breakable(word) if len(word) > LONG else escape(word) for word in words)


def longest_part(html: str) -> int:
    """Letters of the longest piece of a line that is not to be broken."""
    words = TAG.sub("", html.replace(BREAK, " ")).split()
    return max(map(len, words), default=0)
