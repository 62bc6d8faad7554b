"""The form of a record: what it asks of this user, what was typed, what is wrong with it."""

from __future__ import annotations

import dataclasses
import json
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fedele.base.house import house
from fedele.base.plain import plain
from fedele.records.assigning import assign, is_assigned
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, custom_fields, fields_of, options_of
from fedele.records.page.typed import NEW, typed
from fedele.ui.amounts import symbol_of
from fedele.ui.formatted.fields import HTML
from fedele.ui.formatted.text import Formatted


@dataclass
class Control:
    """One field of the form as the template draws it."""

    field: RecordField
    value: Any
    #: What a chosen relation is called.
    shown: str = ""
    choices: list[tuple[Any, str]] | None = None
    errors: list[str] = dataclasses.field(default_factory=list)
    #: What choosing nothing is called.
    empty: str = ""
    is_formatted: bool = False

    @property
    def kind(self) -> str:
        if self.is_formatted:
            return "formatted"
        if self.field.is_relation:
            return "relation" if self.choices is None else "choice"
        known = (
            "text",
            "long",
            "email",
            "phone",
            "url",
            "number",
            "percent",
            "money",
            "date",
            "datetime",
            "choice",
            "multi",
            "yesno",
        )
        return self.field.kind if self.field.kind in known else "text"

    @property
    def pick_url(self) -> str:
        """Where the choices come from; with `new=1` the answer offers to make what is typed."""
        return f"/pick/{self.field.target.record_type}/?new=1" if self.kind == "relation" else ""

    @property
    def required(self) -> bool:
        if self.field.is_relation:
            return self.field.required or bool(self.value and not self.field.field.null)
        return self.field.required or (
            self.field.kind == "choice" and self.field.field is not None and not self.field.field.blank
        )

    @property
    def is_box(self) -> bool:
        """Sends nothing at all when left empty."""
        return self.field.kind in ("yesno", "multi")

    @property
    def unit(self) -> str:
        return (
            symbol_of(house().currency, get_language() or settings.LANGUAGE_CODE)[0]
            if self.field.kind == "money"
            else ""
        )

    @property
    def full(self) -> bool:
        return self.field.kind == "long" or (self.field.kind == "multi" and len(self.choices or ()) > 4)


