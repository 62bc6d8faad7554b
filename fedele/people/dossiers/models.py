from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def _own_name(_instance: Bundle, _name: str) -> str:
    """Chance names in a place no web server serves."""
    return f"dossiers/{secrets.token_hex(16)}"


class Bundle(models.Model):
    """Dossiers of many customers in one ZIP, for whoever asked; gone after two days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record_type = models.CharField(max_length=40)
    #: What it is to hold: ids, and the keys of what stands in each.
    ids = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    file = models.FileField(upload_to=_own_name, max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("bundle of dossiers")
        verbose_name_plural = _("bundles of dossiers")
        indexes = [models.Index(fields=["created_at"], name="dossiers_created")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%d.%m.%Y}"
