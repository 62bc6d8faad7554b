"""One dossier: what is to stand in it, asked in a small dialog, and the PDF."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fedele.access.sights import saw
from fedele.people.dossiers.gathering import KEYS, parts_of
from fedele.people.dossiers.printing import name_of, pdf_of
from fedele.records.adding import MenuEntry, adds_menu
from fedele.records.declare import RecordType
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.registry import registry


@require_GET
def ask(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """What is to stand in it; everything, unless one unticks some."""
    record = _found(request, record_type, pk)
    context = {
        "record": record,
        "parts": parts_of(record_type.key),
        "action": record_type.url(pk, "dossier.pdf").rstrip("/"),
    }
    return in_dialog(request, "people/dossiers/_ask.html", _("Dossier of %(name)s") % {"name": record}, context)


@require_GET
def pdf(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """`?part=identity&part=timeline`; without any, all. Who took it out, and when, is part of the audit."""
    record = _found(request, record_type, pk)
    known = [key for key, _label in parts_of(record_type.key)]
    chosen = [key for key in request.GET.getlist("part") if key in known] or known
    content = pdf_of(record, request.user, chosen)
    record.journal("dossier_taken", parts=chosen)
    saw(request.user, record_type.key, pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name_of(record)}"'
    response["Cache-Control"] = "no-store"
    return response


def _found(request: HttpRequest, record_type: RecordType, pk: int) -> Any:
    if record_type.key not in KEYS:
        raise Http404
    return find(record_type, pk, request.user, for_page=True)


@adds_menu(*KEYS)
def offer(record: Any, _user: Any) -> list[MenuEntry]:
    return [MenuEntry(_("Dossier (PDF)"), registry.of(record).url(record.pk, "dossier"), icon="file-down", dialog=True)]
