"""An activity as an event of a file for calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone

from fedele.calendar.activities.clock import read_time
from fedele.calendar.activities.kinds import Repeats, State
from fedele.calendar.ics.lines import day, text, utc, written, zone_lines

STATUS = {State.PLANNED: "CONFIRMED", State.DONE: "CONFIRMED", State.OFF: "CANCELLED"}
#: Years of daylight saving that are told along.
YEARS = 5


def uid_of(activity: Any) -> str:
    """The same for ever, and not that of another installation: that of the invitation it came from, or one of our own."""
    invitation = getattr(activity, "invitation", None)
    return (
        invitation.uid if invitation else f"{activity.pk}-{int(activity.created_at.timestamp())}@{settings.SITE_HOST}"
    )


def event_of(
    activity: Any, *, title: str, line: str = "", url: str = "", alarm: bool = True, sequence: int | None = None,
    people: Iterable[str] = (),
) -> str:  # fmt: skip
    """`people`: lines of `lines.person`; `sequence`: of the version that is answered, not of ours."""
    return written(_event(activity, title, line, url, alarm, sequence, people))


def _event(
    activity: Any, title: str, line: str, url: str, alarm: bool, sequence: int | None, people: Iterable[str]
) -> Iterator[str]:
    changed = utc(activity.updated_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{text(uid_of(activity))}"
    yield f"SEQUENCE:{max(activity.version - 1, 0) if sequence is None else sequence}"
    yield f"DTSTAMP:{changed}"
    yield f"CREATED:{utc(activity.created_at)}"
    yield f"LAST-MODIFIED:{changed}"
    yield from _when(activity)
    yield from _again(activity)
    yield f"SUMMARY:{text(title)}"
    if activity.place:
        yield f"LOCATION:{text(activity.place)}"
    if line:
        yield f"DESCRIPTION:{text(line)}"
    if url:
        yield f"URL:{url}"
    if activity.private:
        yield "CLASS:PRIVATE"
    yield from people
    yield f"STATUS:{STATUS[State(activity.state)]}"
    if alarm and activity.remind and activity.is_planned:
        yield from _alarm(activity, title)
    yield "END:VEVENT"


def _when(activity: Any) -> Iterator[str]:
    """In the company's time zone by name, so that a program moves it with daylight saving as people would."""
    at = read_time(activity.due_at)
    if at is None:
        yield f"DTSTART;VALUE=DATE:{day(activity.due_on)}"
        yield f"DTEND;VALUE=DATE:{day(activity.last_day + dt.timedelta(days=1))}"
        # Something to do that day takes no hour of it; days away from the desk do.
        yield f"TRANSP:{'OPAQUE' if activity.spans else 'TRANSPARENT'}"
        return
    zone = timezone.get_default_timezone()
    begins = dt.datetime.combine(activity.due_on, at, tzinfo=zone)
    yield f"DTSTART;TZID={zone}:{begins:%Y%m%dT%H%M%S}"
    ends = _ends(activity, begins)
    if not activity.spans and ends.utcoffset() != begins.utcoffset():
        # An hour that comes twice that night says nothing; a length does.
        yield f"DURATION:PT{activity.length}M"
    else:
        yield f"DTEND;TZID={zone}:{ends:%Y%m%dT%H%M%S}"


def _ends(activity: Any, begins: dt.datetime) -> dt.datetime:
    """The length is one of real minutes, also in the night the clocks change. Several days end at their hour, or at midnight."""
    if not activity.spans:
        return (begins.astimezone(dt.UTC) + dt.timedelta(minutes=activity.length)).astimezone(begins.tzinfo)
    if at := read_time(activity.until_at):
        return dt.datetime.combine(activity.until_on, at, tzinfo=begins.tzinfo)
    return dt.datetime.combine(activity.until_on + dt.timedelta(days=1), dt.time(), tzinfo=begins.tzinfo)


def _again(activity: Any) -> Iterator[str]:
    """The rule of a series that is still going on, and the days of it that are left out."""
    if not activity.is_series:
        return
    until = ""
    zone, at = timezone.get_default_timezone(), read_time(activity.due_at)
    if activity.repeats_until:
        last = dt.datetime.combine(activity.repeats_until, dt.time(23, 59, 59), tzinfo=zone)
        until = f";UNTIL={utc(last) if at else day(activity.repeats_until)}"
    yield f"RRULE:FREQ={activity.repeats.upper()}{_of_short_months(activity)}{until}"
    days = [day(dt.date.fromisoformat(one)) for one in activity.skips]
    if days and at:
        yield f"EXDATE;TZID={zone}:{','.join(f'{one}T{at:%H%M%S}' for one in days)}"
    elif days:
        yield f"EXDATE;VALUE=DATE:{','.join(days)}"


def _of_short_months(activity: Any) -> str:
    """The 31st falls on the last day of a shorter month with us; a rule that says nothing would leave those months out."""
    first = activity.due_on
    if first.day <= 28 or activity.repeats not in (Repeats.MONTHLY, Repeats.YEARLY):
        return ""
    month = f";BYMONTH={first.month}" if activity.repeats == Repeats.YEARLY else ""
    return f"{month};BYMONTHDAY={','.join(str(one) for one in range(28, first.day + 1))};BYSETPOS=-1"


def _alarm(activity: Any, title: str) -> Iterator[str]:
    minutes = -int(activity.remind)
    # What has no time begins at nine for its reminder, as in Fedele itself.
    minutes = minutes if activity.due_at else 9 * 60 + minutes
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{text(title)}")
    yield f"TRIGGER:{'-' if minutes < 0 else ''}PT{abs(minutes)}M"
    yield "END:VALARM"


def calendar_of(events: Iterable[str], *, method: str = "PUBLISH", name: str = "") -> bytes:
    head = ["BEGIN:VCALENDAR", "PRODID:-//Fedele//Fedele//IT", "VERSION:2.0", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    if name:
        head.append(f"X-WR-CALNAME:{text(name)}")
    year, zone = timezone.localdate().year, str(timezone.get_default_timezone())
    told = zone_lines(zone, year - 1, year + YEARS)
    return "".join([written(head), told, *events, "END:VCALENDAR\r\n"]).encode()
