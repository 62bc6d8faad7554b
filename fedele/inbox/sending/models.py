from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.base.models import Record, listed
from fedele.inbox.mailboxes.models import Mailbox
from fedele.ui.formatted.text import settled


class MailTemplate(Record):
    """A text written once for many letters; what stands in braces is filled in for each."""

    numbering = "MM-{n:04}"

    name = models.CharField(_("name"), max_length=120)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), help_text=_("What stands in braces, such as {first_name}, is filled in."))
    body_html = models.TextField(blank=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("mail template")
        verbose_name_plural = _("mail templates")
        indexes = [
            listed("mailtemplate_name", "name", "id"),
            listed("mailtemplate_active", "is_active", "name", "id"),
            listed("mailtemplate_owner", "owner", "name", "id"),
            listed("mailtemplate_team", "team", "name", "id"),
            listed("mailtemplate_updated", "updated_at", "id"),
            listed("mailtemplate_created", "created_at", "id"),
        ]

    def __str__(self) -> str:
        return self.name

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        """Who changed the text alone has changed it: what it was formatted like is gone."""
        self.body_html = settled(self.body, self.body_html)
        return super().settle()


class Writer(models.Model):
    """How one person writes: from which mailbox, and what stands below."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mailbox = models.ForeignKey(
        Mailbox, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("write from")
    )
    signature = models.TextField(_("signature"), blank=True, max_length=2000)
    signature_html = models.TextField(blank=True, editable=False)

    def __str__(self) -> str:
        return str(self.user)
