"""The form of a mailbox: passwords are never shown again, and an empty one keeps what was there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.providers.models import Grant
from fedele.people.identity.mail import clean_email
from fedele.ui.formatted.fields import FormattedField
from fedele.ui.formatted.text import Formatted

SERVER = (
    "name", "address", "imap_host", "imap_port", "imap_security", "imap_user", "folder", "sent_folder", "copies_sent",
    "afterwards", "move_to", "since", "smtp_host", "smtp_port", "smtp_security", "smtp_user", "checks_senders",
    "from_name", "signature",
)  # fmt: skip
PASSWORDS = ("imap_password", "smtp_password")
WHERE = ("imap_host", "imap_port", "imap_security", "smtp_host", "smtp_port", "smtp_security", "smtp_user")
MOST_ALIASES = 30


class MailboxForm(forms.ModelForm):
    imap_password = forms.CharField(label=gettext_lazy("Password"), required=False, max_length=300)
    smtp_password = forms.CharField(label=gettext_lazy("Password, if another"), required=False, max_length=300)
    more_addresses = forms.CharField(
        label=gettext_lazy("Further addresses"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Separated by commas. Mail from any of them is ours."),
    )

    signature = FormattedField(label=gettext_lazy("Signature"), required=False, max_length=5000)

    class Meta:
        model = Mailbox
        fields = (*SERVER, "team", "unknown", "is_certified", "is_paused")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        secret = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})
        for name, kept in (("imap_password", self.instance.imap_locked), ("smtp_password", self.instance.smtp_locked)):
            self.fields[name].widget = secret
            if kept:
                self.fields[name].help_text = _("One is stored; leave this empty to keep it.")
        self._leave_to_provider()
        self.fields["since"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.initial["signature"] = Formatted(self.instance.signature, self.instance.signature_html)
        if self.instance.seen_checking and not self.instance.checks_senders:
            told = {"name": self.instance.seen_checking}
            self.fields["checks_senders"].help_text = (
                _("Mail of this mailbox last named %(name)s. Enter it if that is the server of your provider.") % told
            )
        self.initial["more_addresses"] = ", ".join(self.instance.aliases)

    def _leave_to_provider(self) -> None:
        """Connected by a permission there is no password, and a known provider says itself where it is."""
        if (grant := Grant.of(self.instance)) is not None:
            for name in (*PASSWORDS, *(WHERE if grant.provider.known else ())):
                del self.fields[name]

    def clean_more_addresses(self) -> list[str]:
        found = [
            clean_email(one) for one in self.cleaned_data["more_addresses"].replace(";", ",").split(",") if one.strip()
        ]
        if len(found) > MOST_ALIASES:
            raise ValidationError(_("At most %(n)s addresses.") % {"n": MOST_ALIASES})
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        host = given.get("imap_host")
        if host and any(letter.isspace() for letter in host):
            self.add_error("imap_host", _("A server’s name has no spaces."))
        for name in ("folder", "sent_folder", "move_to", "imap_user", "smtp_user", "checks_senders"):
            # A line of its own would be a command of its own.
            if any(ord(letter) < 32 for letter in given.get(name) or ""):
                self.add_error(name, _("This is one line."))
        return given

    def save(self, commit: bool = True) -> Mailbox:
        given, box = self.cleaned_data, self.instance
        box.aliases, box.signature_html = given["more_addresses"], given["signature"].html
        if given.get("imap_password"):
            box.imap_password = given["imap_password"]
        if given.get("smtp_password"):
            box.smtp_password = given["smtp_password"]
        box.is_reported, box.failing_since, box.copy_trouble = False, None, ""
        return super().save(commit)  # type: ignore[no-any-return]


class OwnMailboxForm(MailboxForm):
    """One's own: shared by nobody, and what strangers write to it is nobody's business here."""

    class Meta(MailboxForm.Meta):
        fields = (*SERVER, "is_certified", "is_paused")
