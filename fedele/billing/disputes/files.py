"""The documents of a dispute: added, handed out, taken away again. Each act is told in its journal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from fedele.billing.disputes.models import DisputeFile
from fedele.knowledge.files.accepting import UnfitFile, fit, too_big
from fedele.knowledge.files.handing import handed_out
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import redirect

#: Files of one dispute, and of one upload with what surrounds them.
MOST, MARGIN = 50, 1 << 20


@csrf_exempt
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """What is too big is refused by the size its sender declares, before it is read; only then is the form checked."""
    record_type = registry.by_key("dispute")
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if declared.isdigit() and int(declared) > settings.UPLOAD_MAX_BYTES + MARGIN:
        find(record_type, pk, request.user, "edit")
        return redirect(request, record_type.url(pk), too_big(), level="bad")
    return _add(request, pk)


@csrf_protect
def _add(request: HttpRequest, pk: int) -> HttpResponse:
    record_type = registry.by_key("dispute")
    dispute = find(record_type, pk, request.user, "edit")
    uploaded: Any = request.FILES.get("file")
    if uploaded is None:
        return redirect(request, record_type.url(pk), _("Choose a file first."), level="warn")
    if dispute.files.filter(removed_at=None).count() >= MOST:
        words = ngettext("A dispute has at most %(n)s file.", "A dispute has at most %(n)s files.", MOST) % {"n": MOST}
        return redirect(request, record_type.url(pk), words, level="warn")
    try:
        found = fit(uploaded)
    except UnfitFile as unfit:
        return redirect(request, record_type.url(pk), unfit.message, level="bad")
    with transaction.atomic():
        kept = DisputeFile(dispute=dispute, name=found.name, kind=found.kind, size=uploaded.size, added_by=request.user)
        kept.file.save(found.name, File(uploaded), save=True)
        dispute.journal("file_added", name=found.name)
    return redirect(request, record_type.url(pk), _("%(name)s is attached.") % {"name": found.name})


def download(request: HttpRequest, pk: int, file_id: int) -> HttpResponseBase:
    dispute = find(registry.by_key("dispute"), pk, request.user)
    kept = get_object_or_404(DisputeFile, dispute=dispute, pk=file_id, removed_at=None)
    return handed_out(kept, kept.name, request)


@require_POST
def remove(request: HttpRequest, pk: int, file_id: int) -> HttpResponse:
    """Takes it off the page; who administers finds it in the store until the dispute is erased."""
    record_type = registry.by_key("dispute")
    dispute = find(record_type, pk, request.user, "edit")
    with transaction.atomic():
        kept = get_object_or_404(
            DisputeFile.objects.select_for_update(of=("self",)), dispute=dispute, pk=file_id, removed_at=None
        )
        kept.removed_at = timezone.now()
        kept.save(update_fields=["removed_at"])
        dispute.journal("file_removed", name=kept.name)
    return redirect(request, record_type.url(pk), _("%(name)s is no longer attached.") % {"name": kept.name})
