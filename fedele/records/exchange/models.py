from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: For so many days after its end an import can be taken back as a whole.
UNDO_DAYS = 30


class Import(models.Model):
    """A file brought in: how it was understood, where its columns went, what became of its rows."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports")
    record_type = models.CharField(max_length=40)
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    #: How the file is read, where the user corrected what was found: encoding, delimiter, sheet, header_row, decimal, date_order.
    reading = models.JSONField(default=dict)
    #: {"Column": "field"} or {"Column": {"field", "policy", "transform", "values"}}, see chosen.py.
    mapping = models.JSONField(default=dict)
    #: {"field": text}: what every row has besides what stands in it.
    constants = models.JSONField(default=dict)
    #: Record its new records come from (a list of names); 0 for none, empty as long as nobody has said so.
    provenance = models.BigIntegerField(null=True)
    #: Of the content of the file, so that the same file is recognised.
    digest = models.CharField(max_length=64, blank=True)
    #: What to do with rows: "match" (update, empty, skip), "duplicates" (create, skip), "owner_id", "team_id", "create_related".
    rules = models.JSONField(default=dict)
    #: {"read", "new", "updated", "unchanged", "possible_duplicates", "left_out", "problems"}; the others make up the first.
    counts = models.JSONField(default=dict)
    #: Line of the file after which the work goes on.
    reached = models.BigIntegerField(default=0)
    #: What the last check found out about the whole file, and what it was told then: see keeping.py.
    checked = models.JSONField(default=dict)
    #: Rows given to people in turn so far.
    given = models.BigIntegerField(default=0)
    batch = models.ForeignKey("journal.Batch", null=True, on_delete=models.SET_NULL, related_name="+")
    #: The job that brings it in, and later the one that takes it back.
    progress = models.ForeignKey("tasks.Progress", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(fields=["user", "-created_at"]),
            models.Index(fields=["digest"], name="import_digest", condition=~models.Q(digest="")),
            models.Index(fields=["created_at"], name="import_draft", condition=models.Q(state="draft")),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, user: Any) -> models.QuerySet[Import]:
        """One's own; who administers sees all."""
        return cls.objects.all() if user.is_administrator else cls.objects.filter(user=user)

    @property
    def url(self) -> str:
        """The page of the step it stands at."""
        return f"/import/{self.pk}/{'columns' if self.state == self.State.DRAFT else 'result'}/"

    @property
    def has_brought(self) -> bool:
        """Has anything of it been stored?"""
        return any(self.counts.get(name) for name in ("new", "updated", "possible_duplicates"))

    @property
    def is_at_work(self) -> bool:
        """A job is at it, or waits for its turn."""
        return self.progress is not None and self.progress.state in ("waiting", "running")

    @property
    def can_go_on(self) -> bool:
        """Rows are left, and nobody is at them: it was stopped, paused, has failed, or its command was killed."""
        return self.state in (self.State.RUNNING, self.State.STOPPED, self.State.FAILED) and not self.is_at_work

    @property
    def can_be_undone(self) -> bool:
        if self.state == self.State.UNDOING:
            return not self.is_at_work
        return (
            self.batch is not None
            and self.has_brought
            and self.is_recent
            and (self.state == self.State.DONE or self.can_go_on)
        )

    @property
    def is_recent(self) -> bool:
        """Not longer over than it can be taken back."""
        return self.finished_at is None or timezone.now() - self.finished_at < timedelta(days=UNDO_DAYS)

    def open(self) -> Any:
        """The table as the user wants it read; UnreadableFile says why not."""
        from fedele.records.reading import UnreadableFile, open_table

        try:
            with self.file.open("rb") as file:
                return open_table(file, self.name, **self.reading)
        except FileNotFoundError:
            raise UnreadableFile(_("The file of this import is no longer there: choose it again.")) from None


class Problem(models.Model):
    """A row that did not come in, with its line in the file, so that it can be mended and brought again."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    line = models.BigIntegerField()
    #: problem, or duplicate: it is like another and was left out.
    fate = models.CharField(max_length=10, default="problem")
    #: [[column or "", message], …]
    reasons = models.JSONField(default=list)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["source", "line"])]

    def __str__(self) -> str:
        return f"{self.line}: {self.said}"

    @property
    def said(self) -> str:
        return "; ".join(f"{column}: {message}" if column else message for column, message in self.reasons)


class RememberedMapping(models.Model):
    """Where the columns of files like this one went the last time: known by their headers."""

    record_type = models.CharField(max_length=40)
    headers = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    #: Who the file was from: its next one may have a few columns more.
    vendor = models.CharField(max_length=200, blank=True)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "headers"], name="mapping_once")]
        indexes = [
            models.Index(
                fields=["record_type", "vendor", "-used_at"], name="mapping_of_vendor", condition=~models.Q(vendor="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.headers[:8]}"


class SavedMapping(models.Model):
    """Where the columns of a kind of file go, under a name that colleagues choose it by."""

    record_type = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=100)
    mapping = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["record_type", "name"], name="saved_mapping_once")]

    def __str__(self) -> str:
        return self.name
