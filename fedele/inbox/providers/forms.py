"""How Fedele is registered at a provider: of the two that are known, only what is different for each company."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.inbox.providers.known import KNOWN, Kind
from fedele.inbox.providers.models import Provider

FIELDS = {
    Kind.MICROSOFT: ("name", "client_id", "tenant"),
    Kind.GOOGLE: ("name", "client_id"),
    Kind.OTHER: ("name", "authorize_url", "token_url", "revoke_url", "scope", "client_id"),
}
#: What may be left empty.
OPTIONAL = {"tenant", "revoke_url"}
#: Where the secret is sent.
TOLD = {"token_url", "revoke_url"}


class ProviderForm(forms.ModelForm):
    secret = forms.CharField(label=gettext_lazy("Client secret"), required=False, max_length=500)

    class Meta:
        model = Provider
        fields = ("name", "authorize_url", "token_url", "revoke_url", "scope", "client_id", "tenant")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one, secret = self.instance, self.fields["secret"]
        kind = Kind(one.kind)
        # Permissions belong to what they were given to: once there are any, only name and secret are changed.
        wanted = ("name",) if one.pk and one.grants.exists() else FIELDS[kind]
        self.fields = {name: self.fields[name] for name in (*wanted, "secret")}
        for name in set(wanted) - OPTIONAL:
            self.fields[name].required = True
        secret.widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})
        secret.required = kind in KNOWN and not one.secret_locked
        if one.secret_locked:
            secret.help_text = _("One is stored; leave this empty to keep it.")
        if not one.pk and kind in KNOWN:
            self.initial["name"] = KNOWN[kind].name

    def clean_secret(self) -> str:
        """A stored secret never goes to an address that was entered later."""
        secret: str = self.cleaned_data["secret"].strip()
        if not secret and self.instance.secret_locked and TOLD.intersection(self.changed_data):
            raise forms.ValidationError(_("An address it is sent to is another one: enter the secret again."))
        return secret

    def save(self, commit: bool = True) -> Provider:
        if self.cleaned_data["secret"]:
            self.instance.secret = self.cleaned_data["secret"]
        return super().save(commit)  # type: ignore[no-any-return]
