"""The press beside a file of a mail, and the question where it belongs or what becomes of a namesake."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fedele.inbox.messages.models import Attachment
from fedele.inbox.saving.saving import save_as_document, save_as_version
from fedele.inbox.saving.standing import Standing, standing_of
from fedele.inbox.threads.views import attachment_of, number
from fedele.journal.acting import gathering
from fedele.knowledge.documents.places import place_of
from fedele.knowledge.documents.uploading import Outcome
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui import redirect, render, toast


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: on which record? POST on=company:12 [&as=again] or document=7: it is a document there now, or its next version."""
    attached = attachment_of(request, pk)
    standing = standing_of([attached], [attached.message], request.user)[pk]
    if not standing.places:
        raise Http404
    if request.method == "GET":
        return _ask(request, attached, standing)
    with gathering() as entries:
        outcome = _done(request, attached, standing)
    if outcome.state == "named":
        return _ask(request, attached, standing, outcome)
    return _answer(request, attached, outcome, undo_url(entries))


def _done(request: HttpRequest, attached: Attachment, standing: Standing) -> Outcome:
    given = request.POST
    if given.get("document"):
        document = find(registry.by_key("document"), number(given["document"]), request.user, "edit")
        return save_as_version(attached, document, request.user)
    about = next((one for one in standing.places if place_of(one) == given.get("on")), None)
    if about is None:
        raise Http404
    return save_as_document(attached, about, request.user, given.get("as", ""))


def _ask(request: HttpRequest, attached: Attachment, standing: Standing, named: Outcome | None = None) -> HttpResponse:
    context = {
        "attached": attached,
        "places": [(place_of(one), registry.of(one), one) for one in standing.places],
        "named": named,
        "on": request.POST.get("on", ""),
    }
    response = in_dialog(request, "inbox/saving/_where.html", _("Save as a document"), context)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#dialog-body", "innerHTML"
    return response


def _answer(request: HttpRequest, attached: Attachment, outcome: Outcome, undo: str | None) -> HttpResponse:
    """The line of the file as it stands now; a page that shows documents reads them anew."""
    level = {"added": "ok", "refused": "bad"}.get(outcome.state, "info")
    if outcome.document is not None and outcome.state == "refused":
        level = "info"
    if request.headers.get("HX-Request") != "true":
        back = f"/mail/{attached.message.thread_id}/?at={attached.message_id}#message-{attached.message_id}"
        return redirect(request, back, outcome.message, undo, level)
    standing = standing_of([attached], [attached.message], request.user)[attached.pk]
    response = render(request, "inbox/saving/_file.html", {"one": attached, "standing": standing})
    say: dict[str, Any] = {"close-dialog": {}, "fedele:documents": {}}
    response.headers["HX-Trigger"] = json.dumps(say)
    return toast(response, outcome.message, undo, level)
