from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fedele.people.profiles.kinds import FactKind
from fedele.ui.days import Offer, near_days


class BrokenForm(forms.Form):
    outcome = forms.CharField(label=_("What happened"), max_length=500, widget=forms.Textarea)


class MoreTimeForm(forms.Form):
    day = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def offered(self) -> list[Offer]:
        return near_days("day")


class ChecklistForm(forms.Form):
    kinds = forms.MultipleChoiceField(label=_("Ask for"), choices=FactKind.choices, required=False)
