from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.access.models import Role


class RoleForm(forms.ModelForm):
    class Meta:
        model = Role
        fields = ["name", "is_administrator"]
        help_texts = {"is_administrator": _("May do everything, setup included; the table below then has no effect.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.key:
            # The name of a role the product brings is translated for every reader.
            del self.fields["name"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if any(str(role).lower() == name.lower() for role in Role.objects.exclude(pk=self.instance.pk)):
            raise ValidationError(_("There is a role of this name already."))
        return name


class NewRoleForm(RoleForm):
    like = forms.ModelChoiceField(
        Role.objects.all(), label=_("Start with the rights of"), required=False, empty_label=_("no rights at all")
    )

    class Meta(RoleForm.Meta):
        fields = ["name"]
