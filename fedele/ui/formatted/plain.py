"""A formatted text as plain text: links as «text <address>», lists with dashes, quotations with >, pictures as [name]."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from fedele.ui.formatted.pictures import name_of

BLOCKS = frozenset(("blockquote", "div", "h1", "h2", "h3", "li", "ol", "p", "pre", "ul"))
#: Marks before a line; deeper quotations and lists are told no further.
DEEPEST = 12
_SPACES = re.compile(r"[ \t\r\n\f]+")


def plain_of(html: str) -> str:
    """Of tidy HTML; see `cleaning.tidy`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        #: What stands before each line of the quotations and list items that are open: [first line, further lines].
        self.within: list[list[str]] = []
        #: Of each list that is open, the number of its next item; 0 for dashes.
        self.counts: list[int] = []
        self.links: list[tuple[str, list[str]]] = []
        self.as_it_is = 0

    def text(self) -> str:
        self._end()
        return "\n".join(self.lines).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._push()
        elif tag == "img":
            self._say(f"[{name_of(dict(attrs).get('src') or '')}]")
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", []))
        elif tag in BLOCKS:
            self._end()
            self._enter(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self._link(*self.links.pop())
        elif tag in BLOCKS:
            self._end()
            self._leave(tag)

    def handle_data(self, data: str) -> None:
        if self.as_it_is:
            first, *rest = data.split("\n")
            self._say(first)
            for one in rest:
                self._push()
                self._say(one)
            return
        words = _SPACES.sub(" ", data)
        self._say(words.lstrip(" ") if not self.line or self.line.endswith(" ") else words)

    def _enter(self, tag: str) -> None:
        if tag == "p" and self.lines and self.lines[-1].strip("> "):
            self._push()
        elif tag == "blockquote":
            self.within.append(["> ", "> "])
        elif tag in ("ul", "ol"):
            self.counts.append(int(tag == "ol"))
        elif tag == "li":
            self.within.append(self._mark())
        elif tag == "pre":
            self.as_it_is += 1

    def _leave(self, tag: str) -> None:
        if tag in ("blockquote", "li") and self.within:
            self.within.pop()
        elif tag in ("ul", "ol") and self.counts:
            self.counts.pop()
        elif tag == "pre":
            self.as_it_is -= 1

    def _mark(self) -> list[str]:
        number = self.counts[-1] if self.counts else 0
        if number:
            self.counts[-1] += 1
        mark = f"{number}. " if number else "- "
        return [mark, " " * len(mark)]

    def _say(self, words: str) -> None:
        if not words:
            return
        if not self.line:
            self.line = self._before()
        self.line += words.replace("\xa0", " ")
        for _address, said in self.links:
            said.append(words)

    def _before(self) -> str:
        """The marks of this line; an item shows its own only once."""
        marks = self.within[:DEEPEST]
        found = "".join(mark[0] for mark in marks)
        for mark in marks:
            mark[0] = mark[1]
        return found

    def _link(self, address: str, said: list[str]) -> None:
        bare = re.sub(r"^(mailto|tel):", "", address)
        if bare and "".join(said).strip() not in (bare, bare.rstrip("/"), address):
            self._say(f" <{bare}>" if said else f"<{bare}>")

    def _push(self) -> None:
        self.lines.append((self.line or self._before()).rstrip())
        self.line = ""

    def _end(self) -> None:
        if self.line:
            self._push()
