"""Whoever has a customer hears of it when it is about to be lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.journal.models import Entry
from fedele.notices.kinds import notice
from fedele.people.lifecycle.phases import Phase


@notice(
    "company.at_risk",
    entries="company.phase_changed",
    label=_("A customer of mine is at risk"),
    text=_("{title} is at risk"),
    why=_("You get this because the company is yours."),
    default_email="daily",
    icon="triangle-alert",
)
def tell_owner_of_risk(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    if entry.data.get("phase") == Phase.RISK and (company := entry.record) is not None:
        yield company.owner, {}
