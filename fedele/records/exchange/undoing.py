"""Taking a whole import back: first what would happen, then the deed, as a job."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.records.exchange.models import Import
from fedele.records.registry import registry
from fedele.records.undo import preview_batch, undo_batch
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress
from fedele.ui import redirect, render


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    source: Import = get_object_or_404(Import.visible_to(request.user).select_related("batch"), pk=pk, state=Import.State.DONE)
    if source.batch is None or source.batch.undone_at:
        raise Http404
    if request.method == "POST":
        progress = Progress.start(
            request.user, _("Take back: %(name)s") % {"name": source.name}, "undo", total=source.batch.entries.count(),
            record_type=source.record_type, url=f"/import/{source.pk}/result/", job=run, args=(source.pk,),
        )
        return redirect(request, progress.get_absolute_url())
    context = {"source": source, "record_type": registry.by_key(source.record_type), "preview": preview_batch(source.batch)}
    return render(request, "records/import_undo.html", context)


@job(retries=3)
def run(progress_id: int, import_id: int) -> None:
    """Repeatable: what is already back is passed over."""
    with Progress.working(progress_id) as progress:
        source = Import.objects.select_related("batch").get(pk=import_id)
        batch: Batch = source.batch  # type: ignore[assignment]
        if not batch.undone_at:
            with act_as(progress.user, door="import"):
                outcome = undo_batch(batch, progress.user, progress=progress)
            progress.write_down(removed=outcome.removed, changed=outcome.undone, kept=len(outcome.kept))
        Import.objects.filter(pk=source.pk).update(state=Import.State.UNDONE)
        progress.finish(url=f"/import/{source.pk}/result/")
