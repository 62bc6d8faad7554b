from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Role


class RoleForm(forms.ModelForm):
    """One more role of a person, in a company the user may see."""

    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    class Meta:
        model = Role
        fields = ["company", "job", "decision", "since"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = Company.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["since"].widget.input_type = "date"  # type: ignore[attr-defined]

    @property
    def company_name(self) -> str:
        """What the company chosen before is called, when the form comes back."""
        chosen = str(self["company"].value() or "")
        known = self.fields["company"].queryset  # type: ignore[attr-defined]
        return str(known.filter(pk=chosen).first() or "") if chosen.isdigit() and len(chosen) < 19 else ""
