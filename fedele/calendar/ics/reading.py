"""What stands in a file for calendars, read with care: bounded in size and number, all text is only text."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from icalendar import Calendar

from fedele.calendar.ics.lines import CONTROL
from fedele.calendar.ics.recurring import Recurring, recurring_of

MOST_BYTES = 1_000_000
#: Events of one file, people of one event, characters of its notes.
MOST_EVENTS, MOST_PEOPLE, MOST_NOTES = 100, 100, 5_000
#: Minutes after which what goes on past midnight is of two days; and the most of one appointment.
NIGHT, MOST_MINUTES = 12 * 60, 366 * 24 * 60
METHODS = ("PUBLISH", "REQUEST", "CANCEL", "REPLY", "ADD", "COUNTER", "REFRESH", "DECLINECOUNTER")
TAG = re.compile(r"<[a-zA-Z!/][^>]{0,2000}>")


class UnreadableError(Exception):
    """It is no file for calendars, or one nobody should have to read. Says why, for people."""


@dataclass(frozen=True)
class Attendee:
    email: str
    name: str = ""
    #: ACCEPTED, DECLINED, TENTATIVE, NEEDS-ACTION
    answer: str = ""


@dataclass(frozen=True)
class Appointment:
    """One event of the file, in the company's time."""

    uid: str
    sequence: int
    title: str
    day: dt.date
    at: str = ""
    minutes: int | None = None
    #: Of several days the last one, and the time it ends at.
    until: dt.date | None = None
    until_at: str = ""
    private: bool = False
    place: str = ""
    notes: str = ""
    organizer: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    is_off: bool = False
    #: Of one appointment of a series, the moment it was planned for at first.
    recurrence: str = ""
    recurring: Recurring | None = None

    def on(self, day: dt.date) -> Appointment:
        """The same beginning on another day, as many days long."""
        return replace(self, day=day, until=self.until + (day - self.day) if self.until else None)


def read(content: bytes) -> tuple[str, list[Appointment]]:
    """(method, appointments). Raises UnreadableError."""
    if len(content) > MOST_BYTES:
        raise UnreadableError(_("This file is too big for an invitation."))
    if b"BEGIN:VCALENDAR" not in content[:4096].upper():
        raise UnreadableError(_("This is no file of a calendar (.ics)."))
    try:
        calendars = Calendar.from_ical(_decoded(content), multiple=True)
        method = str(calendars[0].get("method", "PUBLISH")).upper() if calendars else ""
        events = list(islice(_events(calendars), MOST_EVENTS + 1))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise UnreadableError(_("This calendar file is damaged.")) from error
    if len(events) > MOST_EVENTS:
        raise UnreadableError(_("There are more than %(n)s appointments in this file.") % {"n": MOST_EVENTS})
    found = [one for one in events if one is not None]
    if not found:
        raise UnreadableError(_("There is no appointment in this file."))
    return method if method in METHODS else "PUBLISH", found


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _events(calendars: list[Any]) -> Iterator[Appointment | None]:
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            yield _appointment(event)


def _appointment(event: Any) -> Appointment | None:
    """None for what says neither what it is nor when."""
    uid, start = text(event.get("uid"), 255), event.get("dtstart")
    if not uid or start is None:
        return None
    begins = local(start.dt)
    day, at = begins if isinstance(begins, tuple) else (begins, "")
    if not 1900 <= day.year <= 2999:
        return None
    recurrence, minutes = event.get("recurrence-id"), _minutes(event, start.dt)
    until, until_at = _last_day(event, day, at, minutes)
    return Appointment(
        uid=uid,
        sequence=_number(event.get("sequence")),
        title=text(event.get("summary"), 200) or _("Appointment"),
        day=day,
        at=at,
        minutes=minutes if at and not until and minutes else None,
        until=until,
        until_at=until_at,
        private=str(event.get("class", "")).upper() in ("PRIVATE", "CONFIDENTIAL"),
        place=text(event.get("location"), 200),
        notes=text(event.get("description"), MOST_NOTES, lines=True),
        organizer=_attendee(event.get("organizer")),
        attendees=tuple(_attendees(event)),
        is_off=str(event.get("status", "")).upper() == "CANCELLED",
        recurrence=moment_key(recurrence.dt) if recurrence is not None else "",
        recurring=recurring_of(event, start.dt),
    )


def local(value: dt.datetime | dt.date) -> tuple[dt.date, str] | dt.date:
    """In the company's time zone; what names no zone is meant where it is read."""
    if not isinstance(value, dt.datetime):
        return value
    if value.tzinfo is not None:
        value = value.astimezone(timezone.get_default_timezone())
    return value.date(), value.strftime("%H:%M")


def moment_key(value: dt.datetime | dt.date) -> str:
    """The same moment written the same, whatever zone it was written in."""
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    zoned = value if value.tzinfo is not None else value.replace(tzinfo=timezone.get_default_timezone())
    return zoned.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _minutes(event: Any, start: Any) -> int | None:
    end, duration = event.get("dtend"), event.get("duration")
    try:
        length = end.dt - start if end is not None else duration.dt if duration is not None else dt.timedelta()
    except TypeError:
        return None
    minutes = int(length.total_seconds() // 60)
    return minutes if 0 < minutes <= MOST_MINUTES else None


def _last_day(event: Any, day: dt.date, at: str, minutes: int | None) -> tuple[dt.date | None, str]:
    """(None, "") for what is over the same day, or in the night after it; the end of whole days is the day after."""
    if not minutes or (at and minutes <= NIGHT):
        return None, ""
    begins = dt.datetime.combine(day, dt.time.fromisoformat(at) if at else dt.time())
    ends, said = begins + dt.timedelta(minutes=minutes), event.get("dtend")
    if at and said is not None and isinstance(there := local(said.dt), tuple):
        # As the clocks show it here, also when they were changed in between.
        ends = dt.datetime.combine(there[0], dt.time.fromisoformat(there[1]))
    if ends.time() == dt.time():
        ends, at = ends - dt.timedelta(days=1), ""
    return (ends.date(), f"{ends:%H:%M}" if at else "") if ends.date() > day else (None, "")


def _attendees(event: Any) -> Iterator[Attendee]:
    found = event.get("attendee", [])
    for one in (found if isinstance(found, list) else [found])[:MOST_PEOPLE]:
        if attendee := _attendee(one):
            yield attendee


def _attendee(value: Any) -> Attendee | None:
    if value is None:
        return None
    email = text(value, 254).lower().removeprefix("mailto:").strip()
    params = getattr(value, "params", {})
    if "@" not in email:
        return None
    return Attendee(email, text(params.get("CN"), 120), text(params.get("PARTSTAT"), 20).upper())


def _number(value: Any) -> int:
    try:
        return max(0, min(int(value or 0), 2**31 - 1))
    except (TypeError, ValueError):
        return 0


def text(value: Any, most: int, *, lines: bool = False) -> str:
    """Words and nothing else: some programs write HTML where text belongs."""
    said = str(value if value is not None else "")[: most * 4]
    if TAG.search(said):
        said = html.unescape(strip_tags(re.sub(r"(?i)<(br|/p|/div)[^>]{0,200}>", "\n", said)))
    said = CONTROL.sub("", said).replace("\r\n", "\n").strip()
    return (said if lines else " ".join(said.split()))[:most].strip()
