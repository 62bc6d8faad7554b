"""What the page of the columns says when it is sent: fields, policies, changes of cells, values for all rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from fedele.records.declare import RecordType
from fedele.records.exchange.chosen import DATE_ORDERS, POLICIES, REMARK, TRANSFORMS, Chosen, chosen_of, stored
from fedele.records.exchange.guessing import is_named
from fedele.records.exchange.own_fields import add_own_field, may_add
from fedele.records.exchange.targets import Target, targets_of

#: Choices for a column besides the fields.
AS_REMARK, AS_NEW_FIELD = "@remark", "@new"
#: Values for all rows a page asks for at most, and values of a column that can stand for others.
MOST_CONSTANTS, MOST_VALUES = 20, 12
LONGEST = 2_000


@dataclass
class Understood:
    mapping: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def understand(
    record_type: RecordType, headers: list[str], before: dict[str, Any], data: QueryDict, user: Any
) -> Understood:
    """404 for what the page never offered. Columns it did not show stay as they were."""
    targets, known = targets_of(record_type, user), chosen_of(before)
    chosen: dict[str, Chosen] = {}
    found = Understood()
    for at, header in enumerate(headers):
        if f"column-{at}" not in data:
            continue
        name = _target_name(record_type, header, data.get(f"column-{at}", ""), user)
        is_remark = name == AS_REMARK
        name = record_type.exchange.remarks if is_remark else name
        if not name:
            continue
        if name not in targets and not name.startswith("custom."):
            raise Http404
        one = _chosen(at, name, data, known.get(header))
        chosen[header] = Chosen(name, one.policy or "append", (REMARK,)) if is_remark else one
        if twice := _twice(name, chosen, header, targets):
            found.problem = found.problem or _("“%(field)s” is chosen for two columns; keep one.") % {"field": twice}
    found.mapping, found.constants = stored(chosen), _constants(data, targets)
    found.problem = found.problem or _what_is_wrong(chosen, targets)
    return found


def _target_name(record_type: RecordType, header: str, said: str, user: Any) -> str:
    if said != AS_NEW_FIELD:
        return said
    if not may_add(user):
        raise Http404
    return add_own_field(record_type, header)


def _chosen(at: int, name: str, data: QueryDict, before: Chosen | None) -> Chosen:
    if f"policy-{at}" not in data:
        # A page that asks for fields alone leaves the rest as it was.
        return (
            Chosen(name, before.policy, before.transform, before.values)
            if before and before.field == name
            else Chosen(name)
        )
    case, order = data.get(f"case-{at}", ""), data.get(f"dates-{at}", "")
    transform = (*((case,) if case in TRANSFORMS else ()), *((f"date:{order}",) if order in DATE_ORDERS else ()))
    policy = data.get(f"policy-{at}", "")
    return Chosen(name, policy if policy in POLICIES else "", transform, _values(at, data))


def _values(at: int, data: QueryDict) -> dict[str, str]:
    found = {}
    for number in range(MOST_VALUES):
        cell, value = data.get(f"cell-{at}-{number}", ""), data.get(f"value-{at}-{number}", "")
        if cell and value:
            found[cell[:LONGEST]] = value[:LONGEST]
    return found


def _twice(name: str, chosen: dict[str, Chosen], header: str, targets: dict[str, Target]) -> str:
    """The label of a field that an earlier column goes to as well; remarks may stand together."""
    if chosen[header].is_remark:
        return ""
    mine = {name, *name.split("+")}
    for other, one in chosen.items():
        if other != header and not one.is_remark and not mine.isdisjoint({one.field, *one.field.split("+")}):
            return str(targets[name].label) if name in targets else name
    return ""


def _constants(data: QueryDict, targets: dict[str, Target]) -> dict[str, str]:
    found = {}
    for number in range(MOST_CONSTANTS):
        name, text = data.get(f"constant-{number}", ""), data.get(f"constant-text-{number}", "").strip()
        if name and name not in targets:
            raise Http404
        if name and text:
            found[name] = text.replace("\0", "")[:LONGEST]
    return found


def _what_is_wrong(chosen: dict[str, Chosen], targets: dict[str, Target]) -> str:
    if not chosen:
        return _("Choose a field for at least one column.")
    names = {one.field for one in chosen.values()}
    for one in chosen.values():
        target = targets.get(one.field)
        if target and target.relation and not is_named(target.relation, names):
            told = {"record": target.relation.label, "field": target.label}
            return _("No column says which %(record)s the “%(field)s” belongs to: its name, or a number of it.") % told
    return ""
