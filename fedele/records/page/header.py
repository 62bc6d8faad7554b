"""The head of a record's page: what it is called, how it stands, and what can be done with it now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from fedele.base.verbs import Verb, verb_of
from fedele.records.adding import (
    Banner,
    Chip,
    Hindrances,
    MenuEntry,
    added_banners,
    added_chips,
    added_hindrances,
    added_menu,
    added_warnings,
)
from fedele.records.cells import EMPTY
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.page.facts import shown

#: Understood by phones as by browsers: the program of maps opens where there is one.
MAP = "https://www.google.com/maps/search/?api=1&query="
ADDRESS = ("street", "postcode", "city", "province")


@dataclass(frozen=True)
class Act:
    """A verb as a button."""

    verb: Verb
    url: str
    #: Asks something first, in a dialog or on a screen of its own.
    asks: bool
    screen: bool


@dataclass
class Header:
    badges: list[str] = field(default_factory=list)
    subtitle: list[str] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    tiles: list[dict[str, Any]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    banners: list[Banner] = field(default_factory=list)
    menu: list[MenuEntry] = field(default_factory=list)
    phone: str = ""
    email: str = ""
    #: Where to find the way there; "" without an address.
    route: str = ""
    hindrances: Hindrances = field(default_factory=dict)


def header_of(record_type: RecordType, record: Any, user: Any) -> Header:
    fields = fields_of(record_type, user)
    page, chips = record_type.page, added_chips(record_type.key, record, user)
    badges = [name for name in page.badges if name in fields and name not in {chip.instead_of for chip in chips}]
    return Header(
        badges=[html for name in badges if (html := _badge(record_type, record, fields[name], user))],
        subtitle=[
            html
            for name in page.subtitle
            if name in fields and (html := shown(record_type, record, fields[name], user)) != EMPTY
        ],
        chips=chips,
        warnings=[
            *(getattr(record_type, page.warnings)(record, user) if page.warnings else []),
            *added_warnings(record_type.key, record, user),
        ],
        banners=added_banners(record_type.key, record, user),
        menu=added_menu(record_type.key, record, user),
        tiles=record_type.all_tiles(record, user),
        acts=acts_of(record_type, record, user),
        hindrances=added_hindrances(record_type.key, record, user),
        phone=_dialled(record, fields),
        email=_first(record, fields, "email"),
        route=_route(record, fields),
    )


def _badge(record_type: RecordType, record: Any, one: RecordField, user: Any) -> str:
    html = shown(record_type, record, one, user)
    if html == EMPTY or html.startswith('<span class="badge'):
        return "" if html == EMPTY else html
    return Markup('<span class="badge">{}</span>').format(html)


def acts_of(record_type: RecordType, record: Any, user: Any) -> list[Act]:
    """The verbs that apply to the record as it stands and that this user may do, the most important first."""
    acts = []
    for name in record_type.verbs:
        verb = verb_of(record_type.model, name)
        if verb.applies_to(record) and user.rights.covers(record, verb.may):
            own = record_type.verb_url(record, name)
            acts.append(Act(verb, own or record_type.url(record.pk, "do", name), bool(verb.form), bool(own)))
    return sorted(acts, key=lambda act: not act.verb.primary)


def _dialled(record: Any, fields: dict[str, RecordField]) -> str:
    """The number to call, if the field it stands in may be seen."""
    preferred = getattr(record, "call_number", "")
    known = [one.value_of(record) for one in fields.values() if one.kind == "phone"]
    return preferred if preferred in known else next((number for number in known if number), "")


def _first(record: Any, fields: dict[str, RecordField], kind: str) -> str:
    """The value of the first field of a kind; a later one, such as certified mail, is no substitute."""
    return next((one.value_of(record) or "" for one in fields.values() if one.kind == kind), "")


def _route(record: Any, fields: dict[str, RecordField]) -> str:
    """A map of the address, as far as its fields may be seen. Opened by a press and never before."""
    parts = [str(fields[name].value_of(record) or "") for name in ADDRESS if name in fields]
    known = [part for part in parts if part]
    return f"{MAP}{quote(', '.join(known))}" if len(known) > 1 else ""
