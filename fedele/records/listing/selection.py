"""What somebody has chosen in a list: single rows, or all the list stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from fedele.records.declare import RecordType
from fedele.records.query import ListQuery

MOST_IDS = 5_000


@dataclass(frozen=True)
class Selection:
    query: ListQuery
    ids: tuple[int, ...]
    everything: bool

    @classmethod
    def read(cls, record_type: RecordType, user: Any, data: QueryDict) -> Selection:
        """From `ids` ("3,4,9"), or `all=1` with the list's own address in `query`."""
        query = ListQuery.read(record_type, user, data.get("query", ""))
        parts = ",".join(data.getlist("ids")).split(",")
        ids = tuple(int(part) for part in parts[:MOST_IDS] if part.isdecimal() and len(part) < 19)
        return cls(query, ids, data.get("all") == "1")

    def records(self, right: str) -> Any:
        """Those of the chosen records on which the user has the right; never one they may not see."""
        if self.everything:
            return self.query.records(right)
        objects = self.query.record_type.model.objects
        mine = objects.in_trash_of(self.query.user) if self.query.trash else objects.visible_to(self.query.user, right)
        return mine.filter(pk__in=self.ids)

    def count(self, right: str = "view") -> int:
        return int(self.records(right).order_by().count())

    def freeze(self, right: str) -> list[int]:
        """The ids, in the order of age, as they are now: what a job started from here will work on."""
        return list(self.records(right).order_by("pk").values_list("pk", flat=True))
