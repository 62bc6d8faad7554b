from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.base.models import Record, listed
from fedele.knowledge.documents.categories import Category
from fedele.knowledge.documents.lying import Lying
from fedele.knowledge.documents.versions import Versioned


class Document(Lying, Versioned, Record):
    """A file with a name and its versions, on a record or on none."""

    numbering = "DO-{n:06}"
    timeline_of = ("company", "contact", "lead")

    name = models.CharField(pgettext_lazy("document", "name"), max_length=200)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents",
        verbose_name=pgettext_lazy("documents", "category"), db_index=False,
    )  # fmt: skip
    description = models.TextField(_("description"), blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            listed("document_name", "name", "id"),
            listed("document_company", "company", "updated_at", "id"),
            listed("document_contact", "contact", "updated_at", "id"),
            listed("document_lead", "lead", "updated_at", "id"),
            listed("document_about", "about_type", "about_id", "updated_at", "id"),
            listed("document_category", "category", "updated_at"),
            listed("document_kind", "kind", "updated_at", "id"),
            listed("document_valid", "valid_until", "id"),
            listed("document_owner", "owner", "updated_at"),
            listed("document_team", "team", "updated_at"),
            listed("document_updated", "updated_at", "id"),
            listed("document_created", "created_at", "id"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        self.settle_place()
        return None

    def erase(self) -> None:
        """Its files go with it, unless another document or a mail has the same."""
        from django.db import transaction

        from fedele.knowledge.files.sweeping import drop

        with transaction.atomic():
            files = list(self.versions.values_list("stored_id", flat=True))
            super().erase()
            drop(files)
