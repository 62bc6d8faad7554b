"""What a person decides on the public pages, written down like everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import capfirst

from fedele.people.consents.links import Asked
from fedele.people.consents.models import ConsentText
from fedele.people.consents.people import is_customer
from fedele.people.consents.purposes import Purpose, purposes, refusable
from fedele.people.consents.recording import latest, record_answer
from fedele.people.consents.standing import look_up
from fedele.people.consents.words import ANY, Basis, Channel, Said, Source, Stand

#: Channels whose answer needs no register and no address to be shown.
USES = (Channel.EMAIL, Channel.PHONE, Channel.POST, Channel.MESSAGE, Channel.TRACKING, Channel.PROFILING)


@dataclass(frozen=True)
class Box:
    """A channel of a purpose, on or off."""

    name: str
    channel: str
    label: str
    on: bool


def rows_of(record: Any) -> tuple[list[tuple[Purpose, list[Box]]], int]:
    """The boxes by purpose, and what was the last known answer when they were shown."""
    seen, states = latest(), look_up(record.record_type, [record])[record.pk]
    found = []
    for purpose in refusable():
        boxes = [
            Box(
                f"{purpose.key}.{channel}",
                str(channel),
                capfirst(str(channel.label)),
                _on(record, channel, purpose, states),
            )
            for channel in USES
            if purpose.basis(channel) in (Basis.CONSENT, Basis.INTEREST)
        ]
        found.append((purpose, boxes))
    return found, seen


def _on(record: Any, channel: str, purpose: Purpose, states: dict[tuple[str, str], Any]) -> bool:
    now = states.get((channel, purpose.key)) or states.get((channel, ANY))
    if now is not None:
        return bool(now.stand == Stand.YES)
    if purpose.basis(channel) == Basis.INTEREST:
        return True
    return bool(channel == Channel.EMAIL and purpose.soft_spam and is_customer(record))


def change(record: Any, data: Any, trace: dict[str, Any]) -> None:
    """Only what differs from what was shown is written: `was` names the boxes that stood on then."""
    seen = int(data.get("seen", "")) if data.get("seen", "").isdigit() and len(data.get("seen", "")) < 18 else 0
    was = set(data.getlist("was"))
    rows, _now = rows_of(record)
    text = ConsentText.current(getattr(record, "language", ""))
    with transaction.atomic():
        for purpose, boxes in rows:
            on = [box.channel for box in boxes if box.name in data and box.name not in was]
            off = [box.channel for box in boxes if box.name not in data and box.name in was]
            said = {"source": Source.LINK, "purpose": purpose.key, "evidence": trace, "seen": seen}
            if on:
                record_answer(record, on, Said.GIVEN, text=text, **said)
            if off:
                record_answer(record, off, Said.WITHDRAWN, **said)


def leave(record: Any, trace: dict[str, Any]) -> None:
    record_answer(record, [str(one) for one in Channel], Said.OBJECTED, source=Source.LINK, purpose=ANY, evidence=trace)


def leave_mail(record: Any, trace: dict[str, Any]) -> None:
    """No more mail of any kind that can be refused, nor measuring of it."""
    record_answer(
        record, [Channel.EMAIL, Channel.TRACKING], Said.WITHDRAWN, source=Source.LINK, purpose=ANY, evidence=trace
    )


def confirm(asked: Asked, text: ConsentText | None, trace: dict[str, Any]) -> None:
    """Whoever reads the mailbox says yes: with it they also know of what they refused before."""
    ground = purposes().get(asked.purpose)
    channels = [one for one in asked.channels if ground is not None and ground.basis(one)]
    record_answer(
        asked.record, channels, Said.GIVEN, purpose=asked.purpose, source=Source.FORM, text=text,
        evidence={**trace, "confirmed": True},
    )  # fmt: skip
