"""HTML of a mail as plain text, with what it quotes marked by ">" as in plain mail."""

from __future__ import annotations

import re
from html import unescape

import nh3

MOST = 600_000
#: How mail programs mark what they quote: as an attribute of the element around it, or of one just before it.
_AROUND = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite|OutlookMessageHeader|protonmail_quote|zmail_extra|ydp\w*yahoo_quoted"
)
_BEFORE = re.compile(
    r"divRplyFwdMsg|appendonsend|stopSpelling|mail-editor-reference|replySplit|ms-outlook-mobile-reference"
)
_TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
_BLOCKS = frozenset(
    "p div tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote pre section article header footer dl dd dt hr".split()
)
_KEPT = {*_BLOCKS, "br", "td", "th", "img"}
_ATTRIBUTES = {"div": {"class", "id"}, "blockquote": {"type", "class"}, "hr": {"id"}, "img": {"alt"}}
#: The line Outlook draws above what it quotes, which is nothing but a style.
_OUTLOOK_LINE = re.compile(r"border:\s*none;\s*border-top:\s*solid\s+#[0-9a-f]{6}\s+1", re.IGNORECASE)
_OUTLOOK_DIV = re.compile(r"<div\b(?=[^>]{0,300}border-top:\s*solid\s+#[0-9a-f]{6}\s+1)", re.IGNORECASE)


def as_text(html: str) -> str:
    """Linear in its length: made well-formed by a browser's own parser first, then read tag by tag."""
    if _OUTLOOK_LINE.search(html):
        html = _OUTLOOK_DIV.sub('<div id="appendonsend"></div><div', html, count=1)
    clean = nh3.clean(
        _shallow(html[:MOST]),
        tags=_KEPT,
        attributes=_ATTRIBUTES,
        clean_content_tags={"script", "style", "title", "head"},
        strip_comments=True,
    )
    return _Writer().write(clean)


def _shallow(html: str) -> str:
    """Nothing people write is nested thousands deep; what is would only cost time."""
    return html if html.count("<") < 40_000 else re.sub(r"<[^>]{0,2000}>", " ", html)


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = [""]
        self.depth = 0
        #: Elements that are open and began a quotation.
        self.open: list[bool] = []
        self.rest_is_quoted = False

    def write(self, html: str) -> str:
        place = 0
        for match in _TAG.finditer(html):
            self._say(html[place : match.start()])
            place = match.end()
            self._tag(match[1] == "/", match[2], match[3])
        self._say(html[place:])
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in self.lines)).strip("\n")

    def _say(self, text: str) -> None:
        words = re.sub(r"[ \t\r\n]+", " ", unescape(text)).replace("\xa0", " ")
        if words.strip() or (words and self.lines[-1].strip("> ")):
            if not self.lines[-1]:
                self.lines[-1] = self._prefix()
                words = words.lstrip()
            self.lines[-1] += words

    def _prefix(self) -> str:
        return "> " if self.depth or self.rest_is_quoted else ""

    def _break(self) -> None:
        self.lines[-1] = self.lines[-1] or self._prefix()
        self.lines.append("")

    def _tag(self, closing: bool, name: str, attributes: str) -> None:
        if name == "br":
            self._break()
        elif name in ("td", "th") and closing:
            self._say(" ")
        elif name in _BLOCKS:
            if self.lines[-1].strip("> "):
                self._break()
            if name == "p" and not closing and self.lines[-1:] == [""] and len(self.lines) > 1:
                self._break()
            self._quotation(closing, name, attributes)

    def _quotation(self, closing: bool, name: str, attributes: str) -> None:
        if _BEFORE.search(attributes):
            self.rest_is_quoted = True
        if name not in ("div", "blockquote"):
            return
        if not closing:
            quotes = name == "blockquote" or bool(_AROUND.search(attributes) and "moz-cite" not in attributes)
            self.open.append(quotes)
            self.depth += quotes
        elif self.open:
            self.depth -= self.open.pop()
