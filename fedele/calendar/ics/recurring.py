"""What comes again and again: a plain rule becomes a series of ours, any other its next appointments, one by one.

A rule may be written to cost for ever (every second, or a day that never comes): nothing is counted beyond a year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrulestr
from icalendar import vRecur

#: Appointments that are laid out of one rule, and how far ahead.
MOST, AHEAD = 53, dt.timedelta(days=366)
FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
#: What a rule may say besides and still be one of ours.
PLAIN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Recurring:
    #: A series of ours: every day, week, month, year; until when, if it ends.
    repeats: str = ""
    until: dt.date | None = None
    #: Otherwise, the beginnings of its appointments, as the file writes them.
    starts: tuple[Any, ...] = ()


def recurring_of(event: Any, start: Any) -> Recurring | None:
    rule = event.get("rrule")
    rules = rule if isinstance(rule, list) else [rule]
    # A rule nobody can read leaves the one appointment it stands at.
    if not all(isinstance(one, vRecur) for one in rules):
        return None
    if isinstance(rule, list) or event.get("exdate") is not None or event.get("rdate") is not None:
        return Recurring(starts=_starts(rules[0], start, _left_out(event)))
    plain = _plain(rule, start)
    return plain or Recurring(starts=_starts(rule, start, set()))


def _plain(rule: Any, start: Any) -> Recurring | None:
    said = {key.upper(): value for key, value in rule.items()}
    frequency = str(said.get("FREQ", [""])[0]).upper()
    if frequency not in FREQUENCIES or [int(one) for one in said.get("INTERVAL", [1])] != [1]:
        return None
    further = {key: [str(one).upper() for one in value] for key, value in said.items() if key not in PLAIN}
    if further == {"BYDAY": [DAYS[_day(start).weekday()]]} and frequency == "WEEKLY":
        further = {}
    if further == {"BYMONTHDAY": [str(_day(start).day)]} and frequency == "MONTHLY":
        further = {}
    # The 31st is skipped by such a rule, and falls on the last day of a shorter month with us.
    if further or (frequency in ("MONTHLY", "YEARLY") and _day(start).day > 28):
        return None
    if "COUNT" in said:
        starts = _starts(rule, start, set())
        last = _day(starts[-1]) if starts and int(said["COUNT"][0]) <= MOST else None
        return Recurring(frequency.lower(), last) if last else None
    until = said.get("UNTIL", [None])[0]
    return Recurring(frequency.lower(), _day(until) if until else None)


def _starts(rule: Any, start: Any, left_out: set[Any]) -> tuple[Any, ...]:
    """Counted without a zone: a meeting at nine stays at nine when the clocks change."""
    said = {key.upper(): value for key, value in rule.items()}
    if str(said.get("FREQ", [""])[0]).upper() not in FREQUENCIES:
        return (start,)
    naive = _naive(start)
    limits = {key: value for key, value in said.items() if key not in ("UNTIL", "BYHOUR", "BYMINUTE", "BYSECOND")}
    words = ";".join(f"{key}={','.join(str(one) for one in value)}" for key, value in limits.items() if key != "COUNT")
    end = naive + AHEAD
    if (until := said.get("UNTIL", [None])[0]) is not None:
        end = min(end, _naive(until, like=start))
    try:
        found = rrulestr(f"{words};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=naive)
    except (ValueError, TypeError):
        return (start,)
    most = min(MOST, *(int(one) for one in said.get("COUNT", [MOST])))
    days = [one for one in islice(found, most) if one not in left_out]
    return tuple(_like(start, one) for one in days)


def _left_out(event: Any) -> set[Any]:
    found = event.get("exdate") or []
    groups = (found if isinstance(found, list) else [found])[:MOST]
    return {_naive(one.dt) for group in groups for one in group.dts[:MOST]}


def _day(value: Any) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _naive(value: Any, like: Any = None) -> dt.datetime:
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time.max if like is not None else dt.time.min)
    if like is not None and isinstance(like, dt.datetime) and like.tzinfo and value.tzinfo:
        value = value.astimezone(like.tzinfo)
    return value.replace(tzinfo=None)


def _like(start: Any, naive: dt.datetime) -> Any:
    """The occurrence as the file would write it: a day, or a moment in the zone of the first one."""
    return naive.replace(tzinfo=start.tzinfo) if isinstance(start, dt.datetime) else naive.date()
