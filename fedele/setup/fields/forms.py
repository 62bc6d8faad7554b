from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.records.models import CustomField
from fedele.setup.fields import keys

#: More would make forms nobody fills in, and every page slower.
MOST = 60
MOST_CHOICES = 200
WITH_CHOICES = (CustomField.Kind.CHOICE, CustomField.Kind.MULTI)


class ChoicesField(forms.CharField):
    """One choice a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (value or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class FieldForm(forms.ModelForm):
    choices = ChoicesField(
        label=_("Choices"), help_text=_("One on each line. Only for “choice” and “several choices”.")
    )

    class Meta:
        model = CustomField
        fields = ["label", "kind", "choices", "required", "help_text"]
        help_texts = {
            "required": _(
                "Required when a record is created or changed; existing records stay as they are until then."
            ),
            "help_text": _("Shown under the field."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Values already stored must go on making sense.
            del self.fields["kind"]
            if self.instance.kind not in WITH_CHOICES:
                del self.fields["choices"]

    def clean_label(self) -> str:
        label = str(self.cleaned_data["label"]).strip()
        others = CustomField.objects.filter(record_type=self.instance.record_type).exclude(pk=self.instance.pk)
        if any(other.label.lower() == label.lower() for other in others):
            raise ValidationError(_("There is a field of this name already."))
        return label

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "choices" in self.fields:
            self._check_choices(data)
        if not self.instance.pk and "label" in data and "kind" in data:
            self._find_key(data["label"], data["kind"])
        return data

    def _check_choices(self, data: dict[str, Any]) -> None:
        kind = data.get("kind") or self.instance.kind
        choices = data.get("choices") or []
        if kind in WITH_CHOICES and not choices:
            self.add_error("choices", _("Write at least one choice."))
        if len(choices) > MOST_CHOICES or any(len(one) > 100 for one in choices):
            self.add_error("choices", _("At most 200 choices of at most 100 letters each."))
        if any("," in one for one in choices) and kind == CustomField.Kind.MULTI:
            self.add_error("choices", _("A comma separates the choices of a record, so a choice cannot contain one."))
        if kind not in WITH_CHOICES:
            data["choices"] = []

    def _find_key(self, label: str, kind: str) -> None:
        record_type = self.instance.record_type
        if CustomField.objects.filter(record_type=record_type).count() >= MOST:
            raise ValidationError(_("There are 60 custom fields already; delete one first."))
        self.instance.key = keys.free_key(record_type, label)
        left = keys.kind_left_behind(record_type, self.instance.key)
        if left is not None and left != kind:
            self.add_error(
                "label",
                _("Records still hold values of a deleted field of this name, of another kind. Choose another name."),
            )


def told(field: CustomField) -> dict[str, Any]:
    return {
        "label": field.label,
        "kind": str(field.get_kind_display()),
        "choices": list(field.choices),
        "required": field.required,
        "help_text": field.help_text,
    }
