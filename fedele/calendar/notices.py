"""Whom this department tells what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.calendar.activities.asking import tell_stand_in
from fedele.journal.models import Entry
from fedele.notices.kinds import declare, notice

declare(
    "activity.reminder",
    label=_("A reminder I asked for"),
    text=_("Soon: {title}"),
    default_email="none",
    icon="alarm-clock",
    why=_("You get this because you asked to be reminded."),
)

declare(
    "activity.pressed",
    label=_("What I was asked and have not seen for a day"),
    text=_("{asker} is still waiting: have you seen “{title}”?"),
    default_email="now",
    icon="eye-off",
    why=_("You get this once because you have not said that you have seen it."),
)
declare(
    "activity.stand_in",
    label=_("Something is asked of a colleague I stand in for"),
    text=_("{asker} asks {owner}, who is away: {title}"),
    default_email="now",
    icon="forward",
    why=_("You get this because you stand in for a colleague who is away."),
)
declare(
    "activity.came_back",
    label=_("What I asked comes back, as who had it left"),
    text=_("Yours again: {title}"),
    default_email="now",
    icon="undo-2",
    why=_("You get this because you asked a colleague who has left."),
)


@notice(
    "activity.asked",
    entries="*",
    label=_("A colleague asks me to do something"),
    text=_("{actor} asks you: {title}"),
    default_email="now",
    icon="forward",
    why=_("You get this because it was given to you."),
)
def tell_whom_it_was_given(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    if entry.record_type != "activity" or not entry.kind.endswith(
        (".created", ".handed_over", ".changed", ".assigned")
    ):
        return
    activity = entry.record
    is_new = entry.kind.endswith((".created", ".handed_over")) or "owner" in entry.changes
    if activity is not None and activity.owner and is_new and activity.is_unseen:
        tell_stand_in(activity)
        yield activity.owner, {}


@notice(
    "activity.answered",
    label=_("A guest answers my invitation"),
    text=_("{who} answered: {title}"),
    icon="mail-question-mark",
    why=_("You get this because the activity is yours."),
)
def tell_whose_it_is(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    activity = entry.record
    if activity is not None and activity.owner:
        yield activity.owner, {"who": entry.data.get("who", "")}


@notice(
    "activity.seen",
    entries="*",
    label=_("What I asked for was seen"),
    text=_("{actor} has seen: {title}"),
    icon="eye",
    why=_("You get this because you asked for it."),
)
def tell_who_asked(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    if entry.kind not in ("activity.seen", "activity.stepped_in"):
        return
    activity = entry.record
    if activity is not None and activity.asked_by:
        yield activity.asked_by, {}


@notice(
    "activity.done",
    label=_("What I asked for is done"),
    text=_("{actor} did: {title}"),
    icon="circle-check",
    why=_("You get this because you asked for it."),
)
def tell_who_waits(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    activity = entry.record
    if activity is not None and activity.asked_by:
        yield activity.asked_by, {}
