"""What the generic doors tell: many records given to somebody in one act are one notice, not many."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fedele.notices.kinds import declare
from fedele.notices.telling import tell
from fedele.records.declare import RecordType

declare(
    "records.assigned",
    label=_("Many records are assigned to me at once"),
    text=_("{actor} assigned you {count}: {title}"),
    why=_("You get this because the records are yours now."),
    default_email="now",
    icon="user-check",
)


def tell_new_owner(owner: Any, record_type: RecordType, count: int, *, actor: Any, batch: Any) -> None:
    """Once for the whole act, with the number and the way to exactly these records."""
    if owner is None or count < 1 or owner.pk == actor.pk:
        return
    with override(owner.language):
        title = capfirst(str(record_type.plural))
    url = f"{record_type.url()}?view=&edited=1&batch={batch.pk}"
    tell(owner, "records.assigned", title=title, url=url, data={"count": count}, actor=actor)
