"""Notices of the platform itself: a record was given to you, a long job of yours is over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from fedele.journal.models import Entry
from fedele.notices.kinds import declare, notice
from fedele.notices.telling import tell
from fedele.tasks.progress import Progress, progress_ended

declare(
    "job.done",
    label=_("A long job of mine is done"),
    text=_("Done: {title}"),
    icon="circle-check",
    why=_("You get this because you asked to be told when this job is done."),
    default_email="now",
)
declare(
    "job.failed",
    label=_("A long job of mine has failed"),
    text=_("Failed: {title}"),
    icon="circle-alert",
    why=_("You get this because you asked to be told when this job is done."),
    default_email="now",
)

declare(
    "notice.trial",
    label=_("A trial of my devices"),
    text=_("Notices reach this device."),
    icon="smartphone",
    why=_("You get this because you asked for a trial."),
    urgent=True,
)


@notice(
    "record.assigned",
    entries="*",
    # Where a department says better what it means to be given something, that is what one reads.
    last=True,
    label=_("A record is assigned to me"),
    text=_("{actor} assigned {title} to you"),
    why=_("You get this because the record is yours now."),
    default_email="now",
    icon="user-check",
)
def new_owner(entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
    _before, after = entry.changes.get("owner") or (None, None)
    if after and after != entry.actor_id:
        yield get_user_model().objects.filter(pk=after).first(), {}


@receiver(progress_ended, sender=Progress)
def job_is_over(progress: Progress, **_kwargs: Any) -> None:
    kind = {Progress.State.DONE: "job.done", Progress.State.FAILED: "job.failed"}.get(progress.state)  # type: ignore[call-overload]
    if kind and progress.tell_me:
        tell(progress.user, kind, title=progress.title, url=progress.get_absolute_url())
