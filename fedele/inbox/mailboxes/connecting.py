"""How a mailbox is reached, and what of that is kept secret."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.access.secrets import decrypt, encrypt


class Security(models.TextChoices):
    TLS = "tls", _("TLS from the beginning")
    STARTTLS = "starttls", _("STARTTLS")
    PLAIN = "plain", pgettext_lazy("encryption", "none")


def _port(label: Any, default: int) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )


class Secret(models.TextField):
    """A password as it lies in the database: unreadable without the secret key, or one of those before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "blank": True, "editable": False})


def unlock(kept: str) -> str:
    """The password; "" when there is none, or when the key it was locked with is gone."""
    try:
        return decrypt(kept) if kept else ""
    except InvalidToken:
        return ""


class Connected(models.Model):
    imap_host = models.CharField(_("IMAP server"), max_length=200, blank=True)
    imap_port = _port(_("port"), 993)
    imap_security = models.CharField(_("encryption"), max_length=8, choices=Security, default=Security.TLS)
    imap_user = models.CharField(_("user name"), max_length=200, blank=True)
    imap_locked = Secret()
    folder = models.CharField(_("folder"), max_length=120, default="INBOX")
    sent_folder = models.CharField(
        _("folder of sent mail"),
        max_length=120,
        blank=True,
        help_text=_("What was written in another program is read, too."),
    )
    copies_sent = models.BooleanField(
        _("put a copy of what is sent here there"),
        default=True,
        help_text=_("Gmail and Microsoft do so by themselves. Where no folder is named, the server says which it is."),
    )
    smtp_host = models.CharField(_("SMTP server"), max_length=200, blank=True)
    smtp_port = _port(_("port"), 587)
    smtp_security = models.CharField(_("encryption"), max_length=8, choices=Security, default=Security.STARTTLS)
    smtp_user = models.CharField(_("user name"), max_length=200, blank=True)
    smtp_locked = Secret()

    class Meta:
        abstract = True

    @property
    def imap_password(self) -> str:
        return unlock(self.imap_locked)

    @imap_password.setter
    def imap_password(self, password: str) -> None:
        self.imap_locked = encrypt(password) if password else ""

    @property
    def smtp_password(self) -> str:
        """Its own, or that of reading where the same user does both."""
        return unlock(self.smtp_locked) or self.imap_password

    @smtp_password.setter
    def smtp_password(self, password: str) -> None:
        self.smtp_locked = encrypt(password) if password else ""

    @property
    def is_read(self) -> bool:
        return bool(self.imap_host)

    @property
    def keeps_copies(self) -> bool:
        """What was sent is put into its folder of sent mail."""
        return self.is_read and self.copies_sent

    @property
    def sends_itself(self) -> bool:
        """Has an SMTP server of its own; without one the installation's is used."""
        return bool(self.smtp_host)
