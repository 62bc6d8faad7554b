"""Pictures in a formatted text: none but those somebody brought here, by the address they are kept at.

The address ends with the picture's name, which is what stands for it in the plain text: [logo.png].
"""

from __future__ import annotations

import re
from collections.abc import Callable

#: Sent here, it is kept; what it is then called begins so. The middle part cannot be guessed: who knows it has read the text.
PLACE = "/pictures/"
ADDRESS = re.compile(rf"{PLACE}[\w-]{{32}}/([\w.-]{{1,80}})", re.ASCII)
#: Of tidy HTML, in which a picture has no attribute that somebody worded.
_PICTURE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_WITHOUT = re.compile(r'<img\b(?![^>]*\ssrc=")[^>]*>')
MOST_WIDE = 2000


def kept(tag: str, name: str, value: str) -> str | None:
    """Which attributes of a picture stay."""
    if tag != "img":
        return value
    if name == "src":
        return value if ADDRESS.fullmatch(value) else None
    return value if value.isascii() and value.isdecimal() and int(value[:6]) <= MOST_WIDE else None


def without_strangers(html: str) -> str:
    """Pictures of elsewhere have lost their address by now."""
    return _WITHOUT.sub("", html)


def addresses_in(html: str) -> list[str]:
    return [one for one in dict.fromkeys(_PICTURE.findall(html)) if ADDRESS.fullmatch(one)]


def name_of(address: str) -> str:
    found = ADDRESS.fullmatch(address)
    return found[1] if found else ""


def swapped(html: str, other: Callable[[str], tuple[str, str] | None]) -> str:
    """Each picture with another address and words for who does not see it; None leaves the picture out."""

    def put(found: re.Match[str]) -> str:
        made = other(found[1])
        if made is None:
            return ""
        words = f' alt="{made[1]}"' if made[1] else ""
        bare = re.sub(r' alt="[^"]*"', "", found[0])
        return bare.replace(f'src="{found[1]}"', f'src="{made[0]}"{words}')

    return _PICTURE.sub(put, html)


def worded(html: str) -> str:
    """For a page: each with its name as what is read out."""
    return swapped(html, lambda address: (address, name_of(address)))
