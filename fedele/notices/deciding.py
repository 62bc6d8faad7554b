"""Where and when one person is told of one thing: their choice for the kind, their quiet hours, what they muted."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from fedele.notices.kinds import Kind, kinds
from fedele.notices.manners import Manner, Mute, manners_of, mutes_of
from fedele.notices.models import Notice
from fedele.notices.preferences import Choice, choices_for


def decide(kind: Kind, notices: list[Notice]) -> list[Notice]:
    """Those of `notices`, all of one record, that somebody wants to hear of, with where and when."""
    if not notices:
        return []
    people = [notice.user_id for notice in notices]
    choices, manners = choices_for(kind, people), manners_of(people)
    mutes = {} if kind.urgent else mutes_of(people, notices[0].record_type, notices[0].record_id)
    return [
        notice
        for notice in notices
        if _settle(notice, kind, choices[notice.user_id], manners[notice.user_id], mutes.get(notice.user_id))
    ]


def _settle(notice: Notice, kind: Kind, choice: Choice, manner: Manner, mute: Mute | None) -> bool:
    if mute is not None and mute.until is None:
        return False
    notice.in_app, notice.email, notice.push = choice.in_app, choice.email, choice.push
    if mute is not None and mute.until is not None:
        notice.shown_at = mute.until
    notice.held_until = held_until(notice, kind, manner)
    return choice.is_wanted


def held_until(notice: Notice, kind: Kind | None, manner: Manner) -> dt.datetime | None:
    """Until when e-mail and push have to wait; None: not at all."""
    now = timezone.now()
    begin = max(now, notice.shown_at)
    opens = begin if kind is not None and kind.urgent else manner.opens_at(begin)
    return opens if opens > now else None


def kind_of(notice: Notice) -> Kind | None:
    return kinds.get(notice.kind)
