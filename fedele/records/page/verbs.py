"""The door of every verb: asks for its arguments in a dialog, does it, and tells how to take it back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from fedele.base.models import Conflict
from fedele.base.verbs import Refused, Verb, verb_of
from fedele.journal.acting import gathering
from fedele.records.declare import RecordType
from fedele.records.page.answering import changed
from fedele.records.page.finding import find, refusal
from fedele.records.page.undoing import undo_url
from fedele.ui import redirect, render, toast


def do(request: HttpRequest, record_type: RecordType, pk: int, name: str) -> HttpResponse:
    """GET: the dialog. POST: does it; 422 with the dialog when an argument is wrong or the verb refuses."""
    if name not in (*record_type.verbs, "trash"):
        raise Http404
    verb = verb_of(record_type.model, name)
    record = find(record_type, pk, request.user)
    if not request.user.rights.covers(record, verb.may):
        raise PermissionDenied(refusal(record))
    own = record_type.verb_url(record, name)
    if own:
        return HttpResponseRedirect(own) if request.headers.get("HX-Request") != "true" else redirect(request, own)
    form = (
        import_string(verb.form)(request.POST if request.method == "POST" else None, initial=request.GET.dict())
        if verb.form
        else None
    )
    if request.method != "POST":
        return _ask(request, record_type, record, verb, form)
    if form is not None and not form.is_valid():
        return _ask(request, record_type, record, verb, form, status=422)
    try:
        with transaction.atomic(), gathering() as entries:
            getattr(record, name)(**(form.cleaned_data if form is not None else {}))
    except Refused as refused:
        return _ask(request, record_type, record, verb, form, str(refused), 422)
    except ValidationError as error:
        return _ask(request, record_type, record, verb, form, " ".join(error.messages), 422)
    except Conflict:
        return _ask(
            request,
            record_type,
            record,
            verb,
            form,
            _("Somebody else changed it in the meantime. Load the page again."),
            409,
        )
    return _done(request, record_type, record, verb, undo_url(entries))


def _ask(
    request: HttpRequest,
    record_type: RecordType,
    record: Any,
    verb: Verb,
    form: Any,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "record_type": record_type,
        "record": record,
        "verb": verb,
        "form": form,
        "refused": refused,
        "action": record_type.url(record.pk, "do", verb.name),
        "back": record_type.url(record.pk),
    }
    if request.headers.get("HX-Request") == "true":
        response = render(request, "records/_verb.html", context, status=status)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#dialog-body", "innerHTML"
        return response
    return render(request, "records/verb.html", context, status=status)


def _done(request: HttpRequest, record_type: RecordType, record: Any, verb: Verb, undo: str | None) -> HttpResponse:
    """On the record's own page, the page anew; beside a list or a board, a toast, and the news for whoever shows it."""
    message = str(verb.done or verb.label)
    gone = verb.name == "trash" or not request.user.rights.covers(record)
    home = record_type.url() if gone else record_type.url(record.pk)
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    if request.headers.get("HX-Request") != "true" or here.startswith(record_type.url(record.pk)):
        return redirect(request, home, message, undo)
    return changed(toast(HttpResponse(), message, undo), record)
