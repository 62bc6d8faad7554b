"""An activity as an event of a file for calendars. The library escapes; what may not stand in a line at all is taken out here."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.utils import timezone
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from fedele.calendar.activities.kinds import State
from fedele.calendar.activities.planning import read_time

#: Control characters that no text needs; a line's end within a text is escaped by the library.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
#: In an address that stands in a property, a line's end could begin another property.
NO_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"\u2028\u2029]")
STATUS = {State.PLANNED: "CONFIRMED", State.DONE: "CONFIRMED", State.OFF: "CANCELLED"}
#: Years of daylight saving that are told along.
YEARS = 5


def uid_of(activity: Any) -> str:
    """The same for ever, and not that of another installation: that of the invitation it came from, or one of our own."""
    invitation = getattr(activity, "invitation", None)
    return (
        invitation.uid if invitation else f"{activity.pk}-{int(activity.created_at.timestamp())}@{settings.SITE_HOST}"
    )


def event_of(activity: Any, *, title: str, line: str = "", url: str = "", alarm: bool = True) -> Event:
    event = Event()
    event.add("uid", clean(uid_of(activity)))
    event.add("sequence", max(activity.version - 1, 0))
    event.add("dtstamp", activity.updated_at.astimezone(dt.UTC))
    event.add("created", activity.created_at.astimezone(dt.UTC))
    event.add("last-modified", activity.updated_at.astimezone(dt.UTC))
    _when(event, activity)
    event.add("summary", clean(title))
    if activity.place:
        event.add("location", clean(activity.place))
    if line:
        event.add("description", clean(line))
    if url:
        event.add("url", url)
    event.add("status", STATUS[State(activity.state)])
    if alarm and activity.remind and activity.is_planned:
        event.add_component(_alarm(activity, title))
    return event


def _when(event: Event, activity: Any) -> None:
    """In the company's time zone by name, so that a program moves it with daylight saving as people would."""
    at = read_time(activity.due_at)
    if at is None:
        event.add("dtstart", activity.due_on)
        event.add("dtend", activity.due_on + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return
    zone = timezone.get_default_timezone()
    begins = dt.datetime.combine(activity.due_on, at, tzinfo=zone)
    # The length is one of real minutes, also in the night the clocks change.
    ends = (begins.astimezone(dt.UTC) + dt.timedelta(minutes=activity.length)).astimezone(zone)
    event.add("dtstart", begins)
    event.add("dtend", ends)


def _alarm(activity: Any, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(title))
    minutes = int(activity.remind)
    # What has no time begins at nine for its reminder, as in Fedele itself.
    alarm.add("trigger", dt.timedelta(minutes=-minutes) if activity.due_at else dt.timedelta(minutes=9 * 60 - minutes))
    return alarm


def person(email: str, name: str = "", **params: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{NO_ADDRESS.sub('', email)}")
    if name:
        address.params["cn"] = vText(clean(name).replace("\n", " ").replace("\r", " "))
    for key, value in params.items():
        address.params[key] = vText(value)
    return address


def calendar_of(events: list[Event], *, method: str = "PUBLISH", name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Fedele//Fedele//IT")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", clean(name))
    for event in events:
        calendar.add_component(event)
    today = timezone.localdate()
    calendar.add_missing_timezones(
        first_date=today.replace(year=today.year - 1, month=1, day=1),
        last_date=today.replace(year=today.year + YEARS, month=1, day=1),
    )
    return bytes(calendar.to_ical())


def clean(text: str) -> str:
    return CONTROL.sub("", text)
