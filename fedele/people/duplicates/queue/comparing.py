"""Records beside each other, of whatever types: a line for each thing by which one tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fedele.people.identity.characters import fold
from fedele.records.cells import EMPTY
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.page.facts import shown
from fedele.records.registry import registry

#: Label → the fields that say it, those of any type that has them. The first field names the line if there is no label.
LINES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("name"), ("name", "first_name", "last_name")),
    (_("company"), ("company_name", "company")),
    (_("job"), ("job",)),
    (_("VAT number"), ("vat_number",)),
    (_("tax code"), ("tax_code",)),
    (_("e-mail"), ("email",)),
    (_("phone"), ("phone",)),
    (_("mobile"), ("mobile",)),
    (_("street"), ("street",)),
    (_("place"), ("postcode", "city", "province")),
    (_("web site"), ("website",)),
    (_("state"), ("kind", "stage")),
    (_("owner"), ("owner",)),
    (_("last change"), ("updated_at",)),
)
#: Lines that say how things stand, not who it is: a difference in them means nothing.
AROUND = frozenset({"kind", "stage", "owner", "updated_at"})


@dataclass(frozen=True)
class Cell:
    html: str
    #: "" for nothing to compare, "same" as in the first record that says it, or "differs" from it.
    level: str = ""


@dataclass(frozen=True)
class Line:
    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        return any(cell.level == "differs" for cell in self.cells)


def lines_of(records: list[Any], user: Any) -> list[Line]:
    """What the records say, without what nobody says and what this user may not see."""
    fields = {key: fields_of(registry.by_key(key), user) for key in {one.record_type for one in records}}
    lines = []
    for label, names in LINES:
        cells = _cells(records, names, user, fields)
        if any(cell.html != EMPTY for cell in cells):
            lines.append(Line(capfirst(str(label)), cells))
    return lines


def _cells(
    records: list[Any], names: tuple[str, ...], user: Any, fields: dict[str, dict[str, RecordField]]
) -> list[Cell]:
    first, cells = "", []
    for record in records:
        record_type = registry.of(record)
        known = [fields[record.record_type][name] for name in names if name in fields[record.record_type]]
        html = _html(record_type, record, known, user)
        said = fold(" ".join(_plain(record, one) for one in known))
        level = "" if not said or not first or AROUND & set(names) else "same" if said == first else "differs"
        first = first or said
        cells.append(Cell(html, level))
    return cells


def _html(record_type: RecordType, record: Any, known: list[RecordField], user: Any) -> str:
    parts = [html for one in known if (html := shown(record_type, record, one, user)) != EMPTY]
    return type(EMPTY)(" ").join(parts) if parts else EMPTY


def _plain(record: Any, one: RecordField) -> str:
    if one.is_relation:
        return str(one.value_of(record) or "") if getattr(record, one.field.attname) else ""
    return str(one.value_of(record) or "")
