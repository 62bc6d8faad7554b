from __future__ import annotations

import datetime as dt
import uuid
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fedele.people.consents.models import ConsentText
from fedele.people.consents.purposes import Purpose, purposes, refusable
from fedele.people.consents.register.models import RegisterRule
from fedele.people.consents.words import ANY, Basis, Channel, Said, Source

#: Beginning of a file → its ending: nothing else is kept as a proof, whatever it is called.
PROOFS = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
MOST_BYTES = 10 * 1024 * 1024
#: What a colleague may choose; the rest is written by the product itself.
SOURCES = (Source.PHONE, Source.MEETING, Source.EMAIL, Source.PAPER, Source.FORM)


class AnswerForm(forms.Form):
    """What somebody said of being contacted, in one line: what, through which channels, how we know, when."""

    said = forms.ChoiceField(label=_("What they said"))
    channels = forms.MultipleChoiceField(label=_("About"), choices=[(one.value, one.label) for one in Channel])
    purpose = forms.ChoiceField(label=_("For"), required=False)
    source = forms.ChoiceField(
        label=_("How we know"), choices=[(one.value, capfirst(str(one.label))) for one in SOURCES]
    )
    on = forms.DateField(label=_("Said on"))
    text = forms.ModelChoiceField(label=_("Text agreed to"), queryset=ConsentText.objects.none(), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    proof = forms.FileField(label=_("Proof"), required=False, help_text=_("PDF, PNG or JPEG, up to 10 MB."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].choices = [  # type: ignore[attr-defined]
            (Said.REFUSED.value, _("Does not want it")),
            (Said.GIVEN.value, _("Agrees")),
            (Said.WITHDRAWN.value, _("Withdraws what was agreed")),
            (Said.OBJECTED.value, _("Objects to it")),
        ]
        self.fields["purpose"].choices = [(ANY, _("everything that can be refused"))] + [  # type: ignore[attr-defined]
            (one.key, str(one)) for one in refusable()
        ]
        self.fields["text"].queryset = ConsentText.objects.all()  # type: ignore[attr-defined]
        self.fields["on"].widget.input_type = "date"  # type: ignore[attr-defined]
        self.fields["channels"].choices = [(one.value, capfirst(str(one.label))) for one in Channel]  # type: ignore[attr-defined]

    def clean_on(self) -> dt.datetime:
        """Today is now; an earlier day counts from its noon."""
        day = self.cleaned_data["on"]
        today = timezone.localdate()
        if day > today:
            raise ValidationError(_("This day is yet to come."))
        if day < today - dt.timedelta(days=365 * 50):
            raise ValidationError(_("This day is too long ago."))
        return timezone.now() if day == today else timezone.make_aware(dt.datetime.combine(day, dt.time(12)))

    def clean_proof(self) -> Any:
        return checked_proof(self.cleaned_data.get("proof"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("said") == Said.GIVEN and data.get("purpose") == ANY:
            self.add_error("purpose", _("A consent is given for one purpose. Choose it."))
        elif data.get("said") == Said.GIVEN and data.get("purpose"):
            ground = purposes()[data["purpose"]]
            if unused := [one for one in data.get("channels", ()) if not ground.basis(one)]:
                message = _("This purpose does not use: %(channels)s.")
                labels = ", ".join(str(Channel(one).label) for one in unused)
                self.add_error("channels", ValidationError(message, params={"channels": labels}))
        return data


def checked_proof(file: Any) -> Any:
    """The file under a name of ours, if it is what it says; the name it came with is only shown."""
    if not file:
        return None
    if file.size > MOST_BYTES:
        raise ValidationError(_("The file is bigger than 10 MB."))
    head = file.read(16)
    file.seek(0)
    ending = next((ending for start, ending in PROOFS.items() if head.startswith(start)), "")
    if not ending:
        raise ValidationError(_("Only PDF, PNG and JPEG files are kept as proof."))
    file.shown_name = f"{PurePath(str(file.name)).stem[:100]}{ending}"
    file.name = f"{uuid.uuid4().hex}{ending}"
    return file


class TextForm(forms.ModelForm):
    class Meta:
        model = ConsentText
        fields = ["key", "language", "title", "body"]
        help_texts = {"key": _("The same for all languages and versions of one text: newsletter, call-centre.")}


class PurposeForm(forms.ModelForm):
    """A purpose, with a ground for each channel."""

    class Meta:
        model = Purpose
        fields = ["name", "soft_spam", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel in Channel:
            self.fields[f"basis_{channel}"] = forms.ChoiceField(
                label=capfirst(str(channel.label)), required=False, initial=self.instance.basis(channel),
                choices=[("", _("not used")), *Basis.choices],
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.instance.bases = {str(one): found for one in Channel if (found := data.get(f"basis_{one}"))}
        return data


class RuleForm(forms.ModelForm):
    days = forms.IntegerField(label=_("Days an answer of the register is valid"), min_value=1, max_value=60)

    class Meta:
        model = RegisterRule
        fields = ["days"]
