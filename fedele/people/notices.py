"""Whom this department tells what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.journal.models import Entry
from fedele.notices.kinds import notice


@notice(
    "lead.warmed",
    label=_("A lead of mine becomes hot"),
    text=_("{title} is hot now"),
    default_email="now",
    icon="flame",
    why=_("You get this because the lead is yours."),
)
def tell_owner_of_heat(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    lead = entry.record
    if lead is not None and lead.owner:
        yield lead.owner, {}
