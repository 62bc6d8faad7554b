"""What stands in a dossier, as plain texts and numbers in the reader's language: never a word of markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from markupsafe import Markup

from fedele.base.house import house
from fedele.journal.models import Entry
from fedele.people.handovers.briefing import dossier_of, headings_of
from fedele.records.adding import added_chips, added_warnings
from fedele.records.page.facts import facts_of
from fedele.records.page.telling import Told, tell
from fedele.records.registry import registry
from fedele.ui.moments import date, datetime

KEYS = ("company", "contact", "lead")
#: Entries of the timeline, and characters of any one text.
ENTRIES, LONGEST = 30, 2_000
#: A word longer than this may be broken anywhere, or it would leave the page.
_LONG_WORD = re.compile(r"\S{30}")
IDENTITY, SITUATION, TIMELINE = "identity", "situation", "timeline"
_FIRST = ((IDENTITY, gettext_lazy("Who they are")), (SITUATION, gettext_lazy("Situation")))
_LAST = ((TIMELINE, gettext_lazy("Timeline, the last 30 entries")),)
#: Said at greater length elsewhere in the dossier.
_TOLD_ELSEWHERE = ("in_short", "last_events")


def parts_of(key: str) -> list[tuple[str, str]]:
    """(key, label) of everything that can be ticked, in the order of the paper."""
    headings = [(one.key, one.label) for one in headings_of(key) if one.key not in _TOLD_ELSEWHERE]
    return [(name, str(label)) for name, label in (*_FIRST, *headings, *_LAST)]


def gathered(record: Any, user: Any, chosen: Sequence[str]) -> dict[str, Any]:
    record_type = registry.of(record)
    warnings = [text for _level, text in added_warnings(record_type.key, record, user)]
    found = {
        "lang": (get_language() or "it")[:2],
        "title": str(record),
        "kind": capfirst(str(record_type.label)),
        "house": house().name,
        "line": " · ".join(part for part in (record.number, record_type.second_line(record)) if part),
        "badges": [one.text for one in added_chips(record_type.key, record, user)],
        "warnings": warnings,
        "made": _("Made on %(moment)s for %(user)s") % {"moment": datetime(timezone.now()), "user": user},
        "page": _("page"),
        "confidential": _("Confidential: do not leave it lying about."),
        "identity": _identity(record_type, record, user) if IDENTITY in chosen else [],
        "situation": _situation(record_type, record, user) if SITUATION in chosen else [],
        "headings": dossier_of(record_type.key, record, user, [one for one in chosen if one not in _TOLD_ELSEWHERE]),
        "timeline_label": _("Timeline, the last 30 entries"),
        "timeline": _timeline(record, user) if TIMELINE in chosen else [],
    }
    return _printable(found)  # type: ignore[no-any-return]


def _identity(record_type: Any, record: Any, user: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = facts_of(record_type, record, user)
    return [
        (group.title, [(capfirst(one.label), Markup(one.html).striptags()) for one in group.facts if one.filled])  # noqa: S704
        for group in groups
        if group.is_filled
    ]


def _situation(record_type: Any, record: Any, user: Any) -> list[tuple[str, str, str]]:
    tiles = record_type.all_tiles(record, user)
    return [(str(one["label"]), str(one["value"]), str(one.get("note") or "")) for one in tiles]


def _timeline(record: Any, user: Any) -> list[tuple[str, str, str, str]]:
    """Day, what happened, who, and what was written; of other records only those this user may see."""
    entries = Entry.objects.about(record.record_type, record.pk).order_by("-at", "-id")
    return [_told(one) for one in tell(entries[:ENTRIES], record, user)]


def _told(one: Told) -> tuple[str, str, str, str]:
    what = " – ".join(part for part in (one.other, one.sentence) if part)
    return date(one.at), what, one.actor, one.text


def _printable(value: Any) -> Any:
    """Texts of a length for paper, that can be broken, without signs no font has."""
    if isinstance(value, str):
        text = "".join(sign for sign in value[:LONGEST] if sign.isprintable() or sign in "\n\t\xa0\u202f")
        return _LONG_WORD.sub(lambda found: f"{found.group()}\u200b", text)
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value
