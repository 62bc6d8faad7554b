"""The progress of a long job: a row the job writes with its data, and a person watches."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import models, transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fedele.tasks.counting import Countable

#: Sent when a long job is over, whatever the end: progress=….
progress_ended = Signal()

#: Seconds for which the top bar may believe what it knows about running jobs.
REMEMBER = 3


class ProgressQuerySet(models.QuerySet["Progress"]):
    def visible_to(self, user: Any) -> ProgressQuerySet:
        """One's own jobs; administrators see all."""
        return self if user.is_administrator else self.of(user)

    def of(self, user: Any) -> ProgressQuerySet:
        return self.filter(user=user)

    def open(self) -> ProgressQuerySet:
        return self.filter(state__in=Progress.OPEN)


class Progress(Countable):
    """One long job as the person who started it sees it: how far, how fast, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        CANCELLED = "cancelled", _("Cancelled")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    OPEN = (State.WAITING, State.RUNNING, State.PAUSED)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    #: What sort of job: "import", "export", "bulk".
    kind = models.CharField(max_length=40)
    record_type = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    #: What went wrong, in words for the user.
    error = models.CharField(max_length=500, blank=True)
    #: Where it was started; where its result is once it is done.
    result_url = models.CharField(max_length=500, blank=True)
    tell_me = models.BooleanField(default=False)
    #: Dotted path and further arguments of the job, so that it can be taken up again.
    job = models.CharField(max_length=200, blank=True)
    args = models.JSONField(default=list)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="progress_of_user"),
            models.Index(
                fields=["user"], name="progress_open", condition=models.Q(state__in=["waiting", "running", "paused"])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tasks:progress", args=[self.pk])

    @classmethod
    def start(
        cls,
        user: Any,
        title: str,
        kind: str,
        *,
        total: int | None = None,
        url: str = "",
        record_type: str = "",
        job: Any = None,
        args: tuple = (),
    ) -> Progress:
        """Begins a long job of `user`, to be shown at its page. Enqueues `job(progress.pk, *args)` if one is given."""
        with transaction.atomic():
            path = job.module_path if job else ""
            progress = cls.objects.create(
                user=user,
                title=title[:200],
                kind=kind,
                total=total,
                result_url=url,
                record_type=record_type,
                job=path,
                args=list(args),
            )
            transaction.on_commit(progress.forget)
            if job:
                job.enqueue(progress.pk, *args)
        return progress

    @property
    def is_over(self) -> bool:
        return self.state not in self.OPEN

    @property
    def level(self) -> str:
        """The tone of its badge."""
        return {"running": "info", "done": "ok", "failed": "bad", "paused": "warn"}.get(self.state, "")

    @property
    def is_pausable(self) -> bool:
        return bool(self.job) and self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_resumable(self) -> bool:
        return bool(self.job) and self.state in (self.State.PAUSED, self.State.FAILED)

    def pause(self) -> bool:
        """The job stops at its next batch and can be resumed from there. False when it is too late."""
        return bool(self.job) and self._turn((self.State.WAITING, self.State.RUNNING), self.State.PAUSED)

    def resume(self) -> bool:
        with transaction.atomic():
            stopped = (self.State.PAUSED, self.State.FAILED)
            turned = bool(self.job) and self._turn(stopped, self.State.WAITING, error="", finished_at=None)
            if turned:
                import_string(self.job).enqueue(self.pk, *self.args)
        return turned

    def cancel(self) -> bool:
        """What is stored stays stored; the job stops at its next batch."""
        return self._turn(self.OPEN, self.State.CANCELLED, finished_at=timezone.now())

    def finish(self, counts: dict[str, int] | None = None, url: str = "") -> None:
        """The job is done. Raises `Stopped` when it was cancelled, or is no longer this worker's."""
        with transaction.atomic():
            self.write_down(**(counts or {}))
            self._end(self.State.DONE, result_url=url or self.result_url)

    def fail(self, message: str) -> None:
        """The job ends without success; `message` tells the user what to do about it."""
        with transaction.atomic():
            self.hold()
            self._end(self.State.FAILED, error=str(message)[:500])

    def forget(self) -> None:
        """Lets the top bar look again at once."""
        caches["process"].delete(_key(self.user_id))

    def _turn(self, before: tuple[str, ...], after: str, **values: Any) -> bool:
        """From one state to another, once, whoever else tries at the same time."""
        with transaction.atomic():
            if not Progress.objects.filter(pk=self.pk, state__in=before).update(state=after, **values):
                self.refresh_from_db()
                return False
            self._set(state=after, **values)
            transaction.on_commit(self.forget)
            if self.is_over:
                progress_ended.send(Progress, progress=self)
        return True

    def _end(self, state: str, **values: Any) -> None:
        if not self._turn(self.OPEN, state, finished_at=timezone.now(), **values):
            raise self.stopped()

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)

    @classmethod
    def set_aside(cls, task: uuid.UUID) -> None:
        """The worker of this task died too often: its progress must not look alive for ever."""
        for progress in cls.objects.filter(task=task, state=cls.State.RUNNING):
            progress.fail(str(_("This job ended unexpectedly several times and was set aside. You can try it again.")))


def running_for(user: Any) -> list[Progress]:
    """Jobs of `user` that are not over, newest first, at most five: for the pill in the top bar."""
    found = caches["process"].get(_key(user.pk))
    if found is None:
        found = list(Progress.objects.of(user).open()[:5])
        caches["process"].set(_key(user.pk), found, REMEMBER)
    return found  # type: ignore[no-any-return]


def _key(user_id: int) -> str:
    return f"running-jobs-{user_id}"
