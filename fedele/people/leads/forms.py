from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fedele.people.leads.life import DeadReason


class DeadForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=DeadReason.choices)
