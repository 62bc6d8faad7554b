"""What is known of the two providers nearly everybody has. Their addresses stand in their documentation and do not change."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    MICROSOFT = "microsoft", _("Microsoft 365")
    GOOGLE = "google", _("Google")
    OTHER = "other", _("another provider")


@dataclass(frozen=True)
class Known:
    name: str
    #: With a place for the tenant where there is one.
    signs_in_at: str
    tokens_at: str
    scope: str
    imap_host: str
    smtp_host: str
    #: What is asked for beyond the standard, so that the permission lasts.
    extra: dict[str, str] = field(default_factory=dict)
    #: Where one registers an application.
    console: str = ""
    #: Where a permission is taken back; Microsoft has no such address.
    takes_back_at: str = ""


KNOWN = {
    Kind.MICROSOFT: Known(
        name="Microsoft",
        signs_in_at="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        tokens_at="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        scope="https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
        imap_host="outlook.office365.com",
        smtp_host="smtp.office365.com",
        # Who sits there may be signed in with another address than the mailbox's.
        extra={"prompt": "select_account"},
        console="https://entra.microsoft.com/",
    ),
    Kind.GOOGLE: Known(
        name="Google",
        signs_in_at="https://accounts.google.com/o/oauth2/v2/auth",
        tokens_at="https://oauth2.googleapis.com/token",
        scope="https://mail.google.com/",
        imap_host="imap.gmail.com",
        smtp_host="smtp.gmail.com",
        # Without consent asked again, Google gives a permission that lasts only the first time.
        extra={"access_type": "offline", "prompt": "consent select_account"},
        console="https://console.cloud.google.com/auth/clients",
        takes_back_at="https://oauth2.googleapis.com/revoke",
    ),
}