class RecordForm:
    """Reads a posted form into a record. Fields the user may not see, or the form does not ask for, are never touched."""

    def __init__(self, record_type: RecordType, record: Any, user: Any, names: tuple[str, ...] | None = None) -> None:
        self.record_type, self.record, self.user = record_type, record, user
        self.data: QueryDict | None = None
        self.errors: dict[str, list[str]] = {}
        #: Records named in a relation that do not exist yet; stored just before this one.
        self.fresh: dict[str, Any] = {}
        seen = {name: one for name, one in fields_of(record_type, user).items() if one.editable}
        wanted = names or (*record_type.form.fields, *(one.name for one in custom_fields(record_type.key)))
        self.fields = {name: seen[name] for name in wanted if name in seen}

    # --- what was typed ---

    def read(self, data: QueryDict) -> dict[str, Any]:
        """Puts what was typed into the record; returns the values that differ from what it had. Problems are in `errors`."""
        data, formatted = self._with_formatted(data)
        self.data, values = data, {}
        for name, one in self.fields.items():
            if not self._is_asked(name, data):
                continue
            try:
                value = typed(one, data, self.record, self.user)
            except ValidationError as error:
                self.errors[name] = list(error.messages)
            else:
                if self.record._state.adding or plain_of(one, value) != plain_of(one, _now(one, self.record)):
                    values[name] = value
                if one.is_relation and value is not None and value.pk is None:
                    self.fresh[name] = value
        values.update(formatted)
        if self.record._state.adding:
            self._need_the_rest(data)
            values = {name: value for name, value in values.items() if value is not None}
            if "owner" in self.fields and data.get("owner") == "" and is_assigned(self.record_type.key):
                # Nobody is chosen: it is left to the rules.
                values["owner"] = None
        self.record.put(values)
        return values

    def _with_formatted(self, data: QueryDict) -> tuple[QueryDict, dict[str, str]]:
        """What an editor sent stands beside as plain text, as if that were typed; and how it is formatted, where that is new."""
        found = {}
        for name, twin in self.record_type.formatted.items():
            if name not in self.fields or name + HTML not in data:
                continue
            value = Formatted.of(data.get(name + HTML, ""))
            data = data.copy()
            data[name] = value
            if self._is_asked(name, data) and value.html != getattr(self.record, twin):
                found[twin] = value.html
        return data, found

    def _is_asked(self, name: str, data: QueryDict) -> bool:
        """A box left empty sends nothing, so the form names its boxes; whoever chose theirs in a conflict keeps theirs."""
        return (name in data or name in data.getlist("box")) and data.get(f"take-{name}") != "theirs"

    def _need_the_rest(self, data: QueryDict) -> None:
        for name, one in self.fields.items():
            if one.required and name not in self.errors and not self._is_asked(name, data):
                self.errors[name] = [_("This field is needed.")]

    def check(self) -> bool:
        """Lets the record check itself, field by field and as a whole. True when nothing is wrong."""
        mine = {name for name in self.fields if "." not in name}
        relations = {name for name in mine if self.fields[name].is_relation}
        skipped = {
            one.name for one in self.record._meta.concrete_fields if one.name not in mine or one.name in self.errors
        }
        self._collect(lambda: self.record.clean_fields(exclude=skipped | relations))
        if not self.errors:
            self._collect(self.record.clean)
            self._collect(lambda: self.record.validate_unique(exclude=skipped))
        if self.record._state.adding and not self.errors and not self._may_create():
            self.errors["owner"] = [_("You may only create records of your own.")]
        return not self.errors

    def save(self) -> None:
        """Stores the record, and with it what its relations name for the first time."""
        nobodys = self.record._state.adding and self.record.owner_id is None and is_assigned(self.record_type.key)
        with transaction.atomic() if self.fresh or nobodys else nullcontext():
            for name, target in self.fresh.items():
                target.save()
                setattr(self.record, name, target)
            if nobodys:
                assign(self.record_type.key, [self.record], self.user)
            self.record.save()

    def _collect(self, check: Any) -> None:
        try:
            check()
        except ValidationError as error:
            found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            for name, messages in found.items():
                self.errors.setdefault(name if name in self.fields else "", []).extend(messages)

    def _may_create(self) -> bool:
        if self.record.owner_id is None and is_assigned(self.record_type.key):
            return bool(self.user.rights.may("create", self.record_type.key))
        if self.record.team_id is None and self.record.owner_id:
            self.record.team_id = self.record.owner.team_id
        return bool(self.user.rights.covers(self.record, "create"))

    @property
    def sent(self) -> QueryDict:
        """What was posted, with the plain text of what came from an editor."""
        return QueryDict() if self.data is None else self.data

    # --- what is shown ---

    @property
    def sections(self) -> list[tuple[str, list[Control]]]:
        """Titles with their controls; fields of the company's own come last."""
        listed = set(self.record_type.form.fields)
        found = [
            (str(section.title), [self.control(name) for name in section.fields if name in self.fields])
            for section in self.record_type.form.sections
        ]
        own = [self.control(name) for name in self.fields if name not in listed]
        return [(title, controls) for title, controls in [*found, (_("Further data"), own)] if controls]

    @property
    def controls(self) -> list[Control]:
        return [self.control(name) for name in self.fields]

    def control(self, name: str) -> Control:
        one = self.fields[name]
        choices = options_of(one, self.user)
        made = Control(one, self._value(one), choices=choices, errors=self.errors.get(name, []))
        made.is_formatted = name in self.record_type.formatted
        if name == "owner" and self.record._state.adding and is_assigned(self.record_type.key):
            made.empty = str(_("by the rules"))
        if one.is_relation and choices is None:
            made.shown = self._name_of_chosen(one, made.value)
        return made

    def _value(self, one: RecordField) -> Any:
        """What was typed, right or wrong; before that, what the record has."""
        if self.data is not None and self._is_asked(one.name, self.data):
            if one.kind == "multi":
                return self.data.getlist(one.name)
            value = self.data.get(one.name, "")
            return value if isinstance(value, Formatted) else value.replace("\x00", "")
        value = _now(one, self.record)
        if twin := self.record_type.formatted.get(one.name):
            return Formatted(value, getattr(self.record, twin))
        return getattr(value, "pk", value) if one.is_relation else value

    def _name_of_chosen(self, one: RecordField, value: Any) -> str:
        if not value or str(value).startswith(NEW):
            return str(value or "").removeprefix(NEW)
        now = _now(one, self.record)
        if now is not None and str(now.pk) == str(value):
            return str(now)
        found = (
            one.target.objects.visible_to(self.user).filter(pk=value).first()
            if str(value).isdecimal() and len(str(value)) < 19
            else None
        )
        return str(found) if found else ""

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(field, label, message) of all that is wrong, in the order of the form."""
        order = ["", *self.fields]
        return [
            (name, str(self.fields[name].label) if name else "", message)
            for name in sorted(self.errors, key=order.index)
            for message in self.errors[name]
        ]

    @property
    def seen(self) -> str:
        """The stored values as JSON, carried by the form: a conflict tells by them what was changed in it."""
        return json.dumps({name: plain_of(one, _now(one, self.record)) for name, one in self.fields.items()})


def _now(one: RecordField, record: Any) -> Any:
    if one.is_relation and getattr(record, one.field.attname) is None:
        return None
    return one.value_of(record)


def plain_of(one: RecordField, value: Any) -> Any:
    """A value in a form that can be compared and kept: JSON. Nothing is nothing, whether empty text or None."""
    if one.is_relation and value is not None and value.pk is None:
        return f"{NEW}{value}"
    value = plain(getattr(value, "pk", value) if one.is_relation else value)
    if one.is_numeric and value is not None:
        return plain(one.field.to_python(value)) if not one.is_custom else float(value)
    return None if value in ("", []) else value
