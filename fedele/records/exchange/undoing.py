"""Taking a whole import back: first what would happen, then the deed, as a job."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from fedele.journal.acting import act_as
from fedele.records.exchange.models import Import
from fedele.records.registry import registry
from fedele.records.undo import foresee, undo_batch
from fedele.tasks.jobs import job
from fedele.tasks.progress import Progress
from fedele.ui import redirect, render

#: Up to so many records the page counts what would happen while one waits; beyond, a job does.
AT_ONCE = 2_000
#: Seconds for which such a count is shown again.
REMEMBER = 900


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    source: Import = get_object_or_404(Import.visible_to(request.user).select_related("batch", "progress"), pk=pk)
    if not source.can_be_undone or source.batch is None:
        raise Http404
    if request.method == "POST":
        progress = _start(source, request.user, revert=request.POST.get("changed") == "revert")
        return redirect(request, progress.get_absolute_url())
    told = _foreseen(source, request.user)
    if isinstance(told, Progress):
        return redirect(request, told.get_absolute_url())
    context = {"source": source, "record_type": registry.by_key(source.record_type), "preview": told}
    return render(request, "records/import_undo.html", context)


def _foreseen(source: Import, user: Any) -> dict[str, int] | Progress:
    """What undoing would do, or the job that finds it out."""
    assert source.batch is not None
    entries = source.batch.entries.filter(undone_by=None)
    if entries[: AT_ONCE + 1].count() <= AT_ONCE:
        return foresee(source.batch)
    kept = source.checked.get("undo", {})
    at = parse_datetime(kept.get("at", "")) if kept else None
    if at is not None and "counts" in kept and (timezone.now() - at).total_seconds() < REMEMBER:
        return dict(kept["counts"])
    running = Progress.objects.filter(pk=kept.get("job", 0), state__in=Progress.OPEN).first()
    if running is not None:
        return running
    with transaction.atomic():
        progress = Progress.start(
            user, _("What undoing %(name)s would do") % {"name": source.name}, "check", total=entries.count(),
            record_type=source.record_type, url=f"/import/{source.pk}/undo/", job=look_ahead, args=(source.pk,),
        )  # fmt: skip
        progress.refresh_from_db()
        if not progress.is_over:
            _keep(source, {"job": progress.pk})
    return progress


def _keep(source: Import, told: dict[str, Any]) -> None:
    source.checked = {**source.checked, "undo": told}
    Import.objects.filter(pk=source.pk).update(checked=source.checked)


@job(retries=3)
def look_ahead(progress_id: int, import_id: int) -> None:
    with Progress.working(progress_id) as progress:
        source = Import.objects.select_related("batch").get(pk=import_id)
        assert source.batch is not None
        Progress.objects.filter(pk=progress_id).update(done=0)
        counts = foresee(source.batch, progress=progress)
        with transaction.atomic():
            _keep(source, {"counts": counts, "at": timezone.now().isoformat()})
            progress.finish(url=f"/import/{source.pk}/undo/")


def _start(source: Import, user: object, *, revert: bool) -> Progress:
    """Stops whatever is still bringing rows in, and begins, or goes on, to take them back."""
    assert source.batch is not None
    with transaction.atomic():
        if source.progress and not source.progress.is_over:
            source.progress.cancel()
        Import.objects.filter(pk=source.pk).update(state=Import.State.UNDOING)
        progress = Progress.start(
            user,
            _("Undo the import: %(name)s") % {"name": source.name},
            "undo",
            total=source.batch.entries.filter(undone_by=None).count(),
            record_type=source.record_type,
            url=f"/import/{source.pk}/result/",
            job=run,
            args=(source.pk, revert),
        )
        Import.objects.filter(pk=source.pk).update(progress=progress)
    return progress


@job(retries=3)
def run(progress_id: int, import_id: int, revert: bool = False) -> None:
    """Repeatable: what is already back is passed over."""
    with Progress.working(progress_id) as progress:
        source = Import.objects.select_related("batch").get(pk=import_id)
        assert source.batch is not None
        with act_as(progress.user, door="import"):
            outcome = undo_batch(source.batch, progress.user, progress=progress, revert=revert)
        with transaction.atomic():
            Import.objects.filter(pk=source.pk).update(state=Import.State.UNDONE)
            progress.write_down(removed=outcome.removed, changed=outcome.undone, kept=len(outcome.kept))
            progress.finish(url=f"/import/{source.pk}/result/")
