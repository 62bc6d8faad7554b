"""Hours and minutes as they are kept and as they are read."""

from __future__ import annotations


def clock(minutes: int) -> str:
    """As an activity keeps it: "09:30"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def hours(minutes: int) -> str:
    """ "6 h 30", "" for nothing."""
    whole, rest = divmod(minutes, 60)
    if not minutes:
        return ""
    return f"{whole} h {rest:02}" if whole and rest else f"{whole} h" if whole else f"{rest} min"
