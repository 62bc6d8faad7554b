"""The trail of what is no record: who signed in, who changed a user, a role, a setting. Entries like all others.

Their details lie in `data`, not in `changes`: nothing here is taken back by an undo button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.journal.writing import write


@dataclass(frozen=True)
class Subject:
    """What an entry is about, when it is no record of the registry."""

    record_type: str
    pk: int
    title: str

    def __str__(self) -> str:
        return self.title

    def timelines(self) -> list[tuple[str, int]]:
        return []


def audit(
    kind: str, about: Any, *, actor: Any = None, changes: dict[str, list[Any]] | None = None, **data: Any
) -> Entry:
    """Writes `kind` ("role.edited") about a model instance or a `Subject`; `changes` of {"field": [before, after]}."""
    subject = about if isinstance(about, Subject) else Subject(kind.partition(".")[0], about.pk or 0, str(about))
    if changes is not None:
        data["changes"] = changes
    with act_as(actor):
        return write(subject, kind.partition(".")[2], data=data)


def edited(kind: str, about: Any, before: dict[str, Any], after: dict[str, Any]) -> Entry | None:
    """Writes what differs between `before` and `after`, both in words a reader knows; nothing if they are equal."""
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    return audit(kind, about, changes=changes) if changes else None
