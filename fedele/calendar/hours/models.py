from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.calendar.hours.week import Week, usual_days


class WorkingHours(models.Model):
    """The week of the company (without a user; there is one row, or none before anybody set it), or of one person."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="working_hours"
    )
    #: For each day from Monday on, beginnings and ends in turn: ["09:00", "13:00", "14:00", "18:00"]; [] for a free one.
    days = models.JSONField(default=usual_days)
    #: Of the company: whether it is closed on the public holidays of its country.
    with_holidays = models.BooleanField(_("closed on public holidays"), default=True)

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")

    def __str__(self) -> str:
        return str(self.user or _("working hours"))

    @property
    def week(self) -> Week:
        return Week.read(self.days)

    @classmethod
    def of(cls, user: Any = None) -> WorkingHours:
        """Those set for the company or a person; unsaved ones, as they are usual, if there are none."""
        return cls.objects.filter(user=user).first() or cls(user=user)


class Closing(models.Model):
    """Days, both included, on which the company is closed: the patron saint, two weeks of August."""

    name = models.CharField(_("what for"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    every_year = models.BooleanField(_("every year on the same days"), default=False)

    class Meta:
        verbose_name = _("day of closing")
        verbose_name_plural = _("days of closing")
        ordering = ["first_day", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not (self.first_day and self.last_day):
            return
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("It does not end before it begins.")})
        if (self.last_day - self.first_day).days > 92:
            raise ValidationError({"last_day": _("Nobody is closed for longer than three months.")})
