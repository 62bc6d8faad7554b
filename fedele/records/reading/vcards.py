"""Address cards (vCard 2.1, 3.0, 4.0) as rows: one a card, with the same columns for every file."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from fedele.records.reading.encodings import examine
from fedele.records.reading.refusals import Row, UnreadableFile
from fedele.records.reading.source import Source

#: The columns, in order. They are never translated: mappings are remembered by them.
COLUMNS = (
    "Full name", "Prefix", "First name", "Middle name", "Last name", "Suffix", "Nickname", "Organisation",
    "Department", "Job title", "Role", "E-mail", "E-mail 2", "E-mail 3",
    "Work phone", "Work phone 2", "Mobile phone", "Mobile phone 2", "Home phone", "Fax", "Other phone",
    "Street", "Postcode", "City", "Province", "Country", "Home street", "Home postcode",
    "Home city", "Home province", "Home country", "Web site", "Web site 2",
    "Birthday", "Categories", "Note", "UID",
)  # fmt: skip
_PLACE = {name: index for index, name in enumerate(COLUMNS)}
_SIMPLE = {
    "FN": ("Full name",), "NICKNAME": ("Nickname",), "TITLE": ("Job title",), "ROLE": ("Role",), "NOTE": ("Note",),
    "BDAY": ("Birthday",), "UID": ("UID",), "CATEGORIES": ("Categories",), "EMAIL": ("E-mail", "E-mail 2", "E-mail 3"),
    "URL": ("Web site", "Web site 2"),
}  # fmt: skip
_NAME = ("Last name", "First name", "Middle name", "Prefix", "Suffix")
_ADDRESS = ("", "", "Street", "City", "Province", "Postcode", "Country")
_PROPERTY = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TOKEN = {mark: re.compile(rf"\\\\.|[^\\\\{mark}]+|{mark}|\\\\", re.DOTALL) for mark in ";,"}
_LONGEST_LINE = 4_000_000
_LONGEST_VALUE = 131_072
_MAX_LINES = 200_000


class Property(NamedTuple):
    name: str
    types: frozenset[str]
    value: str


class Cards:
    kind = "vcard"
    delimiter = sheet = ""
    sheets: tuple[str, ...] = ()
    headers = COLUMNS

    def __init__(self, source: Source, encoding: str | None = None) -> None:
        facts = examine(source, encoding)
        self.source, self.encoding, self.warnings, self.line_count = source, facts.encoding, facts.warnings, facts.lines
        if next(self.records(), None) is None:
            raise UnreadableFile(_("There is no address card in this file."))

    def records(self) -> Iterator[Row]:
        with self.source.path.open(encoding=self.encoding, errors="replace") as stream:
            card: list[str] | None = None
            begun = number = 0
            for number, line in enumerate(stream, start=1):
                text = line.rstrip("\r\n")
                marker = text.strip().lstrip("\ufeff").upper() if len(text) < 40 else ""
                if marker == "BEGIN:VCARD" and card is None:
                    card, begun = [], number
                elif marker == "END:VCARD" and card is not None:
                    yield _row(begun, card)
                    card = None
                elif card is not None:
                    card.append(text)
                    if len(card) > _MAX_LINES:
                        break
            if card is not None:
                yield Row(begun, [""] * len(COLUMNS), _("This card has no end: the file was perhaps cut short."))


def _row(line: int, card: list[str]) -> Row:
    cells = [""] * len(COLUMNS)
    for text in _unfolded(card):
        found = _property(text)
        if found:
            _place(cells, found)
    if any("\0" in cell for cell in cells):
        return Row(line, cells, _("There is a NUL character in this row, which no text contains."))
    return Row(line, cells)


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


def _property(text: str) -> Property | None:
    if len(text) > _LONGEST_LINE:
        return None
    match = _PROPERTY.fullmatch(text)
    if not match:
        return None
    name, parameters, value = match[1].upper(), match[2], match[3]
    if name not in _SIMPLE and name not in ("N", "ORG", "TEL", "ADR"):
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


def _place(cells: list[str], found: Property) -> None:
    if found.name == "N":
        _put_parts(cells, _NAME, found.value)
    elif found.name == "ADR":
        home = "HOME" in found.types and "WORK" not in found.types
        names = tuple(f"Home {name.lower()}" if name and home else name for name in _ADDRESS)
        if not any(cells[_PLACE[name]] for name in names if name):
            _put_parts(cells, names, found.value)
    elif found.name == "ORG":
        company, *units = _parts(found.value)
        _put(cells, ("Organisation",), company)
        _put(cells, ("Department",), ", ".join(unit for unit in units if unit))
    elif found.name == "TEL":
        _put(cells, _telephone(found.types), _text(found.value).removeprefix("tel:"))
    elif found.name == "CATEGORIES":
        _put(cells, _SIMPLE["CATEGORIES"], ", ".join(_parts(found.value, ",")))
    else:
        _put(cells, _SIMPLE[found.name], _text(found.value).removeprefix("mailto:"))


def _telephone(types: frozenset[str]) -> tuple[str, ...]:
    if "FAX" in types:
        return ("Fax",)
    if types & {"CELL", "MOBILE", "IPHONE"}:
        return ("Mobile phone", "Mobile phone 2", "Other phone")
    if "HOME" in types:
        return ("Home phone", "Other phone")
    if types & {"PAGER", "CAR", "MODEM"}:
        return ("Other phone",)
    return ("Work phone", "Work phone 2", "Other phone")


def _put(cells: list[str], places: tuple[str, ...], text: str) -> None:
    """Into the first place still free; a value said twice is said once."""
    for name in places:
        index = _PLACE[name]
        if cells[index] == text:
            return
        if not cells[index]:
            cells[index] = text
            return


def _put_parts(cells: list[str], names: tuple[str, ...], value: str) -> None:
    for name, text in zip(names, _parts(value), strict=False):
        if name and text:
            _put(cells, (name,), text)


def _parts(value: str, separator: str = ";") -> list[str]:
    """The components of a value; a separator after a backslash belongs to the text."""
    pieces = [""]
    for token in _TOKEN[separator].findall(value):
        if token == separator:
            pieces.append("")
        else:
            pieces[-1] += token
    return [_text(piece) for piece in pieces]


def _text(value: str) -> str:
    if "\\" in value:
        value = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
    return value.strip()
