from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: How precisely the last use is kept: not a write for every call.
TOUCH = timedelta(minutes=5)


class Feed(models.Model):
    """The one address of one person's calendar."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    with_names = models.BooleanField(
        _("with the names of customers"),
        default=False,
        help_text=_(
            "Without them, the program that reads it learns only when you are busy and with what kind of work."
        ),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def make(cls, user: Any, *, with_names: bool) -> tuple[Feed, str]:
        """A new address in place of the old one, and the secret of it, shown this once."""
        secret = secrets.token_urlsafe(32)
        values = {"digest": _digest(secret), "with_names": with_names, "created_at": timezone.now()}
        feed, _made = cls.objects.update_or_create(user=user, defaults={**values, "last_used_at": None})
        return feed, secret

    @classmethod
    def find(cls, secret: str) -> Feed | None:
        """The one with this secret, if its owner is still active."""
        feed = cls.objects.select_related("user").filter(digest=_digest(secret), user__is_active=True).first()
        now = timezone.now()
        if feed and (feed.last_used_at is None or now - feed.last_used_at > TOUCH):
            cls.objects.filter(pk=feed.pk).update(last_used_at=now)
        return feed


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
