from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.people.privacy.models import RetentionRule
from fedele.records.filtering import BadFilter
from fedele.records.query import ListQuery
from fedele.records.registry import registry


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason told to the person"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class RetentionForm(forms.ModelForm):
    class Meta:
        model = RetentionRule
        fields = ("name", "record_type", "query", "months", "purpose", "act", "is_active")
        help_texts = {
            "query": _(
                "The address of a filtered list after its question mark, such as f=stage.in:dead; empty for all."
            ),
            "purpose": _("Stands in the register of processing."),
        }

    def __init__(self, *args: object, user: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_months(self) -> int:
        months: int = self.cleaned_data["months"]
        if not 1 <= months <= 240:
            raise ValidationError(_("Between 1 and 240 months."))
        return months

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("query") and given.get("record_type"):
            given["query"] = given["query"].rpartition("?")[2].strip()
            try:
                ListQuery.read(registry.by_key(given["record_type"]), self._user, given["query"], strict=True).records()
            except BadFilter as wrong:
                self.add_error("query", str(wrong))
        return given
