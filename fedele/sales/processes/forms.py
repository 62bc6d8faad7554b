from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.sales.processes.models import Process, Stage

MOST_STAGES = 15


class ProcessForm(forms.ModelForm):
    class Meta:
        model = Process
        fields = ["name", "is_default"]
        help_texts = {"is_default": _("New opportunities begin in this process.")}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if Process.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a process of this name already."))
        return name

    def clean_is_default(self) -> bool:
        chosen = bool(self.cleaned_data["is_default"])
        if self.instance.is_default and not chosen:
            raise ValidationError(_("One process is the default: choose it in another one instead."))
        return chosen


class NewProcessForm(forms.ModelForm):
    like = forms.ModelChoiceField(
        Process.objects.all(), label=_("Start with the stages of"), required=True, empty_label=None
    )

    class Meta:
        model = Process
        fields = ["name"]

    clean_name = ProcessForm.clean_name


class StageForm(forms.ModelForm):
    class Meta:
        model = Stage
        fields = ["name", "probability", "expected_days"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["probability"].validators.append(_at_most(100))
        self.fields["expected_days"].validators.append(_at_most(3650))


def _at_most(limit: int) -> Any:
    def check(value: int) -> None:
        if value > limit:
            raise ValidationError(_("At most %(limit)s.") % {"limit": limit})

    return check


class StageFormSet(forms.BaseInlineFormSet):
    """All stages of a process at once, and an empty line for one more. Their order is that of the lines."""

    def clean(self) -> None:
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in kept if not form.cleaned_data.get("DELETE")]
        if not kept:
            raise ValidationError(_("A process needs at least one stage."))
        seen: set[str] = set()
        for form in kept:
            name = str(form.cleaned_data.get("name", "")).strip().lower()
            if name and name in seen:
                form.add_error("name", _("Two stages cannot have the same name."))
            seen.add(name)
        for form in self.forms:
            if form.cleaned_data.get("DELETE") and form.instance.pk and (count := form.instance.opportunities.count()):
                words = {"count": count, "stage": form.instance}
                raise ValidationError(
                    _("Opportunities in “%(stage)s”, those in the trash included: %(count)s. Move them first.") % words
                )


Stages = forms.inlineformset_factory(
    Process,
    Stage,
    form=StageForm,
    formset=StageFormSet,
    extra=1,
    max_num=MOST_STAGES,
    validate_max=True,
    can_delete=True,
)
