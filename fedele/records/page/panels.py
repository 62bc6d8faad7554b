"""The blocks at the right of a record's page: records of other types that point here, and what a concept shows of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from fedele.records.adding import added_panels
from fedele.records.beforehand import may_have, related_name
from fedele.records.declare import RecordType, Related
from fedele.records.filtering import BadFilter
from fedele.records.listing.table import Row, table_of
from fedele.records.query import ListQuery
from fedele.records.registry import registry

#: Rows a block shows, and as far as it counts.
ROWS = 5
COUNTED = 100


@dataclass(frozen=True)
class Panel:
    #: Of a concept's own template, with what it needs.
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    #: Of related records.
    label: str = ""
    icon: str = ""
    rows: list[Row] = field(default_factory=list)
    count: int = 0
    over: bool = False
    all_url: str = ""
    new_url: str = ""
    new_label: str = ""


def panels_of(record_type: RecordType, record: Any, user: Any) -> list[Panel]:
    """The panels this user may see; one statement for each that has related records."""
    found = []
    for declared in record_type.page.panels:
        if isinstance(declared, Related):
            panel = _related(declared, record, user) if user.rights.may("view", declared.record_type) else None
            if panel is not None:
                found.append(panel)
        else:
            context = record_type.panel_context(declared, record, user)
            if context is not None:
                found.append(Panel(template=declared, context=context))
    added = added_panels(record_type.key, record, user)
    return [*found, *(Panel(template=template, context=given) for template, given in added)]


def _related(declared: Related, record: Any, user: Any) -> Panel | None:
    target = registry.by_key(declared.record_type)
    data = QueryDict(declared.only, mutable=True)
    data.appendlist("f", f"{declared.by}.in:{record.pk}")
    query = ListQuery.read(target, user, data)
    if declared.by not in query.fields:
        return None
    first = target.listing.columns[0]
    columns = (first, *(name for name in declared.columns if name in query.fields))
    there = may_have(record, related_name(declared.record_type, declared.by))
    try:
        table = table_of(replace(query, columns=columns, size=COUNTED)) if there else None
    except BadFilter:
        return Panel(label=str(declared.label or target.plural))
    may_create = target.creatable and user.rights.may("create", target.key)
    return Panel(
        label=str(declared.label or target.plural),
        icon=target.icon,
        rows=table.rows[:ROWS] if table else [],
        count=len(table.rows) if table else 0,
        over=bool(table and table.after),
        all_url=f"{target.url()}?{query.address}",
        new_url=f"{target.url()}new/?{declared.by}={record.pk}" if may_create else "",
        new_label=str(target.new_label or target.label),
    )
