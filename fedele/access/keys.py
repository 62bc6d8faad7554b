from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PREFIX = "fdl_"
#: What a key opens that does not open everything: the door of the telephone system.
CALLS = "calls"
#: How precisely the last use of a key is kept: not a write for every call.
TOUCH = timedelta(minutes=5)


class ApiKey(models.Model):
    """Lets a program act with the rights of the person it belongs to. Shown once, kept as a hash, revocable."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=8, editable=False)
    opens = models.CharField(
        _("what it opens"),
        max_length=8,
        blank=True,
        default="",
        choices=[("", _("all that I may see and do")), (CALLS, _("only the door for incoming calls"))],
    )
    read_only = models.BooleanField(_("may only read"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def make(cls, user: Any, name: str, *, read_only: bool = False, opens: str = "") -> tuple[ApiKey, str]:
        """A new key, and the secret that is shown this once. 256 random bits need no slow hash."""
        secret = PREFIX + secrets.token_urlsafe(32)
        key = cls.objects.create(
            user=user, name=name, digest=_digest(secret), hint=secret[:8], read_only=read_only, opens=opens
        )
        return key, secret

    @classmethod
    def find(cls, secret: str) -> ApiKey | None:
        """The key with this secret, if its owner is still active."""
        key = cls.objects.select_related("user").filter(digest=_digest(secret), user__is_active=True).first()
        now = timezone.now()
        if key and (key.last_used_at is None or now - key.last_used_at > TOUCH):
            cls.objects.filter(pk=key.pk).update(last_used_at=now)
        return key


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
