"""Lines of a file for calendars (RFC 5545): text escaped, long lines folded, nothing that could begin a line of its own.

Written here and not by the library that reads them: a program asks for a thousand appointments again every few minutes, and
the library takes a third of a millisecond for each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from icalendar import Timezone

#: Control characters that no text needs; a line's end within a text is escaped.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
#: In an address that stands in a property, a line's end could begin another property.
NO_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"\u2028\u2029]")
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
#: Octets of a line, and of one that goes on, without its blank.
MOST, FURTHER = 75, 74


def clean(text: str) -> str:
    return CONTROL.sub("", text)


def text(value: str) -> str:
    """As the value of a property: one line, whatever it says."""
    return clean(value).replace("\r\n", "\n").replace("\r", "\n").translate(ESCAPED)


def utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def day(value: dt.date) -> str:
    return value.strftime("%Y%m%d")


def person(name: str, email: str, called: str = "", **params: str) -> str:
    """ORGANIZER or ATTENDEE, with what is said of them."""
    said = "".join(f";{key.upper()}={value}" for key, value in params.items())
    words = " ".join(clean(called).replace('"', "'").split())
    name_of = f';CN="{words}"' if words else ""
    return f"{name}{name_of}{said}:mailto:{NO_ADDRESS.sub('', email)}"


def folded(line: str) -> str:
    octets = line.encode()
    if len(octets) <= MOST:
        return line
    parts, at, most = [], 0, MOST
    while at < len(octets):
        end = at + most
        # Never within a character.
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(octets[at:end].decode())
        at, most = end, FURTHER
    return "\r\n ".join(parts)


def written(lines: Iterable[str]) -> str:
    """As they stand in the file: folded, each with its end."""
    return "".join([f"{folded(line)}\r\n" for line in lines])


@lru_cache(maxsize=8)
def zone_lines(name: str, first: int, last: int) -> str:
    """The daylight saving of these years; the same for every file of a day."""
    zone = Timezone.from_tzid(name, first_date=dt.date(first, 1, 1), last_date=dt.date(last, 1, 1))
    return str(zone.to_ical().decode())
