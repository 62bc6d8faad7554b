from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AgreeForm(forms.Form):
    outcome = forms.CharField(label=_("What was agreed"), required=False, max_length=2000, widget=forms.Textarea)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("How it ended"), max_length=2000, widget=forms.Textarea)
