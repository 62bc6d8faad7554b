"""The appointment inside a mail: enough to show it and to know what it answers."""

from __future__ import annotations

import re

from fedele.inbox.reading.answer import Invitation
from fedele.inbox.reading.characters import printable

_LINE = re.compile(r"^([A-Z-]{1,30})(?:;[^:\n]{0,500})?:(.{0,2000})$", re.MULTILINE)


def invitation_in(calendar: str) -> Invitation | None:
    """Of the first event; None when there is none."""
    unfolded = re.sub(r"\n[ \t]", "", calendar[:100_000])
    head, found, event = unfolded.partition("BEGIN:VEVENT")
    if not found:
        return None
    values: dict[str, str] = {}
    for name, value in _LINE.findall(event.partition("END:VEVENT")[0].partition("BEGIN:VALARM")[0]):
        values.setdefault(name, _plain(value))
    method = re.search(r"^METHOD:([A-Z]+)", head, re.MULTILINE)
    organizer = values.get("ORGANIZER", "").lower().removeprefix("mailto:")
    return Invitation(
        method[1] if method else "PUBLISH", values.get("UID", ""), values.get("SUMMARY", ""), values.get("DTSTART", ""),
        values.get("DTEND", ""), values.get("LOCATION", ""), organizer,
    )  # fmt: skip


def _plain(value: str) -> str:
    value = value.strip().replace("\\n", " ").replace("\\N", " ")
    return printable(re.sub(r"\\([,;\\])", r"\1", value))[:500]
