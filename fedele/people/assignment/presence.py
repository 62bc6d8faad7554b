"""Who is away, who stands in for whom, and how much a person can take."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Absence(models.Model):
    """Days, both included, on which somebody gets no new names; the substitute gets them instead."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences", verbose_name=_("who is away")
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("stood in for by"), help_text=_("Without a substitute, new names wait in the queue."),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "id"]
        indexes = [models.Index(fields=["last_day", "first_day"], name="absence_days")]

    def __str__(self) -> str:
        return str(self.user)

    def clean(self) -> None:
        super().clean()
        if not (self.user_id and self.first_day and self.last_day):
            return
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("An absence does not end before it begins.")})
        if self._meeting().filter(user_id=self.user_id).exists():
            raise ValidationError({"first_day": _("Another absence of this person falls on the same days.")})
        if self.substitute_id:
            self._check_substitute()

    def _meeting(self) -> Any:
        """Other absences that share a day with this one."""
        return Absence.objects.filter(first_day__lte=self.last_day, last_day__gte=self.first_day).exclude(pk=self.pk)

    def _check_substitute(self) -> None:
        if self.substitute_id == self.user_id:
            raise ValidationError({"substitute": _("Nobody stands in for themselves.")})
        for away in self._meeting().filter(user_id=self.substitute_id):
            self._follow(away, max(away.first_day, self.first_day), min(away.last_day, self.last_day), set())

    def _follow(self, away: Absence, first: dt.date, last: dt.date, seen: set[int]) -> None:
        """Refuses if, on a day they share, those who stand in for each other come back to the one who is away."""
        if away.substitute_id == self.user_id:
            words = {"name": away.user}
            raise ValidationError(
                {"substitute": _("%(name)s is away too and counts on this person: a circle.") % words}
            )
        if away.substitute_id is None or away.pk in seen:
            return
        shared = Absence.objects.filter(first_day__lte=last, last_day__gte=first, user_id=away.substitute_id)
        for one in shared.exclude(pk=self.pk):
            self._follow(one, max(first, one.first_day), min(last, one.last_day), seen | {away.pk})


class Capacity(models.Model):
    """How many new names one person can take; what is empty has no limit."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="capacity")
    most_open = models.PositiveIntegerField(_("open names at most"), null=True, blank=True)
    most_a_day = models.PositiveIntegerField(_("new names a day at most"), null=True, blank=True)
    most_a_week = models.PositiveIntegerField(_("new names a week at most"), null=True, blank=True)

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")

    def __str__(self) -> str:
        return str(self.user)


def absent_on(day: dt.date) -> dict[int, int | None]:
    """Who is away that day → who stands in for them, or None."""
    away = Absence.objects.filter(first_day__lte=day, last_day__gte=day)
    return dict(away.order_by("id").values_list("user_id", "substitute_id"))


def stand_in(user_id: int, away: dict[int, int | None]) -> int | None:
    """Who is there in the end when `user_id` is asked for; None when nobody is, or when they count on each other."""
    seen: set[int] = set()
    now: int | None = user_id
    while now is not None and now in away:
        if now in seen:
            return None
        seen.add(now)
        now = away[now]
    return now
