from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.access.models import Team


class TeamForm(forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name", "parent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Team.objects.none()
        if self.instance.pk:
            inside = Team.objects.filter(path__contains=f"/{self.instance.pk}/")
        parent = self.fields["parent"]
        parent.queryset = Team.objects.exclude(pk__in=inside.values("pk"))  # type: ignore[attr-defined]
        parent.empty_label = _("nothing above it")  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if Team.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a team of this name already."))
        return name


def told(team: Team) -> dict[str, Any]:
    return {"name": team.name, "parent": str(team.parent) if team.parent else ""}
