from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.pictures.embedding import bytes_of, pictures_in
from fedele.inbox.sending.addresses import read_addresses
from fedele.inbox.sending.attaching import check, keep, redeem
from fedele.inbox.sending.filling import unfilled
from fedele.inbox.sending.models import Writer
from fedele.inbox.unreachable.models import Unreachable
from fedele.knowledge.files.accepting import UnfitFile
from fedele.knowledge.files.models import NoRoom
from fedele.ui.formatted.fields import FormattedField
from fedele.ui.formatted.text import Formatted

LONGEST = 100_000


#: Whom it goes to.
LINES = ("to", "cc", "bcc")


def unreachable_in(initial: dict[str, Any]) -> dict[str, Unreachable]:
    """Of whom a letter is begun to, those mail came back from: said before anything is typed."""
    found: list[str] = []
    with suppress(ValidationError):
        found = [address for name in LINES for _who, address in read_addresses(str(initial.get(name) or ""))]
    return Unreachable.objects.among(found)


class AddressLine(forms.CharField):
    """One line of addresses; its value is [(name, address)]."""

    def clean(self, value: Any) -> Any:
        return read_addresses(super().clean(value))


class LetterForm(forms.Form):
    mailbox = forms.ModelChoiceField(label=gettext_lazy("From"), queryset=Mailbox.objects.none(), empty_label=None)
    to = AddressLine(label=gettext_lazy("To"), max_length=5000)
    cc = AddressLine(label=gettext_lazy("Copy to"), required=False, max_length=5000)
    bcc = AddressLine(label=gettext_lazy("Hidden copy to"), required=False, max_length=5000)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    text = FormattedField(label=gettext_lazy("Text"), max_length=LONGEST)
    signature = FormattedField(label=gettext_lazy("Signature"), required=False, max_length=2000)
    remind_on = forms.DateField(
        label=gettext_lazy("If no answer comes, remind me on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mailbox"].queryset = Mailbox.objects.visible_to(user)  # type: ignore[attr-defined]
        #: Files that are kept: those of before, and those that came with this form.
        self.kept = redeem(self.data.getlist("kept")) if self.is_bound else []
        #: Addresses mail came back from, and those of them it is to go to all the same.
        self.unreachable = {} if self.is_bound else unreachable_in(self.initial)
        self.anyway = self.data.getlist("anyway")[:150] if self.is_bound else []

    def clean_subject(self) -> str:
        return self._filled(" ".join(self.cleaned_data["subject"].split()))

    def clean_text(self) -> str:
        return self._filled(self.cleaned_data["text"])

    def clean_remind_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["remind_on"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("This day is over."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            self.kept += keep(self.files.getlist("files"))
            check(self.kept, bytes_of(self._pictures(cleaned)))
        except UnfitFile as unfit:
            self.add_error(None, unfit.message)
        except NoRoom as full:
            self.add_error(None, full.message)
        self._ask_of_unreachable(cleaned)
        return cleaned

    def _pictures(self, cleaned: dict[str, Any]) -> Any:
        typed = [cleaned[name].html for name in ("text", "signature") if isinstance(cleaned.get(name), Formatted)]
        return pictures_in(*typed).values()

    def _ask_of_unreachable(self, cleaned: dict[str, Any]) -> None:
        typed = {address: name for name in LINES for _who, address in cleaned.get(name) or ()}
        self.unreachable = Unreachable.objects.among(typed)
        for address, found in self.unreachable.items():
            if address not in self.anyway:
                self.add_error(typed[address], found.why)

    def _filled(self, text: str) -> str:
        if names := unfilled(text):
            raise ValidationError(
                _("Still to be filled in: %(names)s") % {"names": ", ".join(f"{{{n}}}" for n in names)}
            )
        return text


class WriterForm(forms.ModelForm):
    signature = FormattedField(label=gettext_lazy("Signature"), required=False, max_length=2000)

    class Meta:
        model = Writer
        fields = ("mailbox", "signature")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["signature"] = Formatted(self.instance.signature, self.instance.signature_html)
        self.fields["mailbox"].queryset = Mailbox.objects.visible_to(user)  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Writer:
        self.instance.signature_html = self.cleaned_data["signature"].html
        return super().save(commit)  # type: ignore[no-any-return]
