from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fedele.sales.opportunities.winning import LossReason
from fedele.sales.processes.models import Stage


class WinForm(forms.Form):
    note = forms.CharField(label=_("How it was won"), required=False, widget=forms.Textarea)


class LoseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=LossReason.choices)
    competitor = forms.CharField(label=_("Competitor"), required=False, max_length=120)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("reason") == LossReason.OTHER and not data.get("note"):
            self.add_error("note", _("Say in the note what the other reason was."))
        return data


class StageForm(forms.Form):
    stage = forms.ModelChoiceField(label=_("Stage"), queryset=Stage.objects.select_related("process"))
