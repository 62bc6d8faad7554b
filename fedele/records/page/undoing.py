"""The doors back: one act, or a whole batch with a look at what would go back first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.base.verbs import Refused
from fedele.journal.models import Batch, Entry
from fedele.records.registry import registry
from fedele.records.undo import Outcome, may_undo, preview_batch, undo_batch, undo_entry
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress
from fedele.ui import redirect, render

#: Larger batches go back in a job with a progress page.
AS_A_JOB = 500


def undo_url(entries: list[Entry]) -> str | None:
    """Where what these entries did can be taken back as one; None when nothing can."""
    undoable = [entry for entry in entries if entry.changes or entry.kind.endswith((".created", ".noted"))]
    if not undoable:
        return None
    if len(undoable) == 1 and undoable[0].batch_id is None:
        return f"/undo/{undoable[0].pk}/"
    batch = next((entry.batch for entry in undoable if entry.batch_id), None) or _bound_together(undoable)
    return f"/undo/batch/{batch.pk}/"


def _bound_together(entries: list[Entry]) -> Batch:
    """One act that wrote to several records becomes a batch, so that it goes back as a whole."""
    first = entries[0]
    batch = Batch.objects.create(kind="act", record_type=first.record_type, title=first.title, actor=first.actor)
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(batch=batch)
    return batch


@require_POST
def undo_one(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.select_related("batch"), pk=pk)
    if not _sees(request.user, entry) or not may_undo(entry, request.user):
        raise Http404
    try:
        outcome = undo_entry(entry, request.user)
    except Refused as refused:
        return _back(request, entry.record_type, entry.record_id, str(refused), "warn")
    return _back(request, entry.record_type, entry.record_id, said(outcome), "ok")


def _sees(user: Any, entry: Entry) -> bool:
    record_type = registry.get(entry.record_type)
    if record_type is None:
        return False
    objects = record_type.model.objects
    mine = objects.visible_to(user).filter(pk=entry.record_id).exists()
    return mine or objects.in_trash_of(user).filter(pk=entry.record_id).exists()


def undo_many(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what would go back and what would stay. POST: takes it back."""
    batch = Batch.objects.filter(pk=pk).first()
    if batch is None or not (batch.actor_id == request.user.pk or request.user.is_administrator):
        raise Http404
    target = registry.get(batch.record_type)
    home = target.url() if target else "/"
    if request.method != "POST":
        context = {
            "batch": batch,
            "counts": preview_batch(batch, request.user) if batch.undone_at is None else {},
            "home": home,
        }
        return render(request, "records/undo.html", context)
    count = batch.entries.count()
    if count > AS_A_JOB and batch.undone_at is None:
        title = _("Undo: %(what)s") % {"what": batch}
        progress = Progress.start(
            request.user, title, "undo", total=count, record_type=batch.record_type, url=home, job=run, args=(batch.pk,)
        )
        return redirect(request, progress.get_absolute_url())
    try:
        outcome = undo_batch(batch, request.user)
    except Refused as refused:
        return _back(request, batch.record_type, None, str(refused), "warn")
    return _back(request, batch.record_type, None, said(outcome), "ok")


@job()
def run(progress_id: int, batch_id: int) -> None:
    """Takes back a large batch. Taken up again after an interruption it goes on: what is undone already is passed over."""
    with Progress.working(progress_id) as progress:
        undo_batch(Batch.objects.get(pk=batch_id), progress.user, progress=progress)
        progress.finish()


def said(outcome: Outcome) -> str:
    back = outcome.undone + outcome.removed
    if back == 1 and not outcome.kept:
        return _("Undone.")
    message = ngettext("%(n)s record is back to what it was.", "%(n)s records are back to what they were.", back) % {
        "n": back
    }
    if outcome.kept:
        kept = ngettext(
            "%(n)s was changed since and stays as it is.",
            "%(n)s were changed since and stay as they are.",
            len(outcome.kept),
        )
        message = f"{message} {kept % {'n': len(outcome.kept)}}"
    return message


def _back(request: HttpRequest, record_type: str, record_id: int | None, message: str, level: str) -> HttpResponse:
    """To the page the button was on, read anew."""
    target = registry.get(record_type)
    home = target.url(record_id) if target else "/"
    url = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or home
    if "/undo/" in url or not url_has_allowed_host_and_scheme(url, {request.get_host()}):
        url = home
    return redirect(request, url, message, level=level)
