"""One record as a card: at most five lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.base.house import house
from fedele.records.query import ListQuery
from fedele.ui.amounts import money
from fedele.ui.moments import ago


@dataclass
class Card:
    id: int
    title: str
    url: str
    version: int
    movable: bool
    subtitle: str = ""
    value: str = ""
    date: str = ""
    owner: Any = None
    #: (tone, text)
    badges: list[tuple[str, str]] = field(default_factory=list)


def card_of(query: ListQuery, record: Any, names: dict[str, set[Any] | None]) -> Card:
    record_type = query.record_type
    card = Card(
        record.pk, str(record), record_type.url(record.pk), record.version, query.user.rights.covers(record, "edit")
    )
    board = record_type.board
    assert board is not None
    lines = []
    for name in board.card:
        shown = query.fields.get(name)
        if shown is None:
            continue
        value = shown.value_of(record)
        if shown.kind == "user":
            card.owner = value
        elif value in (None, ""):
            continue
        elif shown.kind == "money":
            card.value = money(value, house().currency)
        elif shown.kind == "date":
            card.date = ago(value)
        elif not _hidden(names, name, value):
            lines.append(shown.label_of(value) if shown.choices else str(value))
    card.subtitle = " · ".join(lines)
    card.badges = _badges(board, record)
    return card


def _hidden(names: dict[str, set[Any] | None], name: str, value: Any) -> bool:
    allowed = names.get(name)
    return name in names and allowed is not None and value.pk not in allowed


def _badges(board: Any, record: Any) -> list[tuple[str, str]]:
    badges = []
    if board.late and getattr(record, board.late):
        badges.append(("bad", _("late")))
    if board.stalled and getattr(record, board.stalled):
        days = (timezone.now() - record.stage_since).days
        badges.append(("warn", ngettext("stalled for %(n)s day", "stalled for %(n)s days", days) % {"n": days}))
    return badges
