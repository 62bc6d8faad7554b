"""HTML somebody sent, made harmless: lines, lists, tables and links stay; nothing is run, fetched or laid over the page."""

from __future__ import annotations

from collections.abc import Callable

import nh3

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "font",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
#: With everything in them.
GONE = {"script", "style", "title", "template", "svg", "math", "iframe", "object", "noscript", "textarea", "select"}
SCHEMES = {"http", "https", "mailto", "tel", "cid"}
#: A letter is read, not printed as a book.
LONGEST = 1_000_000
MOST_SPAN, MOST_WIDTH = 50, 2000


def cleaned(html: str, *, picture: Callable[[str], str], with_pictures: bool = False) -> str:
    """`picture` answers the address of what a message carries itself (by its cid), "" for what it does not.

    Pictures from elsewhere are left out unless asked for; the page that shows them has a policy that lets them in.
    """

    own: set[str] = set()

    def kept(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            source = _source(value, picture, with_pictures)
            own.update([source] if source else [])
            return source
        if name in ("width", "height", "colspan", "rowspan", "start"):
            most = MOST_WIDTH if name in ("width", "height") else MOST_SPAN
            return value if value.isascii() and value.isdecimal() and int(value[:6]) <= most else None
        return value

    return nh3.clean(
        html[:LONGEST],
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        clean_content_tags=GONE,
        url_schemes=SCHEMES,
        # Asked after the filter: of addresses on this site only those of its own pictures are let through.
        url_relative=lambda url: url if url in own else None,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def has_pictures(html: str) -> bool:
    """Pictures from elsewhere that are not shown."""
    low = html[:LONGEST].lower()
    return "<img" in low and ('src="http' in low or "src='http" in low or "src=http" in low)


def _source(value: str, picture: Callable[[str], str], with_pictures: bool) -> str | None:
    scheme, _colon, rest = value.strip().partition(":")
    if scheme.lower() == "cid":
        return picture(rest.strip("<>")) or None
    return value if with_pictures and scheme.lower() in ("http", "https") else None
