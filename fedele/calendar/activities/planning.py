"""When something is to be done: a day, perhaps a time, perhaps again and again."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.months import months_after
from fedele.base.verbs import verb
from fedele.calendar.activities.kinds import Repeats

#: Minutes before the beginning at which one may be reminded.
REMINDERS = [
    ("0", _("when it begins")),
    ("10", _("10 minutes before")),
    ("30", _("half an hour before")),
    ("60", _("an hour before")),
    ("1440", _("the day before")),
]


def next_day(day: dt.date, repeats: str, every: int = 1) -> dt.date:
    """The day after `day` on which it comes round again; the 31st falls on the last day of a shorter month."""
    if repeats == Repeats.DAILY:
        return day + dt.timedelta(days=every)
    if repeats == Repeats.WEEKLY:
        return day + dt.timedelta(weeks=every)
    return months_after(day, every * (12 if repeats == Repeats.YEARLY else 1))


def read_time(text: str) -> dt.time | None:
    """The time somebody wrote: 9, 9:30, 9.30, 930, 21h15. Raises ValidationError for what is none, None for nothing."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2})(?:[:.,h]?(\d{2}))?", text.strip().lower().removesuffix("h"))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise ValidationError(_("Write a time as 9:30."))
    return dt.time(hour, minute)


class ClockField(models.CharField):
    """A time of day without seconds, stored as "09:30" and taken as people write it; "" for none."""

    kind = "time"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 5
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        if isinstance(value, dt.time | dt.datetime):
            return value.strftime("%H:%M")
        at = read_time(str(value or ""))
        return at.strftime("%H:%M") if at else ""


class Planned(models.Model):
    due_on = models.DateField(_("day"), null=True, blank=True)
    #: "09:30", or "" for some time that day.
    due_at = ClockField(_("time"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("length, minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(6000)]
    )
    remind = models.CharField(_("remind"), max_length=4, blank=True, choices=REMINDERS)
    #: The moment of the reminder, kept so that one statement finds all that are due; None when told, or not wanted.
    remind_at = models.DateTimeField(null=True, editable=False)
    repeats = models.CharField(_("repeats"), max_length=8, choices=Repeats, blank=True)
    repeats_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def begins_at(self) -> dt.datetime | None:
        """The moment it begins, in the company's time; None for what has no day, midnight for what has no time."""
        if self.due_on is None:
            return None
        return timezone.make_aware(dt.datetime.combine(self.due_on, read_time(self.due_at) or dt.time.min))

    @property
    def is_late(self) -> bool:
        return self.state == "planned" and self.due_on is not None and self.due_on < timezone.localdate()  # type: ignore[attr-defined]

    def settle_reminder(self) -> None:
        """After day, time or wish changed. A day without a time begins at nine, when people are at work."""
        self.due_at = self._meta.get_field("due_at").to_python(self.due_at)  # type: ignore[union-attr]
        if not self.remind or self.due_on is None or self.state != "planned":  # type: ignore[attr-defined]
            self.remind_at = None
            return
        begins = timezone.make_aware(dt.datetime.combine(self.due_on, read_time(self.due_at) or dt.time(9)))
        # The day before is the same hour; minutes are real ones, also in the night the clocks change.
        before = dt.timedelta(minutes=int(self.remind))
        at = begins - before if before.seconds == 0 else begins.astimezone(dt.UTC) - before
        # In UTC, as it is read back: the same moment written otherwise would be a change.
        at = at.astimezone(dt.UTC)
        self.remind_at = at if at > timezone.now() else None

    @verb(
        _("Postpone"), when="is_planned", bulk=True, icon="calendar-clock", key="p",
        form="fedele.calendar.activities.forms.PostponeForm", done=_("Postponed"),
    )  # fmt: skip
    def postpone(self, day: dt.date) -> None:
        self.due_on = day
        self.save(kind="postponed", data={"day": day.isoformat()})  # type: ignore[call-arg]

    def comes_again_on(self) -> dt.date | None:
        """The next day of a series, counted from the day it was planned for and not before tomorrow; None at its end."""
        if not self.repeats or self.due_on is None:
            return None
        day = next_day(self.due_on, self.repeats)
        count = 1
        while day <= timezone.localdate():
            count += 1
            day = next_day(self.due_on, self.repeats, count)
        return None if self.repeats_until and day > self.repeats_until else day
