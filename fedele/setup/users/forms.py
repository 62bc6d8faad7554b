from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.access.models import Role, User
from fedele.base.house import house
from fedele.people.identity.phones import clean_phone

#: What the audit tells of a user, in the order of the form.
TOLD = ("email", "first_name", "last_name", "job", "phone", "language")


class UserForm(forms.ModelForm):
    roles = forms.ModelMultipleChoiceField(
        Role.objects.all(),
        label=_("Roles"),
        required=False,
        help_text=_(
            "Somebody with several roles may do what any of them allows. Somebody without a role sees nothing."
        ),
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "job", "phone", "team", "language", "roles", "is_superuser"]
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "is_superuser": _("Administrator by command line"),
        }
        help_texts = {
            "email": _("The address to sign in with."),
            "team": _("What “team” and “team and below” mean for this user."),
            "is_superuser": _("Granted on the server, apart from roles. It can be removed here, not granted."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        language = self.fields["language"]
        language.required = False
        language.choices = [("", _("that of the browser")), *settings.LANGUAGES]  # type: ignore[attr-defined]
        if self.instance._state.adding:
            self.fields["language"].initial = house().language
        if not self.instance.is_superuser:
            del self.fields["is_superuser"]

    def clean_email(self) -> str:
        address = unicodedata.normalize("NFC", self.cleaned_data["email"]).lower()
        if User.objects.filter(email=address).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Somebody here already signs in with this address."))
        return address

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"], "IT") if self.cleaned_data["phone"] else ""


def told(user: User) -> dict[str, Any]:
    """A user in words, as the audit compares it."""
    facts: dict[str, Any] = {name: getattr(user, name) for name in TOLD}
    facts["team"] = str(user.team) if user.team else ""
    facts["roles"] = sorted(str(role) for role in user.roles.all())
    facts["is_superuser"] = user.is_superuser
    return facts
