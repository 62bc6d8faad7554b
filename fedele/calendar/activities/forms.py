from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fedele.calendar.activities.kinds import Kind, Outcome
from fedele.people.assignment.people import who_can_work
from fedele.ui.days import Offer, near_days


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=picker)


class DoneForm(forms.Form):
    outcome = forms.ChoiceField(label=_("How it went"), choices=[("", "–"), *Outcome.choices], required=False)
    report = forms.CharField(label=_("Report"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    spent = forms.IntegerField(label=_("Time spent, minutes"), required=False, min_value=0, max_value=60_000)
    kilometres = forms.IntegerField(label=_("Kilometres"), required=False, min_value=0, max_value=9999)
    costs = forms.DecimalField(
        label=_("Costs"), required=False, min_value=0, max_digits=10, decimal_places=2, localize=True
    )
    next_kind = forms.ChoiceField(label=_("Next step"), choices=[("", _("none")), *Kind.choices], required=False)
    next_subject = forms.CharField(label=_("What"), required=False, max_length=200)
    next_on = _day(_("Day"), required=False)


class PostponeForm(forms.Form):
    day = _day(_("To"))

    def offered(self) -> list[Offer]:
        return near_days("day")


class CallOffForm(forms.Form):
    reason = forms.CharField(label=_("Why"), required=False, max_length=200)


class HandOverForm(forms.Form):
    #: Whose hands are full is told while one chooses.
    beside = "/calendar/load/"

    owner = forms.ModelChoiceField(label=_("To"), queryset=None)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = who_can_work("activity")  # type: ignore[attr-defined]
