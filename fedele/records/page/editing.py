"""Making and changing a record by its form, and the screen that lets two people's changes meet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from fedele.base.models import Conflict
from fedele.journal.acting import gathering
from fedele.records.declare import RecordType
from fedele.records.likeness import is_compared
from fedele.records.merging.leading import Led
from fedele.records.page.finding import find
from fedele.records.page.forms import RecordForm, plain_of
from fedele.records.page.undoing import undo_url
from fedele.records.page.words import words_for
from fedele.ui import redirect, render
from fedele.ui.formatted.fields import HTML


def new(request: HttpRequest, record_type: RecordType) -> HttpResponse:
    form = blank_form(request, record_type)
    if request.method == "POST":
        form.read(request.POST)
        if form.check():
            return created(request, record_type, form)
    return _drawn(request, form)


def blank_form(request: HttpRequest, record_type: RecordType, names: tuple[str, ...] | None = None) -> RecordForm:
    """The form of a record to be: mine, and with what the address or a shorter form already says."""
    if not record_type.creatable:
        raise Http404
    if not request.user.rights.may("create", record_type.key):
        raise PermissionDenied(_("Your role does not include creating these."))
    record = record_type.model()
    record.owner, record.team = request.user, request.user.team
    form = RecordForm(record_type, record, request.user, names)
    if request.method != "POST":
        form.read(request.GET)
        form.errors = {}
    return form


def created(request: HttpRequest, record_type: RecordType, form: RecordForm) -> HttpResponse:
    with gathering() as entries:
        form.save()
    message = _("%(record)s: saved.") % {"record": form.record}
    # Whoever made it for others need not see it any more, once the rules gave it to somebody.
    seen = request.user.rights.covers(form.record)
    return redirect(request, record_type.url(form.record.pk if seen else None), message, undo_url(entries))


def edit(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """What was typed for a record merged meanwhile is laid beside what remained; nothing of it is lost."""
    record = (
        standing(record_type, pk, request.user)
        if request.method == "POST"
        else find(record_type, pk, request.user, "edit")
    )
    if record.pk != pk:
        return met(request, record_type, record)
    form = RecordForm(record_type, record, request.user)
    if request.method != "POST":
        return _drawn(request, form)
    if request.POST.get("version", "") != str(record.version):
        return met(request, record_type, record)
    form.read(request.POST)
    if not form.check():
        return _drawn(request, form)
    try:
        with gathering() as entries:
            form.save()
    except Conflict:
        return met(request, record_type, standing(record_type, pk, request.user))
    message = _("%(record)s: saved.") % {"record": record} if entries else None
    return redirect(request, record_type.url(pk), message, undo_url(entries))


def standing(record_type: RecordType, pk: int, user: Any) -> Any:
    """The record as it stands now, or the one it was merged into a moment ago."""
    try:
        return find(record_type, pk, user, "edit")
    except Led as led:
        return find(record_type, led.survivor_id, user, "edit")


def _drawn(request: HttpRequest, form: RecordForm) -> HttpResponse:
    """The page, or after a refused htmx post only the form with what was typed."""
    record, record_type = form.record, form.record_type
    adding = record._state.adding
    context = {
        "record_type": record_type,
        "record": record,
        "form": form,
        "adding": adding,
        "title": record_type.new_label or record_type.label if adding else record,
        "action": request.path,
        "back": record_type.url(None if adding else record.pk),
        "draft_key": f"{record_type.key}:{'new' if adding else record.pk}",
        "alike_url": f"{record_type.url()}alike/" if is_compared(record_type.key) else "",
    }
    swapped = request.method == "POST" and request.headers.get("HX-Request") == "true"
    return render(
        request, "records/form.html", context, status=422 if form.errors else 200, fragment="form" if swapped else None
    )


# --- two people saved the same record --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clash:
    """A field in which what was typed differs from what somebody saved meanwhile."""

    name: str
    label: str
    theirs: str
    mine: str
    #: Changed in this form, and not only there since before the other saved.
    touched: bool
    #: (name, value) of what its field sent.
    posted: list[tuple[str, str]]


def met(request: HttpRequest, record_type: RecordType, record: Any) -> HttpResponse:
    """The 409 screen: theirs beside mine for each field that differs, and nothing saved until somebody chose."""
    theirs = {name: one.value_of(record) for name, one in RecordForm(record_type, record, request.user).fields.items()}
    words = words_for(record_type, request.user)
    shown = {name: words(name, value) for name, value in theirs.items()}
    fresh = RecordForm(record_type, record, request.user)
    seen = fresh.seen
    values = fresh.read(request.POST)
    before = _seen(request.POST)
    clashes = [
        Clash(
            name,
            str(one.label),
            shown[name],
            words(name, values[name]) if name in values else fresh.sent.get(name, ""),
            name not in before or name in fresh.errors or plain_of(one, values.get(name)) != before[name],
            [(sent, value) for sent in (name, name + HTML) for value in fresh.sent.getlist(sent)],
        )
        for name, one in fresh.fields.items()
        if name in values or name in fresh.errors or record_type.formatted.get(name) in values
    ]
    if not clashes:
        return redirect(
            request, record_type.url(record.pk), _("Somebody else saved the same: nothing was left to change.")
        )
    context = {
        "record_type": record_type,
        "record": record,
        "clashes": clashes,
        "seen": seen,
        "action": record_type.url(record.pk, "edit"),
        "back": record_type.url(record.pk),
        "title": _("Changed meanwhile"),
        "last": last_change(record),
        "draft_key": f"{record_type.key}:{record.pk}",
    }
    swapped = request.headers.get("HX-Request") == "true"
    return render(request, "records/conflict.html", context, status=409, fragment="form" if swapped else None)


def last_change(record: Any) -> Any:
    from fedele.journal.models import Entry

    entries = Entry.objects.filter(record_type=record.record_type, record_id=record.pk).exclude(changes={})
    return entries.select_related("actor").order_by("-at", "-id").first()


def _seen(data: QueryDict) -> dict[str, Any]:
    try:
        seen = json.loads(data.get("seen", ""))
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}
