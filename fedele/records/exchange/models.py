from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    """A file brought in: how it was understood, where its columns went, what became of its rows."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        UNDONE = "undone", _("taken back")
        FAILED = "failed", _("stopped")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports")
    record_type = models.CharField(max_length=40)
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    #: How the file is read, where the user corrected what was found: encoding, delimiter, sheet, header_row, decimal, date_order.
    reading = models.JSONField(default=dict)
    #: {"Column": "field"}; a column not named is left out.
    mapping = models.JSONField(default=dict)
    #: What to do with rows: "match" (update, empty, skip), "duplicates" (create, skip), "owner" (user id), "create_related".
    rules = models.JSONField(default=dict)
    #: {"read", "new", "updated", "unchanged", "possible_duplicates", "problems"}
    counts = models.JSONField(default=dict)
    #: Line of the file after which the work goes on.
    reached = models.BigIntegerField(default=0)
    batch = models.ForeignKey("journal.Batch", null=True, on_delete=models.SET_NULL, related_name="+")
    progress = models.ForeignKey("tasks.Progress", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["user", "-created_at"])]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, user: Any) -> models.QuerySet[Import]:
        """One's own; who administers sees all."""
        return cls.objects.all() if user.is_administrator else cls.objects.filter(user=user)

    def open(self) -> Any:
        """The table as the user wants it read; UnreadableFile says why not."""
        from fedele.records.reading import open_table

        return open_table(self.file.open("rb"), self.name, **self.reading)


class Problem(models.Model):
    """A row that did not come in, with its line in the file, so that it can be mended and brought again."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    line = models.BigIntegerField()
    column = models.CharField(max_length=200, blank=True)
    message = models.CharField(max_length=300)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["source", "line"])]

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"


class RememberedMapping(models.Model):
    """Where the columns of files like this one went the last time: known by their headers."""

    record_type = models.CharField(max_length=40)
    headers = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "headers"], name="mapping_once")]
