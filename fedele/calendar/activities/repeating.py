"""A series: one activity is planned at a time, and the next comes of it; the days still to come are known without a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.months import months_after
from fedele.base.verbs import Refused, verb
from fedele.calendar.activities.kinds import Repeats

#: Days of one series nobody counts further than; each is a step of arithmetic, nothing is read.
MOST = 4_000


def next_day(day: dt.date, repeats: str, every: int = 1) -> dt.date:
    """The day after `day` on which it comes round again; the 31st falls on the last day of a shorter month."""
    if repeats == Repeats.DAILY:
        return day + dt.timedelta(days=every)
    if repeats == Repeats.WEEKLY:
        return day + dt.timedelta(weeks=every)
    return months_after(day, every * (12 if repeats == Repeats.YEARLY else 1))


class Repeating(models.Model):
    repeats = models.CharField(_("repeats"), max_length=8, choices=Repeats, blank=True)
    repeats_until = models.DateField(_("until"), null=True, blank=True)
    #: Days of the series that are left out, or were moved and stand by themselves: "2026-12-07".
    skips = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_series(self) -> bool:
        return bool(self.repeats) and self.due_on is not None and self.state == "planned"  # type: ignore[attr-defined]

    def check_series(self) -> None:
        due = self.due_on  # type: ignore[attr-defined]
        if self.repeats and not due:
            raise ValidationError({"due_on": _("What repeats needs a day to begin with.")})
        if self.is_series and self.repeats_until and self.repeats_until < due:
            raise ValidationError({"repeats_until": _("The series ends before it begins.")})

    def coming_days(self) -> Iterator[dt.date]:
        """The days after the planned one, without those left out, until the series ends."""
        if not self.repeats or self.due_on is None:  # type: ignore[attr-defined]
            return
        for count in range(1, MOST):
            day = next_day(self.due_on, self.repeats, count)  # type: ignore[attr-defined]
            if self.repeats_until and day > self.repeats_until:
                return
            if day.isoformat() not in self.skips:
                yield day

    def comes_again_on(self) -> dt.date | None:
        """The next day of the series, not before tomorrow; None at its end."""
        today = timezone.localdate()
        return next((day for day in self.coming_days() if day > today), None)

    def days_between(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """The days to come from `first` to `last`, both included."""
        found = []
        for day in self.coming_days():
            if day > last:
                break
            if day >= first:
                found.append(day)
        return found

    @verb(_("End the series"), when="is_series", icon="calendar-x", done=_("The series has ended."))
    def end_series(self) -> None:
        """What is planned stays; nothing comes after it."""
        with transaction.atomic():
            self.repeats, self.repeats_until, self.skips = "", None, []
            self.save(kind="series_ended")  # type: ignore[call-arg]

    def check_date(self, date: dt.date) -> None:
        """Raises Refused for a day that is none of those to come."""
        if not self.is_series or date not in self.days_between(date, date):
            raise Refused(_("The series has no such day any more."))

    def leave_out(self, date: dt.date) -> None:
        """That day of the series is not held."""
        self.check_date(date)
        self.skips = sorted({*self.skips, date.isoformat()})
        self.save(kind="left_out", data={"day": date.isoformat()})  # type: ignore[call-arg]

    def end_before(self, date: dt.date) -> None:
        """No day of the series from that one on."""
        self.check_date(date)
        self.repeats_until = date - dt.timedelta(days=1)
        self.save(kind="series_shortened", data={"day": date.isoformat()})  # type: ignore[call-arg]
