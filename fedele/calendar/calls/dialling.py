"""The numbers one would dial for an activity, and what stands in the way of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fedele.calendar.activities.models import Activity
from fedele.records.adding import added_hindrances
from fedele.records.fields import fields_of
from fedele.records.registry import registry


@dataclass(frozen=True)
class Number:
    #: Whose it is and which: «Rosa Neri», "mobile".
    whose: str
    which: str
    number: str
    #: Why one may not dial it, and the address of a dialog that says more.
    hindrance: str = ""
    more_url: str = ""


def numbers_of(activity: Activity, user: Any) -> list[Number]:
    """Of the person first, then of the company; only what this user may see."""
    found = [one for record in people_of(activity, user) for one in _numbers(record, user)]
    return list({one.number: one for one in reversed(found)}.values())[::-1]


def people_of(activity: Activity, user: Any) -> list[Any]:
    related = (activity.contact, activity.lead, activity.company)
    return [one for one in related if one is not None and one.is_alive and user.rights.covers(one)]


def _numbers(record: Any, user: Any) -> list[Number]:
    fields = fields_of(registry.by_key(record.record_type), user).values()
    known = [(one, one.value_of(record)) for one in fields if one.kind == "phone"]
    known = sorted(((one, value) for one, value in known if value), key=lambda pair: pair[1] != record.call_number)
    if not known:
        return []
    why, url = added_hindrances(record.record_type, record, user).get("phone", ("", ""))
    return [Number(str(record), str(one.label), value, why, url) for one, value in known]
