"""A message as it is shown: plain text in which addresses of the web are links and called names stand out. Nothing else."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

#: Ends before what closes the sentence around it.
_URL = r"https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:!?)\]}…]"


def marked_up(text: str, names: list[str]) -> Markup:
    called = "|".join(rf"(?<![\w.@/])@{re.escape(name)}(?!\w)" for name in sorted(set(names), key=len, reverse=True))
    pattern = re.compile(f"({_URL})" + (f"|({called})" if called else "()(?!)"), re.IGNORECASE)
    parts, end = [], 0
    for found in pattern.finditer(text):
        parts += [escape(text[end : found.start()]), _link(found[1]) if found[1] else _name(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _link(url: str) -> Markup:
    shown = url if len(url) <= 60 else f"{url[:59]}…"
    return Markup('<a class="link" href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(
        url, shown
    )


def _name(name: str) -> Markup:
    return Markup('<span class="named">{}</span>').format(name)
