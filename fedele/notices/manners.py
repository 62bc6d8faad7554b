"""How one person wants to be told altogether: when it is quiet, when the digest comes, of which records not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Manner(models.Model):
    """Quiet hours, quiet days and the hour of the digest. Without one: never quiet, at seven."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    quiet_from = models.TimeField(_("from"), null=True, blank=True)
    quiet_until = models.TimeField(_("until"), null=True, blank=True)
    #: Days that are quiet altogether, Monday first: "56" is the weekend.
    quiet_days = models.CharField(max_length=7, blank=True)
    digest_hour = models.PositiveSmallIntegerField(_("the daily e-mail at"), default=7)
    #: After a call made from a phone: how did it go?
    asks_after_calls = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.quiet_from}–{self.quiet_until} {self.quiet_days}"

    def opens_at(self, moment: dt.datetime) -> dt.datetime:
        """`moment` itself unless it is quiet then; otherwise when quiet ends."""
        at = timezone.localtime(moment)
        # At most seven quiet days with a quiet night on either side.
        for _step in range(16):
            later = self._quiet_until(at)
            if later is None:
                break
            at = later
        return at

    def last_digest(self, now: dt.datetime) -> dt.datetime | None:
        """When the latest digest was due; None on a quiet day, whose notices come with the next one."""
        local = timezone.localtime(now)
        due = local.replace(hour=self.digest_hour, minute=0, second=0, microsecond=0)
        if local < due:
            due = _at(local.date() - dt.timedelta(days=1), due.time())
        return None if self._is_quiet_day(local.date()) else due

    def _quiet_until(self, at: dt.datetime) -> dt.datetime | None:
        if self._is_quiet_day(at.date()):
            return _at(at.date() + dt.timedelta(days=1), dt.time())
        begin, end = self.quiet_from, self.quiet_until
        if begin is None or end is None or begin == end:
            return None
        time = at.time()
        if begin < end:
            return _at(at.date(), end) if begin <= time < end else None
        if time >= begin:
            return _at(at.date() + dt.timedelta(days=1), end)
        return _at(at.date(), end) if time < end else None

    def _is_quiet_day(self, day: dt.date) -> bool:
        return str(day.weekday()) in self.quiet_days


class Mute(models.Model):
    """One person does not want to hear of one record: until a moment, or, without one, at all."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "record_type", "record_id"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until <= timezone.now()


def manner_of(user: Any) -> Manner:
    return Manner.objects.filter(user=user).first() or Manner(user=user)


def manners_of(user_ids: Iterable[int]) -> dict[int, Manner]:
    user_ids = list(user_ids)
    known = {one.user_id: one for one in Manner.objects.filter(user__in=user_ids)}
    return {pk: known.get(pk) or Manner(user_id=pk) for pk in user_ids}


def mutes_of(user_ids: Iterable[int], record_type: str, record_id: int | None) -> dict[int, Mute]:
    """Who of these does not want to hear of this record now."""
    if not record_id:
        return {}
    found = Mute.objects.filter(user__in=list(user_ids), record_type=record_type, record_id=record_id)
    return {one.user_id: one for one in found if not one.is_over}


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
