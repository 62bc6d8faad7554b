from __future__ import annotations

import re

from django.db import models

#: Search keeps so many words of each: a passage is no longer than that.
WORDS = 500
_SPACE = re.compile(r"\s+")


class Passage(models.Model):
    """A stretch of a document's text, found by itself: so a word on page 300 is found as well as one on page 1."""

    document = models.ForeignKey("knowledge.Document", on_delete=models.CASCADE, related_name="passages")
    page = models.PositiveIntegerField(null=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]


def cut(parts: list[str]) -> list[tuple[int, str]]:
    """(page, text) of the passages: no longer than search keeps the words of, and never over two pages."""
    found: list[tuple[int, str]] = []
    for page, part in enumerate(parts, 1):
        words = _SPACE.split(part.strip())
        pieces = (words[start : start + WORDS] for start in range(0, len(words), WORDS))
        found += [(page, " ".join(word[:60] for word in piece)) for piece in pieces if any(piece)]
    return found
