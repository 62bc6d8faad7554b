"""One address card taken apart into properties: folding, parameters, quoted-printable, escapes."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

_PROPERTY = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TOKEN = {mark: re.compile(rf"\\.|[^\\{mark}]+|{mark}|\\", re.DOTALL) for mark in ";,"}
_LONGEST_LINE = 4_000_000
_LONGEST_VALUE = 131_072


class Property(NamedTuple):
    name: str
    types: frozenset[str]
    value: str


def properties(card: list[str], names: frozenset[str]) -> Iterator[Property]:
    """The properties called one of `names` in the lines of a card; what makes no sense is passed over."""
    for text in _unfolded(card):
        found = _property(text, names)
        if found:
            yield found


def _unfolded(card: list[str]) -> Iterator[str]:
    """Lines put together again: a space in front continues, and so does a quoted-printable `=` at the end."""
    parts: list[str] = []
    printable = False
    for line in card:
        if parts and printable and parts[-1].endswith("="):
            parts.append("\n" + line)
        elif parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
        else:
            if parts:
                yield "".join(parts)
            parts = [line]
            printable = "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
    if parts:
        yield "".join(parts)


def _property(text: str, names: frozenset[str]) -> Property | None:
    if len(text) > _LONGEST_LINE:
        return None
    match = _PROPERTY.fullmatch(text)
    if not match:
        return None
    name, parameters, value = match[1].upper(), match[2], match[3]
    if name not in names:
        return None
    types, charset, printable = _parameters(parameters)
    if printable:
        value = _decoded(value.replace("=\n", ""), charset)
    return Property(name, frozenset(types), value[:_LONGEST_VALUE])


def _parameters(text: str) -> tuple[set[str], str, bool]:
    types: set[str] = set()
    charset, printable = "utf-8", False
    for parameter in text.upper().split(";"):
        key, equals, value = parameter.partition("=")
        if key == "CHARSET":
            charset = value.strip('"').lower()
        elif parameter in ("QUOTED-PRINTABLE", "ENCODING=QUOTED-PRINTABLE"):
            printable = True
        elif key == "TYPE" or not equals:
            types |= set((value if equals else key).strip('"').split(","))
        elif key == "PREF":
            types.add("PREF")
    return types, charset, printable


def _decoded(value: str, charset: str) -> str:
    content = quopri.decodestring(value.encode("latin-1", "replace"))
    try:
        return content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


def parts_of(value: str, separator: str = ";") -> list[str]:
    """The components of a value; a separator after a backslash belongs to the text."""
    pieces = [""]
    for token in _TOKEN[separator].findall(value):
        if token == separator:
            pieces.append("")
        else:
            pieces[-1] += token
    return [text_of(piece) for piece in pieces]


def text_of(value: str) -> str:
    if "\\" in value:
        value = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
    return value.strip()
