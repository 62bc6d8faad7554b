"""When people work, as the calendar draws it and as free time is looked for."""

from __future__ import annotations

import datetime as dt

#: Monday is 0.
WORKDAYS = frozenset(range(5))
OPENS, CLOSES = dt.time(8), dt.time(18)
#: The pause nobody is planned into.
PAUSE = (dt.time(13), dt.time(14))
#: What the grid shows without scrolling up: early and late work is outside, and reached by scrolling.
FIRST_SHOWN = dt.time(7)
MINUTES_A_DAY = 8 * 60


def is_workday(day: dt.date) -> bool:
    return day.weekday() in WORKDAYS


def minutes_of(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def clock(minutes: int) -> str:
    """As an activity keeps it: "09:30"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def hours(minutes: int) -> str:
    """ "6 h 30", "" for nothing."""
    whole, rest = divmod(minutes, 60)
    if not minutes:
        return ""
    return f"{whole} h {rest:02}" if whole and rest else f"{whole} h" if whole else f"{rest} min"
