"""A record that is worked on step by step: one next step with its day, done with what came of it, or put off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import verb
from fedele.ui.days import Offer, near_days


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class StepForm(forms.Form):
    text = forms.CharField(
        label=_("What came of it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=200)
    next_step_on = day_field(_("Day"), required=False)


class PutOffForm(forms.Form):
    day = day_field(_("To"))

    def offered(self) -> list[Offer]:
        return near_days("day")


class Stepping(models.Model):
    """`next_step` and `next_step_on` are fields of the record itself; `is_going_on` says whether it still asks for steps."""

    class Meta:
        abstract = True

    @property
    def is_going_on(self) -> bool:
        raise NotImplementedError

    @property
    def has_step(self) -> bool:
        return self.is_going_on and bool(self.next_step or self.next_step_on)

    @verb(
        _("Step done"), when="has_step", icon="check", form="fedele.calendar.stepping.StepForm", done=_("Step done"),
    )  # fmt: skip
    def take_step(self, text: str = "", next_step: str = "", next_step_on: dt.date | None = None) -> None:
        """What came of it stays on the timeline; the next one, if it is named, takes its place."""
        with transaction.atomic():
            done = self.next_step
            self.next_step, self.next_step_on = next_step, next_step_on
            self.save(kind="stepped", data={"next_step": done or "–", "text": text})  # type: ignore[call-arg]

    @verb(
        _("Put the step off"), when="has_step", bulk=True, icon="calendar-clock",
        form="fedele.calendar.stepping.PutOffForm", done=_("Put off"),
    )  # fmt: skip
    def put_off(self, day: dt.date) -> None:
        with transaction.atomic():
            self.next_step_on = day
            self.save(kind="put_off", data={"next_step_on": day.isoformat()})  # type: ignore[call-arg]
