"""What was chosen for a column: where it goes, how its cells change on the way, what happens to a value that is there."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

#: What the value of a column does to a record that is there; "" is what the rules say for all.
POLICIES = {
    "keep": _("keep ours"),
    "overwrite": _("overwrite it"),
    "empty": _("only if ours is empty"),
    "append": _("append to ours"),
}
#: Changes of a cell before it is read. `remark` puts the name of the column in front.
TRANSFORMS = {
    "title": _("Capital Letters"),
    "upper": _("UPPER CASE"),
    "lower": _("lower case"),
}
DATE_ORDERS = {
    "dmy": _("day/month/year"),
    "mdy": _("month/day/year"),
    "ymd": _("year-month-day"),
}
REMARK = "remark"


@dataclass(frozen=True)
class Chosen:
    """For one column of a file."""

    #: Name of a target: "email", "custom.colour", "first_name+last_name", or of a related record "parent.city".
    field: str
    policy: str = ""
    #: Keys of TRANSFORMS, `remark`, or "date:mdy".
    transform: tuple[str, ...] = ()
    #: {cell: what it stands for}
    values: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def stored(self) -> Any:
        """As short as it can be said: the name of the field alone when there is no more to it."""
        more = {
            name: value
            for name, value in (("policy", self.policy), ("transform", [*self.transform]), ("values", self.values))
            if value
        }
        return {"field": self.field, **more} if more else self.field

    @property
    def is_remark(self) -> bool:
        return REMARK in self.transform

    @property
    def date_order(self) -> str:
        return next((one.partition(":")[2] for one in self.transform if one.startswith("date:")), "")


def chosen_of(mapping: dict[str, Any]) -> dict[str, Chosen]:
    """{column: what was chosen}, of mappings kept in either form; what makes no sense in them is passed over."""
    found = {}
    for header, told in mapping.items():
        if isinstance(told, str):
            found[header] = Chosen(told)
        elif isinstance(told, dict) and isinstance(told.get("field"), str):
            found[header] = Chosen(
                told["field"],
                policy=told["policy"] if told.get("policy") in POLICIES else "",
                transform=tuple(one for one in told.get("transform") or () if _is_known(one)),
                values={str(cell): str(value) for cell, value in (told.get("values") or {}).items()},
            )
    return found


def field_of(told: Any) -> str:
    """The target in what is kept for one column."""
    return told if isinstance(told, str) else str(told.get("field", ""))


def stored(chosen: dict[str, Chosen]) -> dict[str, Any]:
    return {header: one.stored for header, one in chosen.items()}


def _is_known(transform: Any) -> bool:
    return transform in TRANSFORMS or transform == REMARK or str(transform) in {f"date:{one}" for one in DATE_ORDERS}
