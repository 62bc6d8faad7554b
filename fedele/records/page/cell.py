"""One field at a time, edited where it stands: in a list or on the record's page."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from markupsafe import Markup

from fedele.base.house import house
from fedele.base.models import Conflict
from fedele.journal.acting import gathering
from fedele.records.cells import EMPTY, shower
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField
from fedele.records.page.facts import shown
from fedele.records.page.finding import find
from fedele.records.page.forms import RecordForm, plain_of
from fedele.records.page.undoing import undo_url
from fedele.records.page.words import words_for
from fedele.records.registry import registry
from fedele.ui import redirect, render, toast


def cell(request: HttpRequest, record_type: RecordType, pk: int, name: str) -> HttpResponse:
    """GET: the editor. POST: saves, and answers with the shown value; 422 says what is wrong, 409 what stands there meanwhile.

    `place=page` in the address asks for the value as the record's page shows it, otherwise it is a list's.
    """
    record = find(record_type, pk, request.user, "edit")
    form = RecordForm(record_type, record, request.user, (name,))
    if name not in form.fields:
        raise Http404
    if request.method != "POST":
        return _editor(request, form)
    if _is_changed_meanwhile(request, form):
        return _clash(request, record_type, record, form)
    form.read(request.POST)
    if not _check(form, name):
        return HttpResponse(
            "\n".join(message for _name, _label, message in form.problems),
            status=422,
            content_type="text/plain; charset=utf-8",
        )
    try:
        with gathering() as entries:
            form.save()
    except Conflict:
        return _clash(request, record_type, find(record_type, pk, request.user, "edit"), form)
    if not request.user.rights.covers(record, "view"):
        raise PermissionDenied(_("Saved. It is no longer among the records you may see."))
    undo = undo_url(entries)
    if "clash" in request.POST:
        return redirect(
            request, request.headers.get("HX-Current-URL") or record_type.url(pk), _told(form.fields[name]), undo
        )
    return _saved(request, record_type, record, form.fields[name], undo)


def _told(one: RecordField) -> str:
    return _("%(field)s saved.") % {"field": capfirst(one.label)}


def _editor(request: HttpRequest, form: RecordForm) -> HttpResponse:
    control = form.controls[0]
    was = json.dumps(plain_of(control.field, _stored(control.field, form.record)))
    return render(request, "records/_editor.html", {"control": control, "was": was, "record": form.record})


def _stored(one: RecordField, record: Any) -> Any:
    if one.is_relation and getattr(record, one.field.attname) is None:
        return None
    return one.value_of(record)


def _is_changed_meanwhile(request: HttpRequest, form: RecordForm) -> bool:
    """Only a change of this very field stands against saving it; without `was`, any change does."""
    one = next(iter(form.fields.values()))
    was = request.POST.get("was")
    if was is not None:
        return bool(was != json.dumps(plain_of(one, _stored(one, form.record))))
    version = request.POST.get("version")
    return version is not None and version != str(form.record.version)


def _check(form: RecordForm, name: str) -> bool:
    """What is wrong elsewhere in the record is no reason to refuse this field."""
    form.check()
    form.errors = {
        field: messages
        for field, messages in form.errors.items()
        if field == name or (field == "" and name in form.errors)
    }
    return not form.errors


def _saved(
    request: HttpRequest, record_type: RecordType, record: Any, one: RecordField, undo: str | None
) -> HttpResponse:
    on_page = request.GET.get("place") == "page"
    html = (
        shown(record_type, record, one, request.user) if on_page else list_cell(record_type, record, one, request.user)
    )
    response = HttpResponse(html)
    response.headers["X-Version"] = str(record.version)
    if undo:
        toast(response, _told(one), undo)
    if undo and on_page:  # beside the fact the head and the timeline tell of it; a list shows no more than the cell
        response.headers["HX-Trigger"] = json.dumps(
            {**json.loads(response.headers["HX-Trigger"]), "fedele:changed": {"type": record_type.key, "id": record.pk}}
        )
    return response


def list_cell(record_type: RecordType, record: Any, one: RecordField, user: Any) -> str:
    """The value as a cell of a list shows it."""
    value = _stored(one, record)
    if one.name == record_type.listing.columns[0]:
        return Markup('<a href="{}"><strong>{}</strong></a>').format(record_type.url(record.pk), str(record))
    if not one.is_relation:
        return shower(record_type, one, currency=getattr(record, "currency", house().currency))(value)
    if value is None:
        return EMPTY
    if one.kind == "user":
        return Markup('<span class="person"><span class="avatar" aria-hidden="true">{}</span>{}</span>').format(
            value.initials, str(value)
        )
    target = registry.get(value._meta.model_name)
    if target is None:
        return Markup("{}").format(str(value))
    if value.is_trashed or not user.rights.covers(value, "view"):
        return EMPTY
    return Markup('<a class="cell-link" href="{}">{}</a>').format(target.url(value.pk), str(value))


def _clash(request: HttpRequest, record_type: RecordType, record: Any, form: RecordForm) -> HttpResponse:
    """Theirs beside mine in the dialog; choosing mine saves it over theirs."""
    name, one = next(iter(form.fields.items()))
    now = _stored(one, record)
    form.data = request.POST
    typed = form.control(name).shown if one.is_relation else one.label_of(request.POST.get(name, ""))
    context = {
        "record": record,
        "field": one,
        "theirs": words_for(record_type, request.user)(name, now),
        "mine": typed,
        "posted": [(name, value) for value in request.POST.getlist(name)]
        + [("box", box) for box in request.POST.getlist("box")],
        "was": json.dumps(plain_of(one, now)),
        "action": record_type.url(record.pk, "cell", name),
    }
    return render(request, "records/_cell_conflict.html", context, status=409)
