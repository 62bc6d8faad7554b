"""Adding one line to a customer's profile."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.people.profiles.entering import enter
from fedele.people.profiles.kinds import FactKind, Source
from fedele.people.profiles.parsing import read
from fedele.people.profiles.showing import ABOUT
from fedele.records.declare import RecordType
from fedele.records.page.finding import find
from fedele.ui import redirect

LONGEST = 300


@require_POST
def add_line(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """From whoever may see the customer: «accordo: sconto 5 % fino al 31/12», or a kind chosen beside the line."""
    if record_type.key not in ABOUT:
        raise Http404
    about = find(record_type, pk, request.user)
    data, url = request.POST, record_type.url(pk)
    text = data.get("line", "").replace("\x00", "").strip()
    kind = data.get("kind") or FactKind.NEED
    if not text or len(text) > LONGEST:
        words = _("Write something first.") if not text else _("This line is too long: it belongs in a note.")
        return redirect(request, url, words, level="warn")
    if kind not in ("agreement", "theirs", *FactKind.values):
        raise Http404
    line = read(text, kind, timezone.localdate())
    if not request.user.rights.may("create", "agreement" if line.is_agreement else "observation"):  # type: ignore[union-attr]
        raise PermissionDenied(_("Your role does not include this."))
    source = data.get("source", "") if data.get("source") in Source.values else ""
    try:
        made, batch = enter(request.user, about, line, said_by=data.get("said_by", "").strip()[:120], source=source)
    except ValidationError as error:
        return redirect(request, url, " ".join(error.messages), level="warn")
    return redirect(request, f"{url}#profile", _told(made), f"/undo/batch/{batch.pk}/")


def _told(made: Any) -> str:
    if made.record_type == "agreement":
        if made.due_on:
            day = f"{made.due_on:%d/%m/%Y}"
            return _("Agreement noted, until %(day)s: %(text)s") % {"day": day, "text": made}
        return _("Agreement noted: %(text)s") % {"text": made}
    return _("Noted as %(kind)s: %(text)s") % {"kind": made.get_kind_display(), "text": made}
