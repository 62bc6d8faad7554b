from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fedele.people.profiles.kinds import FactKind


class BrokenForm(forms.Form):
    outcome = forms.CharField(label=_("What happened"), max_length=500, widget=forms.Textarea)


class ChecklistForm(forms.Form):
    kinds = forms.MultipleChoiceField(label=_("Ask for"), choices=FactKind.choices, required=False)
