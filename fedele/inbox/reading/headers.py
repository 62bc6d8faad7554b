"""Headers of a mail: addresses, ids, dates. Each is asked for by name and answered without ever raising."""

from __future__ import annotations

import datetime as dt
import re
from email.message import Message
from email.utils import parsedate_tz

from fedele.inbox.reading.answer import Address
from fedele.inbox.reading.characters import header_text

#: More of either is no mail to people.
MOST_ADDRESSES, MOST_IDS = 500, 100
_ID = re.compile(r"<([^<>\s]{1,998})>")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,120}@[^\s<>()\[\],;:\"@]{1,200}")
#: A quoted name, a comment, an address in brackets, or what separates two addresses.
_TOKEN = re.compile(
    r'(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,500}\?=)|"((?:[^"\\]|\\.){0,1000})"?|\(([^()]{0,1000})\)?|<([^<>]{0,1000})>?|([,;:])|([^"(<,;:=]+|=)'
)


def raw(message: Message, name: str) -> str:
    """The first header of that name that says anything, as it was sent; "" for none."""
    for known, value in message.raw_items():  # type: ignore[attr-defined]
        if known.lower() == name.lower() and str(value).strip():
            return str(value)
    return ""


def text(message: Message, name: str, limit: int = 2000) -> str:
    return header_text(raw(message, name), limit)


def every(message: Message, name: str) -> list[str]:
    return [header_text(str(value)) for known, value in message.raw_items() if known.lower() == name.lower()]  # type: ignore[attr-defined]


def addresses(value: str) -> list[Address]:
    """Everybody a header names, groups opened: (name, address). Encoded names are decoded after the cutting, not before."""
    found: list[Address] = []
    name, address = "", ""
    for match in _TOKEN.finditer(value[:200_000]):
        encoded, quoted, comment, bracket, mark, plain = match.groups()
        if mark in (",", ";"):
            found, name, address = _with(found, name, address), "", ""
        elif mark == ":":
            name = ""
        elif bracket is not None:
            address = bracket
        elif comment is not None:
            name = name or comment
        else:
            name += quoted.replace("\\", "") if quoted is not None else encoded or plain or ""
        if len(found) >= MOST_ADDRESSES:
            return found
    return _with(found, name, address)


def _with(found: list[Address], name: str, address: str) -> list[Address]:
    shown = header_text(name, 160).strip(" '")
    where = _ADDRESS.search(header_text(address, 400)) or _ADDRESS.search(shown if not address else "")
    if where is None:
        return found
    only = where[0].lower().strip(".'")
    # A name that is another address than the one behind it is a trick, and says nothing.
    return [*found, ("" if "@" in shown else shown, only)]


def people(message: Message, name: str) -> list[Address]:
    return addresses(", ".join(str(value) for known, value in message.raw_items() if known.lower() == name.lower()))  # type: ignore[attr-defined]


def sender(message: Message) -> Address:
    """Who says that they wrote it."""
    for name in ("From", "Sender", "Reply-To"):
        if found := addresses(raw(message, name)):
            return found[0]
    return ("", "")


def ids(value: str) -> list[str]:
    """Message-IDs without their brackets, in their order, each once; bare ones too."""
    found = _ID.findall(value[:100_000]) or [one for one in header_text(value).split() if "@" in one]
    return list(dict.fromkeys(found))[:MOST_IDS]


def first_id(message: Message, name: str) -> str:
    return next(iter(ids(raw(message, name))), "")


def date(value: str) -> dt.datetime | None:
    """In UTC. A zone no clock on Earth shows is left out; a day that is none is None."""
    try:
        found = parsedate_tz(value[:200])
        if found is None:
            return None
        offset = found[9] or 0
        zone = dt.timezone(dt.timedelta(seconds=offset)) if abs(offset) <= 14 * 3600 else dt.UTC
        return dt.datetime(*found[:6], tzinfo=zone).astimezone(dt.UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
