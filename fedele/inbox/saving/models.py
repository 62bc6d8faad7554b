from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from fedele.inbox.messages.models import Attachment
from fedele.knowledge.documents.models import Document


class Saved(models.Model):
    """Which document was made of which file of a mail. Who sees both is told of it at either end."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="saved")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="came_with")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attachment", "document"], name="mail_file_saved_once")]

    def __str__(self) -> str:
        return f"{self.attachment_id} → {self.document_id}"
