"""The act itself: every record of a handover changes hands in one batch, on its day, once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.writing import open_batch
from fedele.notices.telling import tell
from fedele.people.assignment.dealing import Deal
from fedele.people.assignment.giving import Gave, give_some
from fedele.people.handovers.models import Handover
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress

State = Handover.State
CHUNK = 200
AS_A_JOB = 200


def decide(handover: Handover, user: Any) -> Progress | None:
    """Hands over today, or plans it for its day. Returns the progress when a job does it. Raises `Refused` the second time."""
    today = handover.day <= timezone.localdate()
    _claim(handover, State.RUNNING if today else State.PLANNED, made_by=user)
    if not today:
        _tell_receivers(handover, "handover.planned")
        return None
    count = handover.items.count()
    if count <= AS_A_JOB:
        carry_out(handover)
        return None
    title = _("Handover of %(name)s") % {"name": handover.giver}
    url = f"/handovers/{handover.pk}/"
    return Progress.start(user, title, "handover", total=count, url=url, job=run, args=(handover.pk,))


def ask(handover: Handover, user: Any, managers: list[Any]) -> None:
    """Who may not hand over by themselves asks those who lead them."""
    if not Handover.objects.filter(pk=handover.pk, state=State.DRAFT).update(state=State.ASKED):
        raise Refused(_("This handover was decided already."))
    for manager in managers:
        tell(manager, "handover.asked", title=str(handover), url=url_of(handover), actor=user)


def _claim(handover: Handover, state: str, **values: Any) -> None:
    open_ones = (State.DRAFT, State.ASKED) if state != State.RUNNING else (State.DRAFT, State.ASKED, State.PLANNED)
    if not Handover.objects.filter(pk=handover.pk, state__in=open_ones).update(state=state, **values):
        raise Refused(_("This handover was decided already."))
    handover.refresh_from_db()


def carry_out(handover: Handover, *, progress: Any = None) -> Gave:
    """Moves what has not moved yet; taken up again it goes on. What the giver has not any more stays where it is."""
    batch = handover.batch or open_batch(
        "handover", record_type="company", title=_("Handover of %(name)s") % {"name": handover.giver}
    )
    if handover.batch_id is None:
        batch.actor = handover.made_by
        batch.save(update_fields=["actor"])
        Handover.objects.filter(pk=handover.pk).update(batch=batch)
        handover.batch = batch
    gave = Gave(batch)
    with act_as(handover.made_by, batch=batch):
        for key in list(handover.items.order_by().values_list("record_type", flat=True).distinct()):
            _move_all(handover, key, gave, progress)
    _finish(handover)
    return gave


def _move_all(handover: Handover, key: str, gave: Gave, progress: Any) -> None:
    waiting = handover.items.filter(record_type=key, is_moved=False).order_by("record_id")
    ids = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = list(waiting.filter(pk__in=ids[start : start + CHUNK]).select_related("receiver__team"))
        deals = {item.record_id: Deal(item.receiver) for item in chunk}
        told = {"giver": str(handover.giver), "handover": handover.pk}
        with transaction.atomic():
            moved = give_some(
                registry.by_key(key), deals, None, gave, kind="handed_over", data=told, log_it=False,
                only_of=handover.giver_id,
            )  # fmt: skip
            mine = [item.pk for item in chunk if item.record_id in moved]
            handover.items.filter(pk__in=mine).update(is_moved=True)
            if progress is not None:
                progress.advance(len(chunk), changed=len(moved), skipped=len(chunk) - len(moved))


def _finish(handover: Handover) -> None:
    with transaction.atomic():
        done = Handover.objects.filter(pk=handover.pk, state=State.RUNNING)
        if done.update(state=State.DONE, done_at=timezone.now()):
            handover.refresh_from_db()
            _tell_receivers(handover, "handover.received")
            if handover.giver_id != handover.made_by_id:
                tell(
                    handover.giver, "handover.given", title=str(handover), url=url_of(handover), actor=handover.made_by
                )


def _tell_receivers(handover: Handover, kind: str) -> None:
    counts = Counter(handover.items.filter(is_customer=True).values_list("receiver_id", flat=True))
    for receiver in handover.receivers.all():
        if counts[receiver.pk] and receiver.pk != handover.made_by_id:
            data = {"count": counts[receiver.pk], "giver": str(handover.giver), "day": f"{handover.day:%d/%m/%Y}"}
            tell(receiver, kind, title=str(handover), url=url_of(handover), data=data, actor=handover.made_by)


def url_of(handover: Handover) -> str:
    return f"/handovers/{handover.pk}/"


@job()
def run(progress_id: int, handover_id: int) -> None:
    with Progress.working(progress_id) as progress:
        handover = Handover.objects.select_related("giver", "made_by", "batch").get(pk=handover_id)
        carry_out(handover, progress=progress)
        progress.finish(url=url_of(handover))


@job(retries=3)
def run_planned(handover_id: int) -> None:
    """Taken up again after a crash, it goes on with what has not moved."""
    handover = Handover.objects.select_related("giver", "made_by", "batch").get(pk=handover_id)
    if handover.state == State.RUNNING:
        carry_out(handover)


@job()
def carry_out_due() -> int:
    """Whatever was planned for today or before. Whoever turns the state is the one who starts it: twice does nothing twice."""
    started = 0
    due = Handover.objects.filter(state=State.PLANNED, day__lte=timezone.localdate())
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            if Handover.objects.filter(pk=pk, state=State.PLANNED).update(state=State.RUNNING):
                run_planned.enqueue(pk)
                started += 1
    return started
