"""An activity that lasts several days: a fair, an installation, a holiday. It has a last day, and perhaps an hour it ends at."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from fedele.calendar.activities.clock import ClockField, minute_of
from fedele.calendar.hours.words import clock
from fedele.ui.moments import ago

#: The most days one thing lasts; what goes on for longer is no appointment.
MOST_DAYS = 366
#: Minutes of an activity that has a time and no length.
USUAL = 30

#: What keeps somebody from doing something else: it has a time, or lasts several days.
TAKING_TIME = ~models.Q(due_at="", until_on=None)


def during(first: dt.date, last: dt.date) -> models.Q:
    """Of what begins between these days, or began before and is not over."""
    begins = models.Q(due_on__gte=first, due_on__lte=last)
    return begins | models.Q(until_on__gte=first, due_on__lt=first)


def over_before(day: dt.date) -> models.Q:
    """Of what ended before that day. Its first day lies before it, too: said for the indexes, that go by it."""
    return models.Q(due_on__lt=day, ends_on__lt=day)


class Spanning(models.Model):
    #: Empty, or the day it begins on, for what is over the same day.
    until_on = models.DateField(_("last day"), null=True, blank=True)
    until_at = ClockField(_("ends at"), blank=True)
    #: The day it is over with, of what lasts a day, too: what is overdue is judged by it, and the database keeps it.
    ends_on = models.GeneratedField(
        expression=Coalesce(Greatest("until_on", "due_on"), "due_on"),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("ends on"),
    )

    class Meta:
        abstract = True

    @property
    def spans(self) -> bool:
        """More than the day it begins on."""
        return self.until_on is not None and self.due_on is not None and self.until_on > self.due_on  # type: ignore[attr-defined]

    @property
    def last_day(self) -> dt.date | None:
        return self.until_on if self.spans else self.due_on  # type: ignore[attr-defined,no-any-return]

    @property
    def length(self) -> int:
        """Minutes it takes up on the calendar on the day it begins."""
        if self.until_on == self.due_on and self.due_at and self.until_at > self.due_at:  # type: ignore[attr-defined]
            return minute_of(self.until_at) - minute_of(self.due_at)  # type: ignore[attr-defined]
        return self.minutes or USUAL  # type: ignore[attr-defined,no-any-return]

    @property
    def over_at(self) -> str:
        """The hour it is over on its last day; "" for what has none. Without a length, it is that it was to begin at."""
        begins = self.due_at  # type: ignore[attr-defined]
        if self.until_at or self.spans or not begins:
            return self.until_at
        return clock(min(minute_of(begins) + (self.minutes or 0), 24 * 60 - 1))  # type: ignore[attr-defined]

    @property
    def when(self) -> str:
        """In few words: "tomorrow 09:30", "yesterday – 2 Dec"."""
        further = f"– {ago(self.until_on)}" if self.spans else self.due_at  # type: ignore[attr-defined]
        return f"{ago(self.due_on)} {further}".strip()  # type: ignore[attr-defined]

    def check_end(self) -> None:
        """Raises what is wrong with the last day, at its field."""
        begins, ends = self.due_on, self.until_on  # type: ignore[attr-defined]
        if self.until_at and not ends:
            raise ValidationError({"until_on": _("An hour it ends at needs a last day.")})
        if ends and not begins:
            raise ValidationError({"due_on": _("What lasts several days needs a first day.")})
        if ends and ends < begins:
            raise ValidationError({"until_on": _("It does not end before it begins.")})
        if ends and (ends - begins).days > MOST_DAYS:
            raise ValidationError({"until_on": _("It does not last longer than a year.")})

    def shift_to(self, day: dt.date) -> None:
        """Begins on `day` and lasts as many days as before."""
        if self.until_on and self.due_on:  # type: ignore[has-type]
            self.until_on += day - self.due_on  # type: ignore[has-type]
        self.due_on = day
