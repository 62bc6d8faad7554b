from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.access.secrets import encrypt
from fedele.base.outside import NotOutside, checked
from fedele.inbox.mailboxes.connecting import Secret, unlock
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.providers.known import KNOWN, Kind, Known
from fedele.inbox.providers.tokens import Tokens


def check_address(value: str) -> None:
    """An address one may be sent to, and that may be called."""
    try:
        checked(value)
    except (NotOutside, ValueError) as error:
        raise ValidationError(_("Give a complete address that begins with https://.")) from error


class Provider(models.Model):
    """Fedele as it is registered at one of them."""

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER, editable=False)
    name = models.CharField(_("name"), max_length=40, unique=True, help_text=_("As it stands on the button."))
    client_id = models.CharField(_("client ID"), max_length=300)
    secret_locked = Secret()
    tenant = models.CharField(
        _("tenant ID"), max_length=100, blank=True, validators=[RegexValidator(r"^[A-Za-z0-9.-]+\Z")],
        help_text=_("Of your organisation. Empty where the application serves several."),
    )  # fmt: skip
    authorize_url = models.CharField(
        _("address for signing in"), max_length=300, blank=True, validators=[check_address]
    )
    token_url = models.CharField(_("address for tokens"), max_length=300, blank=True, validators=[check_address])
    revoke_url = models.CharField(
        _("address for revoking"), max_length=300, blank=True, validators=[check_address],
        help_text=_("Where a permission is taken back when a mailbox is disconnected. Empty where there is none."),
    )  # fmt: skip
    scope = models.CharField(
        _("scope"), max_length=500, blank=True,
        help_text=_("What is asked for, separated by spaces; often with offline_access, so that it lasts."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("mail provider")
        verbose_name_plural = _("mail providers")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def known(self) -> Known | None:
        return KNOWN.get(Kind(self.kind))

    @property
    def secret(self) -> str:
        return unlock(self.secret_locked)

    @secret.setter
    def secret(self, secret: str) -> None:
        self.secret_locked = encrypt(secret) if secret else ""

    @property
    def signs_in_at(self) -> str:
        return self._filled(self.known.signs_in_at) if self.known else self.authorize_url

    @property
    def gives_tokens_at(self) -> str:
        return self._filled(self.known.tokens_at) if self.known else self.token_url

    @property
    def takes_back_at(self) -> str:
        """Empty where a permission can only be taken back by hand."""
        return self.known.takes_back_at if self.known else self.revoke_url

    @property
    def asks_for(self) -> str:
        return self.known.scope if self.known else self.scope

    def _filled(self, url: str) -> str:
        return url.replace("{tenant}", self.tenant or "organizations")


class GrantQuerySet(models.QuerySet["Grant"]):
    def as_read(self, grant: Grant) -> Self:
        """Only while nobody else has renewed it since, nor connected the mailbox anew."""
        return self.filter(pk=grant.pk, refresh_locked=grant.refresh_locked, access_locked=grant.access_locked)


class Grant(models.Model):
    """The permission to read and send with a mailbox, as its provider gave it. Kept as passwords are: unreadable."""

    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="grant")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="grants")
    refresh_locked = Secret()
    access_locked = Secret()
    #: When the access token ends.
    ends_at = models.DateTimeField(default=timezone.now)
    #: Somebody is fetching a new one since then.
    renewing_since = models.DateTimeField(null=True)
    #: The provider takes it no longer: somebody has to sign in again.
    is_over = models.BooleanField(default=False)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = GrantQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.mailbox_id}"

    @classmethod
    def of(cls, box: Any) -> Grant | None:
        return cls.objects.select_related("provider").filter(mailbox_id=box.pk).first() if box.pk else None

    def is_good_for(self, more: timedelta) -> bool:
        return bool(self.access_locked) and self.ends_at > timezone.now() + more

    def values_of(self, tokens: Tokens) -> dict[str, Any]:
        """A provider that gives no new refresh token means the old one to be used again."""
        refresh = encrypt(tokens.refresh) if tokens.refresh else self.refresh_locked
        ends_at = timezone.now() + timedelta(seconds=tokens.lasts)
        return {
            "access_locked": encrypt(tokens.access), "refresh_locked": refresh, "ends_at": ends_at,
            "renewing_since": None, "is_over": False,
        }  # fmt: skip
