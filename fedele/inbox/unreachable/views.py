from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.inbox.unreachable.counting import works
from fedele.inbox.unreachable.showing import REACHED, WORKS_AGAIN
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import redirect


@require_POST
def works_again(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Somebody has heard that the address of this record can be written to."""
    if key not in REACHED:
        raise Http404
    record_type = registry.by_key(key)
    record = find(record_type, pk, request.user)
    if request.user.rights.hides(key, "email"):
        raise Http404
    if not request.user.rights.covers(record, "edit"):
        raise PermissionDenied(_("You may read this but not change it."))
    with transaction.atomic():
        if works(record.email):
            record.journal(WORKS_AGAIN)
    return redirect(request, record_type.url(pk), _("The address can be written to again."))
