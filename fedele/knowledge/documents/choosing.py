"""An earlier version holds again."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.journal.acting import gathering
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui import redirect


@require_POST
def choose(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    record_type = registry.by_key("document")
    document = find(record_type, pk, request.user, "edit")
    version = get_object_or_404(document.versions, number=number)
    try:
        with transaction.atomic(), gathering() as entries:
            document.make_current(version)
    except Refused as refused:
        return redirect(request, record_type.url(pk), str(refused), level="warn")
    except Conflict:
        return redirect(request, record_type.url(pk), _("Somebody else changed it meanwhile."), level="warn")
    words = _("Version %(number)s holds again.") % {"number": number}
    return redirect(request, record_type.url(pk), words, undo_url(entries))
