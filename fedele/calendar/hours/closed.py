"""Days on which nobody works: public holidays of the company's country, and those it is closed on."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils.translation import get_language

from fedele.base.house import house
from fedele.calendar.hours.models import Closing

#: A company names so many at most; more are left out.
MOST = 400


def closed_days(first: dt.date, last: dt.date, *, with_holidays: bool) -> dict[dt.date, str]:
    """Each day from `first` to `last` on which the company is closed, and why. One statement."""
    found: dict[dt.date, str] = {}
    for one in Closing.objects.all()[:MOST]:
        for year in range(first.year - 1, last.year + 1) if one.every_year else (one.first_day.year,):
            begins = _in_year(one.first_day, year)
            for n in range((one.last_day - one.first_day).days + 1):
                if first <= (day := begins + dt.timedelta(days=n)) <= last:
                    found[day] = one.name
    return found | (public_holidays(first, last) if with_holidays else {})


def _in_year(day: dt.date, year: int) -> dt.date:
    """The 29th of February falls on the 28th."""
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


def public_holidays(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """None for a country nobody knows the holidays of."""
    language = (get_language() or "it").partition("-")[0]
    days: dict[dt.date, str] = {}
    for year in range(first.year, last.year + 1):
        days |= _of_year(house().country, year, language)
    return {day: name for day, name in days.items() if first <= day <= last}


@lru_cache(maxsize=64)
def _of_year(country: str, year: int, language: str) -> dict[dt.date, str]:
    # Read when it is first needed: it knows two hundred countries.
    import holidays

    try:
        known = holidays.country_holidays(country, years=year).supported_languages
        # Italian is "it_IT" there, English "en_US"; what it does not speak it says in the language of the country.
        spoken = next((one for one in sorted(known, reverse=True) if one.partition("_")[0] == language), None)
        found = holidays.country_holidays(country, years=year, language=spoken)
    except NotImplementedError:
        return {}
    return {day: name for day, name in sorted(found.items()) if day.year == year}
