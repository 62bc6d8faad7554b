"""The value of a text that may be formatted, and how plain text becomes one."""

from __future__ import annotations

import re
from typing import Any, Self

from markupsafe import Markup, escape

from fedele.ui.formatted.cleaning import is_formatted, tidy
from fedele.ui.formatted.pictures import worded
from fedele.ui.formatted.plain import plain_of

_SPACES = re.compile(r"(?<= ) |^ ", re.MULTILINE)


class Formatted(str):
    """Plain text that knows how it is formatted; `html` is "" when it is not."""

    __slots__ = ("html",)
    html: str

    def __new__(cls, text: str, html: str = "") -> Self:
        made = super().__new__(cls, text)
        made.html = html if html and plain_of(html) == text else ""
        return made

    @classmethod
    def of(cls, html: str) -> Self:
        """Of what an editor sent, whoever made it."""
        clean = tidy(html)
        return cls(plain_of(clean), clean if is_formatted(clean) else "")

    @property
    def shown(self) -> Markup:
        """Tidied again, whoever stored it."""
        return Markup(worded(tidy(self.html))) if self.html else lifted(self)  # noqa: S704


def lifted(text: str) -> Markup:
    """Plain text as HTML that says the same: for an editor, or below something formatted."""
    if not text:
        return Markup("")
    spaced = _SPACES.sub("\xa0", text.replace("\r\n", "\n"))
    return Markup("<div>{}</div>").format(Markup("<br>").join(escape(line) for line in spaced.split("\n")))


def for_editor(value: Any) -> Markup:
    """What an editor begins with, for a value of whatever field."""
    return value.shown if isinstance(value, Formatted) else lifted(str(value or ""))


def settled(text: str, html: str) -> str:
    """The HTML beside a text, as long as it says the same."""
    return html if html and plain_of(html) == text else ""
