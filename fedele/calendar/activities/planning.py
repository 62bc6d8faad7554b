"""When something is to be done: a day, perhaps a time, and when one wants to be reminded."""

from __future__ import annotations

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import verb
from fedele.calendar.activities.clock import ClockField, read_time
from fedele.ui.moments import hour_is_over

#: Minutes before the beginning at which one may be reminded.
REMINDERS = [
    ("0", _("when it begins")),
    ("10", _("10 minutes before")),
    ("30", _("half an hour before")),
    ("60", _("an hour before")),
    ("1440", _("the day before")),
]


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
        """Its last day is over."""
        last = self.last_day  # type: ignore[attr-defined]
        return self.state == "planned" and last is not None and last < timezone.localdate()  # type: ignore[attr-defined,no-any-return]

    @property
    def has_passed(self) -> bool:
        """It is overdue, or was for an hour of today that is over."""
        if self.is_late or self.state != "planned":  # type: ignore[attr-defined]
            return self.is_late
        return hour_is_over(self.last_day, self.over_at)  # type: ignore[attr-defined]

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
        """To another day, as long as before. Of a series it is this one day, and the next is planned."""
        with transaction.atomic():
            self.leave_series()  # type: ignore[attr-defined]
            self.shift_to(day)  # type: ignore[attr-defined]
            self.save(kind="postponed", data={"day": day.isoformat()})  # type: ignore[call-arg]
