"""The screen that says what taking a merge apart would do, and does it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.journal.models import Batch
from fedele.records.merging import apart
from fedele.records.merging.counting import name_of
from fedele.records.merging.leading import survivors_of
from fedele.records.page.finding import find
from fedele.ui import redirect, render


def take_apart(request: HttpRequest, record_type: Any, pk: int) -> HttpResponse:
    """GET: what would go back and what would stay. POST: takes the merge apart. `pk` is the merge's batch."""
    if not request.user.rights.may("view", record_type.key):
        raise Http404
    batch = Batch.objects.select_related("actor").filter(pk=pk, kind="merge", record_type=record_type.key).first()
    if batch is None:
        raise Http404
    survivor = batch.data["survivor"]
    record = find(record_type, survivors_of(record_type.key, [survivor]).get(survivor, survivor), request.user)
    try:
        if request.method == "POST":
            apart.unmerge(batch, request.user)
            return redirect(request, record_type.url(record.pk), _("The merge was taken apart."))
        found = apart.preview(batch, request.user)
    except Refused as refused:
        context = {"record_type": record_type, "why": str(refused), "record": record}
        return render(request, "records/merge_cannot.html", context, status=409)
    context = {
        "record_type": record_type,
        "record": record,
        "batch": batch,
        "found": found,
        "going": [
            (name_of(model), count) for model, count in found.going.items() if count and _told(model, request.user)
        ],
        "staying": [
            (name_of(model), count) for model, count in found.staying.items() if count and _told(model, request.user)
        ],
        "until": apart.until(batch),
    }
    return render(request, "records/merge_apart.html", context)


def _told(model: Any, user: Any) -> bool:
    key = getattr(model, "record_type", None)
    is_record = isinstance(key, str)
    return not is_record or bool(user.rights.may("view", key))
