"""Address cards (vCard 2.1, 3.0, 4.0) as rows: one a card, with the same columns for every file."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fedele.records.reading.card_properties import Property, parts_of, properties, text_of
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
_NAMES = frozenset([*_SIMPLE, "N", "ORG", "TEL", "ADR"])
#: In characters, some for each line; a card may contain a photograph.
_LONGEST_CARD = 50_000_000


class Cards:
    kind = "vcard"
    delimiter = sheet = ""
    sheets: tuple[str, ...] = ()
    headers = COLUMNS

    def __init__(self, source: Source, encoding: str | None = None) -> None:
        facts = examine(source, encoding, longest_line=16)
        self.source, self.encoding, self.warnings, self.line_count = source, facts.encoding, facts.warnings, facts.lines
        if next(self.records(), None) is None:
            raise UnreadableFile(_("There is no address card in this file."))

    def records(self) -> Iterator[Row]:
        with self.source.path.open(encoding=self.encoding, errors="replace") as stream:
            card: list[str] | None = None
            begun = size = 0
            for number, line in enumerate(stream, start=1):
                text = line.rstrip("\r\n")
                marker = text.strip().lstrip("\ufeff").upper() if len(text) < 40 else ""
                if marker == "BEGIN:VCARD" and card is None:
                    card, begun, size = [], number, 0
                elif marker == "END:VCARD" and card is not None:
                    yield _row(begun, card)
                    card = None
                elif card is not None:
                    card.append(text)
                    size += len(text) + 100
                    if size > _LONGEST_CARD:
                        raise UnreadableFile(_("The card that begins in line %(line)s never ends.") % {"line": begun})
            if card is not None:
                yield Row(begun, [""] * len(COLUMNS), _("This card has no end: the file was perhaps cut short."))


def _row(line: int, card: list[str]) -> Row:
    cells = [""] * len(COLUMNS)
    for found in properties(card, _NAMES):
        _place(cells, found)
    if any("\0" in cell for cell in cells):
        return Row(line, cells, _("There is a NUL character in this row, which no text contains."))
    return Row(line, cells)


def _place(cells: list[str], found: Property) -> None:
    if found.name == "N":
        _put_parts(cells, _NAME, found.value)
    elif found.name == "ADR":
        home = "HOME" in found.types and "WORK" not in found.types
        names = tuple(f"Home {name.lower()}" if name and home else name for name in _ADDRESS)
        if not any(cells[_PLACE[name]] for name in names if name):
            _put_parts(cells, names, found.value)
    elif found.name == "ORG":
        organisation, *units = parts_of(found.value)
        _put(cells, ("Organisation",), organisation)
        _put(cells, ("Department",), ", ".join(unit for unit in units if unit))
    elif found.name == "TEL":
        _put(cells, _telephone(found.types), text_of(found.value).removeprefix("tel:"))
    elif found.name == "CATEGORIES":
        _put(cells, _SIMPLE["CATEGORIES"], ", ".join(parts_of(found.value, ",")))
    else:
        _put(cells, _SIMPLE[found.name], text_of(found.value).removeprefix("mailto:"))


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
    for name, text in zip(names, parts_of(value), strict=False):
        if name and text:
            _put(cells, (name,), text)
