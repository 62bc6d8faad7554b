from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """Many changes made in one act: an import, a bulk change, a conversion. Undone as one."""

    kind = models.CharField(max_length=40)
    record_type = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["actor", "-at"])]

    def __str__(self) -> str:
        return self.title or self.kind


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, record_type: str, *ids: int) -> EntryQuerySet:
        """Entries of one record (or of several that have become one), and those of others that point at it."""
        own = models.Q(record_type=record_type, record_id__in=ids)
        pointing = Link.objects.filter(record_type=record_type, record_id__in=ids).values("entry_id")
        return self.filter(own | models.Q(id__in=pointing))


class Entry(models.Model):
    """One thing that happened to one record. Never edited, never deleted by the application."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    door = models.CharField(max_length=12, default="system")
    kind = models.CharField(max_length=60)
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    title = models.CharField(max_length=200, blank=True)
    #: {"field": [before, after]}, in the form of the fields' `value_to_string`: what undo puts back.
    changes = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="entries"
    )
    undone_by = models.BigIntegerField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["record_type", "record_id", "-at", "-id"], name="journal_entry_record"),
            # The audit of everything, by time.
            models.Index(fields=["-at", "-id"], name="journal_entry_at"),
            models.Index(fields=["actor", "-at"], name="journal_entry_actor"),
            models.Index(fields=["batch"], name="journal_entry_batch", condition=models.Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_type} {self.record_id}"

    @property
    def record(self) -> Any:
        """The record this happened to, trashed ones included; None once it is erased."""
        from fedele.records.registry import registry

        model = registry.by_key(self.record_type).model
        return model.objects.filter(pk=self.record_id).first()


class Link(models.Model):
    """An entry of one record that also belongs on the timeline of another: an opportunity's on its company's."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="links")
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record_type", "record_id", "-at", "-entry"], name="journal_link_record")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}: {self.entry_id}"
