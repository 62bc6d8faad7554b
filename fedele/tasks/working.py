"""Workable: how a worker takes a long job up, keeps it, and leaves it."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Self

from django.db import models, transaction
from django.db.models.functions import Coalesce, Now
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fedele.tasks.running import Stopped, this_run

logger = logging.getLogger("fedele.tasks")


class Workable(models.Model):
    #: Changes each time a worker takes the job up; who holds an old one can store nothing.
    token = models.UUIDField(null=True)
    task = models.UUIDField(null=True, db_index=True)

    class Meta:
        abstract = True

    @classmethod
    @contextmanager
    def working(cls, pk: int) -> Iterator[Self]:
        """`with Progress.working(pk) as progress:` around the body of a long job.

        Takes the job up where it was left (`progress.done`), in the language of the person who waits for it. An error
        marks it as failed, or as waiting when it will be tried again.
        """
        progress = cls.take(pk)
        try:
            with translation.override(progress.user.language):  # type: ignore[attr-defined]
                yield progress
        except Stopped as stopped:
            if stopped.reason == "shutdown":
                progress._leave("waiting")
            raise
        except Exception:
            logger.exception("job %s (%s) failed", progress.pk, progress)
            progress._break_down()
            raise

    @classmethod
    def take(cls, pk: int) -> Self:
        """Takes the job up. Raises `Stopped` when it is paused or over: nothing is left to do."""
        claim = this_run().claim
        with transaction.atomic():
            progress = cls._default_manager.select_for_update(of=("self",)).select_related("user").get(pk=pk)
            if progress.state not in ("waiting", "running"):  # type: ignore[attr-defined]
                raise progress.stopped()
            progress.state, progress.token = "running", uuid.uuid4()  # type: ignore[attr-defined]
            cls._default_manager.filter(pk=pk).update(
                state="running",
                token=progress.token,
                task=claim.task if claim else None,
                error="",
                started_at=Coalesce("started_at", timezone.now()),
                heartbeat_at=Now(),
            )
        progress.__dict__["_wrote"] = time.monotonic()
        return progress

    def hold(self) -> Any:
        """Inside a transaction: the stored row, locked, if this worker still has the job; else raises `Stopped`."""
        row = type(self)._default_manager.select_for_update().filter(pk=self.pk).first()
        if row is not None and row.state == "running" and row.token == self.token:  # type: ignore[attr-defined]
            return row
        raise self.stopped()

    def stopped(self) -> Stopped:
        """Why this worker may not go on."""
        row = type(self)._default_manager.filter(pk=self.pk).values("state", "token").first()  # type: ignore[misc]
        if row is None:
            return Stopped("cancelled")
        if row["state"] in ("paused", "cancelled"):
            return Stopped(row["state"])
        return Stopped("ended" if row["state"] in ("done", "failed") else "lost")

    def _leave(self, state: str, **values: Any) -> bool:
        mine = type(self)._default_manager.filter(pk=self.pk, token=self.token, state="running")  # type: ignore[misc]
        return bool(mine.update(state=state, **values))

    def _break_down(self) -> None:
        if not this_run().is_last:
            self._leave("waiting", error=_("It did not work the first time and will be tried again by itself."))
            return
        with suppress(Stopped):
            self.fail(_("Something went wrong on our side. What was done so far is kept; you can try it again."))  # type: ignore[attr-defined]
