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

#: Label → the fields that say it, those of any type that has them.
LINES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("name"), ("first_name", "last_name")),
    # What a company is called stands where a person says where they work.
    (_("company"), ("name", "company_name", "company")),
    (_("job"), ("job",)),
    (_("VAT number"), ("vat_number",)),
    (_("tax code"), ("tax_code",)),
    (_("e-mail"), ("email",)),
    (_("phone"), ("phone",)),
    (_("mobile"), ("mobile",)),
    (_("street"), ("street",)),
    (_("place"), ("postcode", "city")),
    (_("web site"), ("website",)),
)
#: What says how things stand, not who it is: under the name of each, not compared.
AROUND = ("kind", "stage", "owner", "updated_at")


@dataclass(frozen=True)
class Cell:
    html: str
    #: "" for nothing to compare, "same" as a record before it says, or "differs" from all of them.
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


def standing_of(record: Any, user: Any) -> list[str]:
    """How things stand with it, whose it is and when it was changed last, as safe HTML."""
    record_type, fields = registry.of(record), fields_of(registry.of(record), user)
    found = [shown(record_type, record, fields[name], user) for name in AROUND if name in fields]
    return [html for html in found if html != EMPTY]


def _cells(
    records: list[Any], names: tuple[str, ...], user: Any, fields: dict[str, dict[str, RecordField]]
) -> list[Cell]:
    said_before: dict[bool, set[str]] = {True: set(), False: set()}
    cells = []
    for record in records:
        record_type = registry.of(record)
        known = [fields[record.record_type][name] for name in names if name in fields[record.record_type]]
        said, person = fold(" ".join(_plain(record, one) for one in known)), _is_person(record)
        level = ""
        if said and any(said in before for before in said_before.values()):
            level = "same"
        elif said and said_before[person]:
            level = "differs"
        said_before[person] |= {said} - {""}
        cells.append(Cell(_html(record_type, record, known, user), level))
    return cells


def _is_person(record: Any) -> bool:
    """A person differs from a person, and a company from a company: that they differ from each other says nothing."""
    return bool(getattr(record, "last_name", "") or getattr(record, "first_name", ""))


def _html(record_type: RecordType, record: Any, known: list[RecordField], user: Any) -> str:
    parts = [html for one in known if (html := shown(record_type, record, one, user)) != EMPTY]
    return type(EMPTY)(" ").join(parts) if parts else EMPTY


def _plain(record: Any, one: RecordField) -> str:
    if one.is_relation:
        return str(one.value_of(record) or "") if getattr(record, one.field.attname) else ""
    return str(one.value_of(record) or "")
