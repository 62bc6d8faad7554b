from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from fedele.knowledge.files.models import StoredFile

LIVES = dt.timedelta(days=1)


class Shared(models.Model):
    """One act of sharing, until its place is chosen."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(blank=True)
    #: The first address card in it, as fields of a contact.
    card = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="shared_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"

    @classmethod
    def latest_of(cls, user: Any) -> Shared | None:
        return cls.objects.filter(user=user, at__gt=timezone.now() - LIVES).order_by("-at", "-pk").first()

    @classmethod
    def forget_old(cls, user: Any) -> None:
        cls.objects.filter(user=user, at__lte=timezone.now() - LIVES).delete()


class SharedFile(models.Model):
    shared = models.ForeignKey(Shared, on_delete=models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
