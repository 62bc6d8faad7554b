from __future__ import annotations

import time

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegisterCheck(models.Model):
    """Numbers sent to the register at one time, and its answer."""

    title = models.CharField(_("name"), max_length=200)
    record_type = models.CharField(max_length=40)
    query = models.CharField(max_length=2000, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    numbers = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    enrolled = models.PositiveIntegerField(default=0)
    #: Numbers of which the answer says nothing.
    unanswered = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("register check")
        verbose_name_plural = _("register checks")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class RegisterLine(models.Model):
    """A number of a check, as it was sent and as it was answered."""

    check_of = models.ForeignKey(RegisterCheck, on_delete=models.CASCADE, related_name="lines", db_index=False)
    number = models.CharField(max_length=32)
    is_enrolled = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "number"], name="register_line_once")]

    def __str__(self) -> str:
        return self.number


class CheckedNumber(models.Model):
    """What the register said of a number the last time."""

    number = models.CharField(max_length=32, unique=True)
    checked_at = models.DateTimeField()
    is_enrolled = models.BooleanField(default=False)
    #: Since when it is in it, as far as is known, and from which moment on a new consent to be called counts again.
    enrolled_on = models.DateField(null=True)
    counts_from = models.DateTimeField(null=True)
    check_of = models.ForeignKey(RegisterCheck, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("checked number")
        verbose_name_plural = _("checked numbers")

    def __str__(self) -> str:
        return self.number


class RegisterRule(models.Model):
    """How long an answer of the register is good. One row."""

    days = models.PositiveSmallIntegerField(_("days an answer is valid"), default=15)

    def __str__(self) -> str:
        return str(self.days)

    @classmethod
    def valid_days(cls) -> int:
        """Kept for a few seconds: every page of a person asks."""
        if not _days or _days[0][0] < time.monotonic():
            _days[:] = [(time.monotonic() + AGE, cls.objects.values_list("days", flat=True).first() or DAYS)]
        return _days[0][1]


#: The usual days; seconds for which they are kept; until when which are good.
DAYS, AGE = 15, 10
_days: list[tuple[float, int]] = []


def forget_days(**_kwargs: object) -> None:
    _days.clear()
