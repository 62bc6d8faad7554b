from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from fedele.knowledge.files.kinds import JPEG, PNG, WEBP

#: The longest message, in characters.
LONGEST = 5000
#: How long after writing it one may still put it better.
EDITABLE = dt.timedelta(minutes=15)
#: Shown small beside the text; all other files only by their name.
PICTURES = (PNG, JPEG, WEBP)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def about(self, record: Any) -> RemarkQuerySet:
        return self.filter(record_type=record.record_type, record_id=record.pk)


class Remark(models.Model):
    """Something one colleague wrote about one record. Taken back, it leaves its place, its author and its day."""

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=LONGEST)
    #: The names called in the text, as they stand there: shown as such, whatever these people are called later.
    named = models.JSONField(default=list)
    answers = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    #: The entry of the record's journal that tells of it.
    entry_id = models.BigIntegerField(null=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["record_type", "record_id", "-id"], name="message_of_record"),
            models.Index(fields=["author", "-id"], name="message_of_author"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def may_change(self, user: Any) -> bool:
        return self.may_remove(user) and timezone.now() - self.at < EDITABLE

    def may_remove(self, user: Any) -> bool:
        return self.author_id == user.pk and self.removed_at is None


class RemarkFile(models.Model):
    """A file sent along with a message."""

    message = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("knowledge.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.file.kind in PICTURES


class PartQuerySet(models.QuerySet["Part"]):
    def of(self, user: Any) -> PartQuerySet:
        return self.filter(user=user)

    def unread(self) -> PartQuerySet:
        return self.filter(is_unread=True)


class Part(models.Model):
    """One person's part in the conversation about one record: what they have read of it, and how they came into it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    last = models.ForeignKey(Remark, null=True, on_delete=models.SET_NULL, related_name="+")
    last_at = models.DateTimeField()
    #: The last message this person has had before their eyes.
    read_to = models.BigIntegerField(default=0)
    is_unread = models.BooleanField(default=False)
    is_named = models.BooleanField(default=False)
    has_written = models.BooleanField(default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id", "user"], name="part_once")]
        indexes = [
            # The list: unread ones on top, then the latest.
            models.Index(fields=["user", "-is_unread", "-last_at", "-id"], name="part_list"),
            models.Index(fields=["user", "last_at"], name="part_news"),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"
