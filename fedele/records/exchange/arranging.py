"""The page of the columns: each with three of its values, where it goes, how sure that is, and what else can be said of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.records.exchange import saving
from fedele.records.exchange.cells import is_known
from fedele.records.exchange.chosen import DATE_ORDERS, POLICIES, TRANSFORMS, Chosen, chosen_of
from fedele.records.exchange.columns import WRITTEN_KINDS
from fedele.records.exchange.guessing import Guess, guess
from fedele.records.exchange.mapping import fold, needed
from fedele.records.exchange.models import Import
from fedele.records.exchange.own_fields import may_add
from fedele.records.exchange.provenance import origin_context, type_of, vendor_of
from fedele.records.exchange.targets import Target, targets_of
from fedele.records.exchange.understanding import AS_REMARK, MOST_VALUES
from fedele.records.fields import RecordField
from fedele.records.registry import registry

#: Columns a page offers a field for, and rows it shows as understood; a file may have a thousand columns.
MOST_COLUMNS = 100
PREVIEWED = 10
PREVIEWED_COLUMNS = 30
#: Rows among which the values of a choice are looked for.
LOOKED_AT = 1_000
#: Lines for values of all rows, besides those that are filled in.
FREE_LINES = 2


@dataclass(frozen=True)
class Line:
    """A column of the file as a line of the page."""

    at: int
    header: str
    examples: list[str]
    #: Value of the drop-down: a target, or that it goes among the remarks.
    field: str = ""
    #: sure, probably, doubtful, said (by who brings the file in); "" for a column that goes nowhere.
    sure: str = ""
    why: str = ""
    policy: str = ""
    case: str = ""
    dates: str = ""
    is_text: bool = False
    is_date: bool = False
    #: (cell, value chosen for it) where the field has choices, and the choices.
    values: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    choices: list[tuple[Any, str]] = dataclasses.field(default_factory=list)

    @property
    def has_more(self) -> bool:
        """Is something said besides the field?"""
        return bool(self.policy or self.case or self.dates or any(value for _cell, value in self.values))


def arranged(source: Import, table: Any, origin_form: Any = None) -> dict[str, Any]:
    record_type, user = registry.by_key(source.record_type), source.user
    targets, chosen = targets_of(record_type, user), chosen_of(source.mapping)
    sample = table.sample(LOOKED_AT)
    written = [targets.get(chosen[header].field) if header in chosen else None for header in table.headers]
    table.settle_formats([at for at, one in enumerate(written) if one and one.kind in WRITTEN_KINDS])
    guesses = guess(record_type, table.headers, [row.cells for row in sample[:50]], user, vendor_of(source))
    lines = [
        _line(at, header, sample, chosen.get(header), guesses.get(header), targets)
        for at, header in _offered(table.headers, chosen)
    ]
    names = {part for one in chosen.values() for part in (one.field, *one.field.split("+"))} | {*source.constants}
    origin = type_of(record_type)
    unsaid = "" if record_type.exchange.provenance_required else "none"
    said = {None: unsaid, 0: "none"}.get(source.provenance, source.provenance)
    return {
        "record_type": record_type, "lines": lines, "hidden_columns": len(table.headers) - len(lines),
        "groups": _groups(record_type, targets), "policies": POLICIES, "cases": TRANSFORMS, "orders": DATE_ORDERS,
        "has_remarks": record_type.exchange.remarks in targets, "may_add_fields": may_add(user),
        "constants": [*source.constants.items(), *[("", "")] * FREE_LINES], "saved": saving.offered(record_type.key),
        "preview": sample[:PREVIEWED], "preview_width": min(len(table.headers), PREVIEWED_COLUMNS),
        "needed": [str(one.label) for one in needed(record_type, user) if one.name not in names],
        **origin_context(origin, user, "new" if origin_form else said, origin_form),
    }  # fmt: skip


def _offered(headers: list[str], chosen: dict[str, Chosen]) -> list[tuple[int, str]]:
    """Columns that go somewhere are always offered; of the others as many as fit. Those without a field come last."""
    numbered = list(enumerate(headers))
    mapped = [(at, header) for at, header in numbered if header in chosen]
    return (
        mapped + [(at, header) for at, header in numbered if header not in chosen][: max(0, MOST_COLUMNS - len(mapped))]
    )


def _line(
    at: int, header: str, sample: list[Any], one: Chosen | None, guessed: Guess | None, targets: dict[str, Target]
) -> Line:
    examples = _different(sample, at, 3)
    if one is None:
        return Line(at, header, examples)
    target = targets.get(one.field)
    is_guess = guessed is not None and guessed.chosen.field == one.field
    choices = _choices(target)
    return Line(
        at, header, examples,
        field=AS_REMARK if one.is_remark else one.field,
        sure=guessed.sure if guessed and is_guess else "said",
        why=guessed.why if guessed and is_guess else _("as you said"),
        policy="" if one.is_remark and one.policy == "append" else one.policy,
        case=next((name for name in one.transform if name in TRANSFORMS), ""), dates=one.date_order,
        is_text=target is not None and target.kind in ("text", "long", "joined") and not one.is_remark,
        is_date=target is not None and target.kind in ("date", "datetime"),
        choices=choices, values=_unknown(sample, at, one, target.field) if target and choices else [],
    )  # fmt: skip


def _choices(target: Target | None) -> list[tuple[Any, str]]:
    if target is None or target.kind not in ("choice", "yesno"):
        return []
    if target.kind == "yesno":
        return [("yes", _("yes")), ("no", _("no"))]
    return [(value, capfirst(str(label))) for value, label in target.field.choices if value not in ("", None)]


def _unknown(sample: list[Any], at: int, one: Chosen, field: RecordField) -> list[tuple[str, str]]:
    """Cells that are no choice as they stand, and those for which one was chosen already."""
    found = dict(one.values)
    for cell in _different(sample, at, 100):
        if cell not in found and not is_known(cell, field):
            found[cell] = ""
    return list(found.items())[:MOST_VALUES]


def _different(sample: list[Any], at: int, most: int) -> list[str]:
    """Up to so many different values of a column."""
    values: dict[str, None] = {}
    for row in sample:
        if not row.problem and (cell := row.cells[at].strip()):
            values[cell[:200]] = None
            if len(values) >= most:
                break
    return list(values)


def _groups(record_type: Any, targets: dict[str, Target]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(target, label)]): first the record's own fields, then those of each record that comes with it."""
    own = [(name, capfirst(str(one.label))) for name, one in targets.items() if not one.group]
    groups = [(capfirst(str(record_type.label)), sorted(own, key=lambda pair: fold(pair[1])))]
    for group in dict.fromkeys(one.group for one in targets.values() if one.group):
        found = [(name, one) for name, one in targets.items() if one.group == group]
        label = capfirst(str(found[0][1].relation.label))  # type: ignore[union-attr]
        lines = [(name, f"{label} › {capfirst(str(one.label))}") for name, one in found]
        groups.append((label, sorted(lines, key=lambda pair: fold(pair[1]))))
    return groups
