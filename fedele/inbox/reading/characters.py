"""Bytes to text, whatever they claim to be."""

from __future__ import annotations

import base64
import binascii
import codecs
import re

#: Codecs of Python that are no character sets of mail.
_ODD = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "utf-7", "mbcs", "oem"})
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\s]*)\?=")
#: What separates two encoded words belongs to neither.
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


def decode(data: bytes, charset: str = "") -> str:
    """UTF-8 wherever it is valid, for nothing else looks like it; then what is claimed; then what Windows writes."""
    name = _known(charset)
    if name.startswith(("utf_16", "utf_32", "iso2022", "hz")) and name:
        return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_windows(name), "replace")


def _known(charset: str) -> str:
    try:
        found = codecs.lookup(charset.strip().strip("\"'").replace(" ", "")).name.replace("-", "_")
        is_text = codecs.lookup(found)._is_text_encoding  # type: ignore[attr-defined]
    except (LookupError, ValueError, TypeError):
        return ""
    return found if is_text and found.replace("_", "-") not in _ODD and found not in _ODD else ""


def _windows(name: str) -> str:
    """Latin-1 and ASCII are written on Windows machines, as browsers have long taken for granted."""
    return "cp1252" if name in ("", "ascii", "iso8859_1", "utf_8") else name


def printable(text: str) -> str:
    """Without control characters, marks that turn the direction of what follows, and halves of characters."""
    return _UNSEEN.sub("", text).encode("utf-8", "replace").decode("utf-8")


def header_text(value: str, limit: int = 2000) -> str:
    """A header as a person reads it: encoded words decoded, raw bytes guessed, on one line, cut to `limit`."""
    value = value[: limit * 12]
    if "=?" in value:
        value = _words(value)
    elif any("\udc80" <= letter <= "\udcff" for letter in value):
        value = decode(value.encode("ascii", "surrogateescape") if _is_raw(value) else value.encode("utf-8", "replace"))
    return " ".join(printable(value).split())[:limit]


def _is_raw(value: str) -> bool:
    return all(letter < "\x80" or "\udc80" <= letter <= "\udcff" for letter in value)


def _words(value: str) -> str:
    """Neighbours in one character set are joined before they are decoded: programs cut in the middle of a character."""
    value = _BETWEEN.sub(r"\1", value)
    found, place, waiting, charset = [], 0, b"", ""
    for match in _WORD.finditer(value):
        between, name = value[place : match.start()], match[1].partition("*")[0]
        if waiting and (between or name.lower() != charset.lower()):
            found.append(decode(waiting, charset))
            waiting = b""
        found.append(_raw(between))
        waiting, charset, place = waiting + _content(match[2], match[3]), name, match.end()
    found += [decode(waiting, charset) if waiting else "", _raw(value[place:])]
    return "".join(found)


def _raw(text: str) -> str:
    return decode(text.encode("ascii", "surrogateescape")) if text and _is_raw(text) else text


def _content(way: str, text: str) -> bytes:
    data = text.encode("ascii", "replace")
    if way in "qQ":
        return binascii.a2b_qp(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return b""
