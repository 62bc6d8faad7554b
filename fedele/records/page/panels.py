"""The blocks beside the story of a record's page: records of other types that point here, and what a concept shows of its own.

The page is answered without them. Each has an address of its own, and is asked there whether this user may have it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from fedele.records.adding import added_panels, is_wide, scope_of
from fedele.records.beforehand import may_have, related_name
from fedele.records.declare import RecordType, Related
from fedele.records.filtering import BadFilter
from fedele.records.listing.table import Row, table_of
from fedele.records.query import ListQuery
from fedele.records.registry import registry

LEFT, RIGHT = "left", "right"

#: Place of the first declared block among those that later departments add.
FIRST = 10
#: Rows a block shows, so that four stand on a screen, and as far as it counts.
ROWS = 3
COUNTED = 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Panel:
    #: Its place in the address.
    name: str = ""
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
    #: What stands where there are no rows.
    nothing: str = ""
    #: It could not be made; the others stand.
    failed: bool = False


@dataclass(frozen=True)
class Place:
    """Where a block stands, and what is asked for it there; None when there is nothing for this user."""

    name: str
    ask: Callable[[], Panel | None]
    side: str = RIGHT

    def asked(self) -> Panel | None:
        """One block that breaks is a gap with an excuse, not a page that is missing."""
        try:
            return self.ask()
        except Exception:
            log.exception("The block %s could not be made", self.name)
            return Panel(self.name, failed=True)


def places_of(record_type: RecordType, record: Any, user: Any) -> list[Place]:
    """The blocks of this page in order; without a statement, and without asking them."""
    page = record_type.page
    found = list(enumerate(_declared(record_type, page.panels, record, user), FIRST))
    found += [
        (order, _own(template, ask, record, user)) for order, template, ask in added_panels(record_type.key, record)
    ]
    left = [replace(place, side=LEFT) for place in _declared(record_type, page.beside, record, user)]
    return [*left, *(place for _order, place in sorted(found, key=lambda one: one[0]))]


def _declared(record_type: RecordType, blocks: tuple[Any, ...], record: Any, user: Any) -> list[Place]:
    found = []
    for declared in blocks:
        if isinstance(declared, Related):
            if user.rights.may("view", declared.record_type):
                found.append(Place(declared.key, partial(_related, declared, record, user)))
        elif not is_wide(record):
            found.append(_own(declared, partial(record_type.panel_context, declared), record, user))
    return found


def panels_of(record_type: RecordType, record: Any, user: Any, side: str = "") -> list[Panel]:
    """The blocks this user may see, of one side or of both; one statement for each that has related records."""
    places = [place for place in places_of(record_type, record, user) if side in ("", place.side)]
    return [panel for place in places if (panel := place.asked()) is not None]


def panel_of(record_type: RecordType, record: Any, user: Any, name: str) -> Panel | None:
    place = next((one for one in places_of(record_type, record, user) if one.name == name), None)
    return place.asked() if place else None


def _own(template: str, ask: Callable[[Any, Any], dict[str, Any] | None], record: Any, user: Any) -> Place:
    name = "-".join(template.removesuffix(".html").split("/")[-2:]).replace("_", "")

    def asked() -> Panel | None:
        context = ask(record, user)
        return None if context is None else Panel(name, template=template, context=context)

    return Place(name, asked)


def _related(declared: Related, record: Any, user: Any) -> Panel | None:
    target, name = registry.by_key(declared.record_type), declared.key
    data = QueryDict(declared.only, mutable=True)
    data.appendlist("f", f"{declared.by}.in:{','.join(map(str, scope_of(record)))}")
    query = ListQuery.read(target, user, data)
    if declared.by not in query.fields:
        return None
    first = target.listing.columns[0]
    columns = (first, *(column for column in declared.columns if column in query.fields))
    nothing = _("None yet.") if user.rights.reach(target.key) == "all" else _("None visible to you.")
    there = may_have(record, related_name(declared.record_type, declared.by))
    try:
        table = table_of(replace(query, columns=columns, size=COUNTED, sort=declared.order)) if there else None
    except BadFilter:
        return Panel(name, label=str(declared.label or target.plural))
    new_url = new_url_of(declared, record, user)
    return Panel(
        name,
        label=str(declared.label or target.plural),
        icon=target.icon,
        rows=table.rows[:ROWS] if table else [],
        count=len(table.rows) if table else 0,
        over=bool(table and table.after),
        all_url=f"{target.url()}?{query.address}",
        new_url=new_url,
        new_label=str(target.new_label or target.label),
        nothing=nothing,
    )


def new_url_of(declared: Related, record: Any, user: Any) -> str:
    """Where one is made that points here; "" for who may not."""
    target = registry.by_key(declared.record_type)
    may_create = declared.makes and target.creatable and user.rights.may("create", target.key)
    return f"{target.url()}new/?{declared.by}={record.pk}" if may_create else ""


def first_new(record_type: RecordType, record: Any, user: Any) -> tuple[str, str] | None:
    """(label, address) of the first thing one makes on this page, for the head."""
    for declared in record_type.page.blocks:
        if isinstance(declared, Related) and (url := new_url_of(declared, record, user)):
            target = registry.by_key(declared.record_type)
            return str(target.new_label or target.label), url
    return None
