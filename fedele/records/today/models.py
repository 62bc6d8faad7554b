from __future__ import annotations

from django.conf import settings
from django.db import models


class Arrangement(models.Model):
    """How one person wants their Today; without one, as is usual for their role."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Keys of blocks in the person's own order; those not named follow in the usual one.
    order = models.JSONField(default=list)
    #: Blocks the role brings that this person does not want, and others that they added.
    hidden = models.JSONField(default=list)
    added = models.JSONField(default=list)
    #: When the guided start was put away; None while it may still be shown.
    guided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Today of {self.user_id}"
