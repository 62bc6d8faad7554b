"""The facts of a record as its page shows them: in the sections of the form, each with its editor behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from fedele.base.house import house
from fedele.records.cells import EMPTY, shower
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of
from fedele.records.registry import registry
from fedele.ui.breaking import longest_part
from fedele.ui.formatted.text import Formatted

#: Facts in sight without scrolling.
FIRST = 12
#: Letters without a place to break them that still fit beside the name.
LONG = 20


@dataclass(frozen=True)
class Fact:
    name: str
    label: str
    html: str
    #: Address of the editor; "" when this user may not change it.
    edit_url: str
    filled: bool

    @property
    def is_long(self) -> bool:
        """Too long for the place beside its name: it has a line of its own."""
        return longest_part(self.html) > LONG


@dataclass(frozen=True)
class FactGroup:
    title: str
    facts: list[Fact]

    @property
    def is_filled(self) -> bool:
        return any(fact.filled for fact in self.facts)


def facts_of(record_type: RecordType, record: Any, user: Any) -> list[FactGroup]:
    fields = fields_of(record_type, user)
    may_edit = user.rights.covers(record, "edit")
    groups = [
        (str(section.title), [fields[name] for name in section.fields if name in fields])
        for section in record_type.form.sections
    ]
    groups.append((_("Further data"), [one for name, one in fields.items() if one.is_custom]))
    return [
        FactGroup(title, [fact_of(record_type, record, one, user, may_edit) for one in shown])
        for title, shown in groups
        if shown
    ]


def first_facts(groups: list[FactGroup], record_type: RecordType) -> tuple[list[Fact], list[FactGroup]]:
    """The dozen one looks for, and the rest by its sections: what the type puts first, then what is filled.

    What the head of the page says already waits with the rest.
    """
    page, title = record_type.page, record_type.listing.title or record_type.listing.columns[:1]
    said = {*title, *page.subtitle, *page.badges} - {*page.facts}
    known = {fact.name: fact for group in groups for fact in group.facts}
    wanted = [*page.facts, *(name for name, fact in known.items() if fact.filled and name not in said)]
    # A new record has little to show: then what there is to fill in.
    wanted += [name for name in known if name not in said]
    first = [known[name] for name in dict.fromkeys(wanted) if name in known][:FIRST]
    chosen = {fact.name for fact in first}
    rest = [FactGroup(group.title, [fact for fact in group.facts if fact.name not in chosen]) for group in groups]
    return first, [group for group in rest if group.facts]


def fact_of(record_type: RecordType, record: Any, one: RecordField, user: Any, may_edit: bool) -> Fact:
    html = shown(record_type, record, one, user)
    in_place = may_edit and one.editable and one.name not in record_type.formatted
    edit_url = record_type.url(record.pk, "cell", one.name) if in_place else ""
    return Fact(one.name, str(one.label), html, edit_url, html != EMPTY)


def shown(record_type: RecordType, record: Any, one: RecordField, user: Any) -> str:
    """The value of one field as safe HTML, with links to what the user may open."""
    if one.is_relation:
        return EMPTY if getattr(record, one.field.attname) is None else linked(one.value_of(record), user)
    value = one.value_of(record)
    if one.name in record_type.formatted and value:
        text = Formatted(value, getattr(record, record_type.formatted[one.name]))
        return Markup('<div class="formatted">{}</div>').format(text.shown)
    if one.kind == "long" and value:
        return Markup('<span class="said-plain">{}</span>').format(value)
    show = getattr(one.field, "show", None)
    if show and value and one.kind not in ("phone", "email"):
        return escape(show(value))
    return shower(record_type, one, currency=getattr(record, "currency", house().currency))(value)


def linked(related: Any, user: Any) -> str:
    """The name of a related record, with a link where there is a page; of one not visible, nothing but that it is there."""
    target = registry.get(related._meta.model_name)
    if target is None:
        return escape(str(related))
    if related.is_trashed or not user.rights.covers(related, "view"):
        return Markup('<span class="dim">{}</span>').format(_("not visible to you"))
    return Markup('<a class="link" href="{}">{}</a>').format(target.url(related.pk), str(related))
