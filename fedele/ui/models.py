from __future__ import annotations

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What a user typed into a form and has not sent yet; it comes back on any device."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Which form, such as "company:12:note"
    key = models.CharField(max_length=120)
    #: {"name of the field": "what stands in it"}
    text = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.key
