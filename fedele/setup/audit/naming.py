"""What the things of setup, their fields and values are called."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.records.fields import fields_of
from fedele.records.registry import registry
from fedele.setup.roles.matrix import REACH_LABELS, RIGHT_LABELS

#: What is kept of a week, from Monday on.
WEEKDAY = re.compile(r"day[0-6]")
TYPES = {
    "user": gettext_lazy("User"),
    "team": gettext_lazy("Team"),
    "role": gettext_lazy("Role"),
    "own_company": gettext_lazy("Company data"),
    "numbering": gettext_lazy("Numbering"),
    "customfield": gettext_lazy("Custom field"),
    "process": gettext_lazy("Sales process"),
    "backup": gettext_lazy("Backup"),
    "hours": gettext_lazy("Working hours"),
    "closing": gettext_lazy("Day of closing"),
}
MODELS = {
    "user": "access.User",
    "team": "access.Team",
    "role": "access.Role",
    "own_company": "setup.Company",
    "numbering": "base.Numbering",
    "customfield": "records.CustomField",
    "hours": "calendar.WorkingHours",
    "closing": "calendar.Closing",
}


def type_of(record_type: str) -> str:
    known = registry.get(record_type)
    return str(known.label if known else TYPES.get(record_type, record_type))


def label_of(record_type: str, name: str) -> str:
    """ "opportunity.view" of a role is “See: Opportunities”; other names are those of the model's fields."""
    of, _dot, right = name.partition(".")
    if record_type == "role" and right and of in registry:
        what = registry.by_key(of).plural
        if right == "hidden":
            return _("Hidden fields: %(what)s") % {"what": what}
        return _("%(right)s: %(what)s") % {"right": RIGHT_LABELS.get(right, right), "what": what}
    if WEEKDAY.fullmatch(name):
        return str(WEEKDAYS[int(name[-1])]).capitalize()
    if record_type in MODELS:
        try:
            return str(apps.get_model(MODELS[record_type])._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        except FieldDoesNotExist:
            return name
    return name


def value_of(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_hidden_label(name, str(one)) for one in value)
    if "." in name and value in REACH_LABELS:
        return str(REACH_LABELS[value])
    return "" if value is None else str(value)


def _hidden_label(name: str, value: str) -> str:
    of = name.partition(".")[0]
    if not name.endswith(".hidden") or of not in registry:
        return value
    field = fields_of(registry.by_key(of)).get(value)
    return str(field.label) if field else value
