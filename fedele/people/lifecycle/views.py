"""The story of a customer's phases, with what to do now: in the dialog, or as a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fedele.people.lifecycle.models import LifeCycle, Passage
from fedele.people.lifecycle.phases import TONES, Phase
from fedele.people.lifecycle.rules import guide
from fedele.people.lifecycle.showing import may_see
from fedele.people.lifecycle.words import why
from fedele.records.declare import RecordType
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find

#: Passages shown; nobody has been lost and won back more often.
SHOWN = 50


@require_GET
def phase(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    if record_type.key != "company":
        raise Http404
    company = find(record_type, pk, request.user)
    if not may_see(request.user):
        raise PermissionDenied(_("Your role does not include this."))
    if not company.phase:
        raise Http404
    kept = LifeCycle.objects.filter(pk=pk).first()
    context = {
        "record": company,
        "home": record_type.url(pk),
        "phase": Phase(company.phase),
        "level": TONES[Phase(company.phase)],
        "reasons": why(kept.reason if kept else {}, timezone.localdate(), request.user),
        "due_on": kept.due_on if kept else None,
        "guide": guide(company.phase),
        "administers": request.user.is_administrator,
        "passages": _passages(pk, request.user),
    }
    return in_dialog(request, "people/lifecycle/_phase.html", _("Life cycle of the customer"), context)


def _passages(pk: int, user: Any) -> list[dict[str, Any]]:
    """Newest first: each with what it rested on that day."""
    rows = Passage.objects.filter(company=pk).order_by("-day", "-pk")[:SHOWN]
    return [
        {
            "phase": Phase(row.phase).label,
            "level": TONES[Phase(row.phase)],
            "day": row.day,
            "why": why(row.reason, row.day, user),
        }
        for row in rows
    ]
