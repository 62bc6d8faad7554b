"""By what the timeline of this page can be narrowed: the types that can occur on it, their departments, its months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.text import capfirst

from fedele.base.models import Record
from fedele.records.declare import RecordType
from fedele.records.page.lens import Lens
from fedele.records.page.types import ANY, StoryType, story_types
from fedele.records.registry import registry
from fedele.ui.moments import month as spelled

#: Years the list of months goes back.
YEARS = 10


@dataclass(frozen=True)
class Chips:
    types: list[StoryType]
    departments: list[tuple[str, str]]
    #: (year, [("2025-11", "November 2025")])
    years: list[tuple[int, list[tuple[str, str]]]]


def chips_of(record_type: RecordType, record: Any, user: Any, lens: Lens) -> Chips:
    """By declaration, not by what there is: a chip would tell of records this user may not see. No statement."""
    types = [one for one in story_types() if not one.noise and _may_occur(one, record_type.key, user)]
    departments = sorted({one.department for one in types if one.department != ANY})
    return Chips(
        types=[one for one in types if lens.department in ("", one.department)],
        departments=[(key, capfirst(str(apps.get_app_config(key).verbose_name))) for key in departments],
        years=_years(timezone.localtime(record.created_at).date(), timezone.localdate()),
    )


def _may_occur(one: StoryType, key: str, user: Any) -> bool:
    names = {kind.partition(".")[0] for kind in one.kinds}
    return any(name == "*" or (_reaches(name, key) and user.rights.may("view", name)) for name in names)


def _reaches(name: str, key: str) -> bool:
    """Whether entries of `name` come on the timelines of `key`."""
    declared = registry.get(name)
    if declared is None:
        return False
    model = declared.model
    own_way = model.timelines is not Record.timelines
    targets = {model._meta.get_field(field).related_model._meta.model_name for field in model.timeline_of}
    return name == key or key in targets or own_way


def _years(first: dt.date, today: dt.date) -> list[tuple[int, list[tuple[str, str]]]]:
    found = []
    for year in range(today.year, max(first.year, today.year - YEARS) - 1, -1):
        last = today.month if year == today.year else 12
        begin = first.month if year == first.year else 1
        months = [dt.date(year, number, 1) for number in range(last, begin - 1, -1)]
        found.append((year, [(f"{day:%Y-%m}", spelled(day)) for day in months]))
    return found
