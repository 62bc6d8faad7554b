"""Addresses a letter does not go to: those mail came back from for good, and those a server refuses while it leaves."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from fedele.inbox.messages.kinds import Kind
from fedele.inbox.messages.models import Message, Report
from fedele.inbox.reading.bounces import class_of
from fedele.inbox.unreachable.counting import came_back
from fedele.inbox.unreachable.models import Unreachable

KINDS = {"hard": Kind.HARD_BOUNCE, "soft": Kind.SOFT_BOUNCE, "policy": Kind.POLICY_BOUNCE}
#: Where a message keeps the addresses its author sends to all the same.
ANYWAY = "anyway"


def kept_back(message: Message) -> dict[str, str]:
    """{address: why}, in the words of its author: nothing leaves for these unless the author said so."""
    agreed = set(message.notes.get(ANYWAY, ()))
    found = Unreachable.objects.among(one for one in message.addresses("to", "cc", "bcc") if one not in agreed)
    with translation.override(message.author.language if message.author else None):
        return {address: one.why for address, one in found.items()}


def leave_out(letter: Any, addresses: dict[str, str]) -> bool:
    """Whether anybody is left whom it goes to."""
    for name in ("to", "cc", "bcc"):
        kept = [one for one in getattr(letter, name) if _bare(one) not in addresses]
        setattr(letter, name, kept)
    return bool(letter.recipients())


def _bare(shown: str) -> str:
    return shown.rpartition("<")[2].rstrip(">")


def note_refused(message: Message, refused: dict[str, str]) -> None:
    """What its server said of single addresses counts like a report that comes later."""
    for address, said in refused.items():
        cls = class_of("", said)
        Report.keep(message, None, KINDS.get(cls, Kind.DELAY), address, diagnostic=said[:300])
        came_back(address, cls, said)
