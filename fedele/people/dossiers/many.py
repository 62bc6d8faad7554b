"""The dossiers of the chosen rows of a list: asked in a dialog, made in a job, fetched as one ZIP by whoever asked."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from typing import Any

from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.journal.acting import act_as
from fedele.people.dossiers.gathering import KEYS, parts_of
from fedele.people.dossiers.models import Bundle
from fedele.people.dossiers.printing import name_of, pdf_of
from fedele.records.adding import BulkAct, adds_bulk
from fedele.records.listing.selection import Selection
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress
from fedele.ui import redirect, render

MOST, DAYS = 100, 2


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """First the dialog, with `go` the job."""
    record_type = registry.by_slug(slug)
    if record_type.key not in KEYS or not request.user.rights.may("export", record_type.key):
        raise Http404
    selection = Selection.read(record_type, request.user, request.POST)
    count = selection.count("export")
    if request.POST.get("go"):
        return _start(request, record_type, selection, count)
    context = {
        "title": _("Dossiers"), "count": count, "most": MOST, "parts": parts_of(record_type.key),
        "action": reverse("dossiers", args=[slug]),
        "posted": {name: request.POST.get(name, "") for name in ("ids", "all", "query")},
    }  # fmt: skip
    return render(request, "people/dossiers/_many.html", context)


def _start(request: HttpRequest, record_type: Any, selection: Selection, count: int) -> HttpResponse:
    if not 0 < count <= MOST:
        words = _("At most %(most)s dossiers at once: choose fewer.") if count else _("Choose at least one.")
        return redirect(request, record_type.url(), words % {"most": MOST}, level="warn")
    known = [key for key, _label in parts_of(record_type.key)]
    bundle = Bundle.objects.create(
        user=request.user, record_type=record_type.key, ids=selection.freeze("export"), language=get_language() or "it",
        parts=[key for key in request.POST.getlist("part") if key in known] or known,
    )  # fmt: skip
    progress = Progress.start(
        request.user, _("Dossiers"), "dossiers", total=count, record_type=record_type.key,
        url=reverse("dossier_bundle", args=[bundle.pk]), job=make, args=(bundle.pk,),
    )  # fmt: skip
    return redirect(request, progress.get_absolute_url())


@job()
def make(progress_id: int, bundle_id: int) -> None:
    """Each in a file of its own. Rights are asked again: what is no longer theirs to take out is left out."""
    with Progress.working(progress_id) as progress:
        bundle, user = Bundle.objects.get(pk=bundle_id), progress.user
        objects = registry.by_key(bundle.record_type).model.objects.visible_to(user, "export")
        with tempfile.TemporaryFile() as packed:
            with translation.override(bundle.language), act_as(user, door="screen"):
                _pack(packed, bundle, objects, user, progress)
            bundle.file.save("dossiers.zip", File(packed))
        progress.finish(url=reverse("dossier_bundle", args=[bundle.pk]))


def _pack(packed: Any, bundle: Bundle, objects: Any, user: Any, progress: Progress) -> None:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in objects.filter(pk__in=bundle.ids).order_by("pk").iterator(chunk_size=20):
            archive.writestr(name_of(record), pdf_of(record, user, bundle.parts))
            record.journal("dossier_taken", parts=bundle.parts)
            progress.advance(1)


@require_GET
def fetch(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """By whoever asked, and nobody else."""
    bundle = get_object_or_404(Bundle, pk=pk, user=request.user)
    if not bundle.file:
        raise Http404
    name = f"dossier-{timezone.localdate(bundle.created_at).isoformat()}.zip"
    return FileResponse(bundle.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@job()
def prune() -> None:
    """Each night: paper is for today, and what lies about is a risk."""
    for bundle in Bundle.objects.filter(created_at__lt=timezone.now() - dt.timedelta(days=DAYS)):
        bundle.file.delete(save=False)
        bundle.delete()


def offer(key: str) -> None:
    @adds_bulk(key)
    def add(user: Any) -> BulkAct | None:
        if not user.rights.may("export", key):
            return None
        return BulkAct(gettext_lazy("Dossiers"), registry.by_key(key).url(None, "dossiers"), "file-down")


for _key in KEYS:
    offer(_key)
