"""HTML that was typed or pasted here, reduced to what our editor makes."""

from __future__ import annotations

import re

import nh3

from fedele.ui.formatted.pictures import kept, without_strangers

TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "i", "img", "li", "ol", "p", "pre", "s",
    "strong", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "width", "height"}}
#: With everything in them.
GONE = {
    "script",
    "style",
    "figcaption",
    "title",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "noscript",
    "textarea",
    "select",
}
SCHEMES = {"http", "https", "mailto", "tel"}
_TAG = re.compile(r"<[^>]{0,2000}>")
#: Lines alone are no formatting.
_FORMATTED = re.compile(r"<(?!/|br>|div>|p>)")
_INLINE = "(?:a|b|code|del|em|i|s|strong|u)"
#: A space beside a word that is formatted, which editors make one that never breaks.
_NEEDLESS = re.compile(rf"(</{_INLINE}>|[^\s;>])&nbsp;(?=[^\s&<]|<{_INLINE}\b)")
#: Nobody formats so much by hand; what is nested thousands deep would only cost time.
MOST_TAGS = 8_000


def tidy(html: str) -> str:
    """The same words with the formatting we know."""
    shallow = html if html.count("<") <= MOST_TAGS else _TAG.sub(" ", html)
    clean = nh3.clean(
        shallow,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        clean_content_tags=GONE,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return _NEEDLESS.sub(r"\1 ", without_strangers(clean))


def is_formatted(html: str) -> bool:
    """Whether a tidy text is more than lines."""
    return bool(_FORMATTED.search(html))
