"""Taking a whole import back: first what would happen, then the deed, as a job."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from fedele.journal.acting import act_as
from fedele.records.exchange.models import Import
from fedele.records.registry import registry
from fedele.records.undo import preview_batch, undo_batch
from fedele.tasks.jobs import job
from fedele.tasks.progress import Progress
from fedele.ui import redirect, render


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    source: Import = get_object_or_404(Import.visible_to(request.user).select_related("batch", "progress"), pk=pk)
    if not source.can_be_undone or source.batch is None:
        raise Http404
    if request.method == "POST":
        return redirect(request, _start(source, request.user).get_absolute_url())
    context = {
        "source": source,
        "record_type": registry.by_key(source.record_type),
        "preview": preview_batch(source.batch),
    }
    return render(request, "records/import_undo.html", context)


def _start(source: Import, user: object) -> Progress:
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
            args=(source.pk,),
        )
        Import.objects.filter(pk=source.pk).update(progress=progress)
    return progress


@job(retries=3)
def run(progress_id: int, import_id: int) -> None:
    """Repeatable: what is already back is passed over."""
    with Progress.working(progress_id) as progress:
        source = Import.objects.select_related("batch").get(pk=import_id)
        assert source.batch is not None
        with act_as(progress.user, door="import"):
            outcome = undo_batch(source.batch, progress.user, progress=progress)
        with transaction.atomic():
            Import.objects.filter(pk=source.pk).update(state=Import.State.UNDONE)
            progress.write_down(removed=outcome.removed, changed=outcome.undone, kept=len(outcome.kept))
            progress.finish(url=f"/import/{source.pk}/result/")
