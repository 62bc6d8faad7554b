"""What stands in a cell, as HTML. A list calls these for every value it shows, so they are plain functions on tuples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from fedele.records.declare import RecordType
from fedele.records.fields import RecordField
from fedele.ui.amounts import money, number
from fedele.ui.breaking import breakable
from fedele.ui.moments import ago, date

Shower = Callable[[Any], str]
EMPTY = Markup('<span class="nothing" aria-hidden="true">–</span>')


def shower(record_type: RecordType, field: RecordField, *, currency: str) -> Shower:
    """The function that turns a stored value of `field` into safe HTML, chosen once for a whole column."""
    match field.kind:
        case "choice":
            return _choice(field, record_type.tones.get(field.name, {}))
        case "money":
            return lambda value: escape(money(value, currency)) if value is not None else EMPTY
        case "percent":
            return lambda value: escape(f"{value}%") if value is not None else EMPTY
        case "number":
            return lambda value: escape(number(value)) if value is not None else EMPTY
        case "date":
            return lambda value: (
                escape(date(dt.date.fromisoformat(value) if isinstance(value, str) else value)) if value else EMPTY
            )
        case "datetime":
            return lambda value: escape(ago(value)) if value else EMPTY
        case "yesno":
            return lambda value: escape(_("yes")) if value else EMPTY
        case "email":
            return _link("mailto:")
        case "phone":
            return _phone(field)
        case "multi":
            return lambda value: escape(", ".join(value)) if value else EMPTY
        case "url":
            return _website
    return lambda value: escape(value) if value not in (None, "") else EMPTY


def _choice(field: RecordField, tones: dict[str, str]) -> Shower:
    known: dict[Any, str] = {"": EMPTY, None: EMPTY}
    for value, label in field.choices:
        tone = f" {tones[value]}" if tones.get(value) else ""
        badge = value in tones
        known[value] = Markup('<span class="badge{}">{}</span>').format(tone, label) if badge else escape(label)
    return lambda value: known.get(value, escape(value))


def _link(scheme: str) -> Shower:
    link = Markup('<a class="link" href="{}{}">{}</a>')
    return lambda value: link.format(scheme, value, breakable(value)) if value else EMPTY


def _phone(field: RecordField) -> Shower:
    # A field that knows how people write its values says so itself.
    shown = getattr(field.field, "show", str)
    return lambda value: Markup('<a class="link" href="tel:{}">{}</a>').format(value, shown(value)) if value else EMPTY


def _website(value: Any) -> str:
    if not value:
        return EMPTY
    address = value if str(value).startswith(("http://", "https://")) else f"https://{value}"
    short = str(value).split("//")[-1].removeprefix("www.").rstrip("/")
    return Markup('<a class="link" href="{}" rel="noreferrer noopener" target="_blank">{}</a>').format(
        address, breakable(short)
    )
