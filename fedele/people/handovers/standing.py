"""What a customer is to us, said first when the phone rings: phase, whose it is, how it wants to be spoken to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.people.handovers.briefing import Line, Lines, adds_briefing
from fedele.people.lifecycle.phases import TONES, Phase
from fedele.people.lifecycle.showing import may_see, reason_of
from fedele.people.lifecycle.words import why
from fedele.people.profiles.kinds import FactKind
from fedele.people.profiles.reading import profile_of
from fedele.records.registry import registry
from fedele.ui.moments import date


@adds_briefing(
    "company", "contact", "lead", label=gettext_lazy("Who they are to us"), order=5, phone=10, handed_over=False
)
def to_us(records: Sequence[Any], reader: Any) -> Lines:
    return {
        one.pk: [*_phase(one, reader), *_stage(one, reader), *_whose(one), *_channel(one, reader)] for one in records
    }


def _phase(record: Any, reader: Any) -> list[str]:
    if not getattr(record, "phase", "") or not may_see(reader):
        return []
    phase = Phase(record.phase)
    since = _(", since %(day)s") % {"day": date(record.phase_since)} if record.phase_since else ""
    url = registry.of(record).url(record.pk, "phase")
    first = Line(f"{capfirst(str(phase.label))}{since}", url, {"bad": "bad", "warn": "warn"}.get(TONES[phase], ""))
    return [first, *(capfirst(one) for one in why(reason_of(record), timezone.localdate(), reader))]


def _stage(record: Any, reader: Any) -> list[str]:
    if record.record_type != "lead" or reader.rights.hides("lead", "stage"):
        return []
    return [_("Lead: %(stage)s") % {"stage": record.get_stage_display()}]


def _whose(record: Any) -> list[str]:
    if record.owner is None:
        return [_("Nobody’s customer yet")]
    return [_("%(owner)s looks after them") % {"owner": record.owner}]


def _channel(record: Any, reader: Any) -> list[str]:
    profile = profile_of(record, reader)
    said = profile.known.get(FactKind.CHANNEL) if profile else None
    return [_("Preferred channel: %(channel)s") % {"channel": said.latest.text}] if said else []
