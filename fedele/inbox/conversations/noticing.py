"""Who is told that something was written: those called by name, and those who follow the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from fedele.inbox.conversations.saying import EXCERPT
from fedele.journal.models import Entry
from fedele.notices.following import followers_of
from fedele.notices.kinds import notice


@notice(
    "conversation.mentioned",
    entries="*",
    label=_("A colleague mentions me"),
    text=_("{actor} mentions you at {title}: {text}"),
    default_email="now",
    icon="at-sign",
    why=_("You get this because your name, or that of your team, was called with @."),
)
def tell_who_was_called(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    if not entry.kind.endswith(".said"):
        return
    for one in get_user_model().objects.filter(pk__in=entry.data.get("to", ())):
        yield one, {"text": entry.data["text"][:EXCERPT]}


@notice(
    "conversation.message",
    entries="*",
    label=_("Somebody writes about what I follow"),
    text=_("{actor} writes about {title}: {text}"),
    icon="message-square",
    why=_(
        "You get this because you follow the record: it is yours, or you wrote there, were named or pressed “Follow”."
    ),
)
def tell_followers(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    if not entry.kind.endswith(".said"):
        return
    for one in followers_of(entry.record):
        if one.pk not in entry.data.get("to", ()):
            yield one, {"text": entry.data["text"][:EXCERPT]}
