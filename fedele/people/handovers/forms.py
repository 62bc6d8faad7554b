from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fedele.people.assignment.people import who_can_work
from fedele.people.handovers.models import Handover
from fedele.people.identity.provinces import PROVINCES
from fedele.records.registry import registry


class HandoverForm(forms.ModelForm):
    """Who gives, what, to whom, when. What goes is chosen by type, and for customers by province."""

    what = forms.MultipleChoiceField(label=_("What goes"), widget=forms.CheckboxSelectMultiple)
    provinces = forms.MultipleChoiceField(
        label=_("Only in these provinces"), required=False, help_text=_("Empty: everywhere."),
        choices=[(one.code, f"{one.name} ({one.code})") for one in sorted(PROVINCES.values(), key=lambda one: one.name)],
    )  # fmt: skip

    class Meta:
        model = Handover
        fields = ["giver", "receivers", "split", "what", "provinces", "day", "shared_until", "note"]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("day", "shared_until")}
        help_texts = {
            "day": _("Today: at once. A later day: by itself, on that morning."),
            "shared_until": _(
                "Until then the briefings name both as those to ask. The right to change goes with the owner."
            ),
        }

    def __init__(self, *args: Any, by: Any, givers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users = get_user_model().objects
        self.fields["giver"].queryset = users.filter(pk__in=[one.pk for one in givers])  # type: ignore[attr-defined]
        self.fields["receivers"].queryset = who_can_work("lead", "company")  # type: ignore[attr-defined]
        kinds = [one for one in registry if by.rights.may("edit", one.key)]
        self.fields["what"].choices = [(one.key, capfirst(str(one.plural))) for one in kinds]  # type: ignore[attr-defined]
        self.fields["what"].initial = [one.key for one in kinds]

    def clean_day(self) -> Any:
        if self.cleaned_data["day"] < timezone.localdate():
            raise forms.ValidationError(_("A handover happens today or later."))
        return self.cleaned_data["day"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        giver, receivers = data.get("giver"), list(data.get("receivers") or ())
        if giver in receivers:
            self.add_error("receivers", _("Who gives cannot receive."))
        self.instance.scope = self._scope(data)
        return data

    def _scope(self, data: dict[str, Any]) -> dict[str, str]:
        """Provinces narrow down what has one; what has none goes along with its customer, or by itself."""
        narrowed = QueryDict(mutable=True)
        if data.get("provinces"):
            narrowed["any"] = "|".join(f"province.is:{code}" for code in data["provinces"])
        scope = {}
        for key in data.get("what") or ():
            fields = {one.name for one in registry.by_key(key).model._meta.concrete_fields}
            if narrowed and "province" not in fields:
                continue
            scope[key] = narrowed.urlencode()
        return scope
