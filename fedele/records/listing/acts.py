"""What is done from a list: bulk acts with a preview, and its views saved, shared and deleted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.base.plain import plain
from fedele.base.verbs import verb_of
from fedele.records.declare import RecordType
from fedele.records.fields import RecordField, fields_of, options_of
from fedele.records.listing import saving
from fedele.records.listing.bulk import AS_A_JOB, Done, do_now, start_job, values_of
from fedele.records.listing.pages import seen_by
from fedele.records.listing.selection import Selection
from fedele.records.listing.views import kept_part
from fedele.records.page.typed import typed
from fedele.records.registry import registry
from fedele.ui import redirect, render, toast_next

#: Kinds whose empty box sends nothing at all.
BOXES = ("yesno", "multi")


@require_POST
def bulk(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """`act` is "change", "assign" or the name of a verb. First the dialog, with `go` the deed."""
    record_type = registry.by_slug(slug)
    right = "edit" if act in ("change", "assign", "restore") else _verb(record_type, act).may
    if not request.user.rights.may(right, record_type.key):
        raise Http404
    selection = Selection.read(record_type, request.user, request.POST)
    order = {"record_type": record_type.key, "verb": "", "arguments": {}, "values": {}}
    problems: dict[str, list[str]] = {}
    try:
        title = _fill(order, record_type, request, act)
        if request.POST.get("go") and title:
            return _do(request, record_type, selection, right, order, title)
    except ValidationError as error:
        problems = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    context = _dialog(request, record_type, act, selection, right, order, problems)
    return render(request, "records/_bulk.html", context, status=422 if problems else 200)


def _verb(record_type: RecordType, act: str) -> Any:
    if act not in (*record_type.verbs, "trash"):
        raise Http404
    described = verb_of(record_type.model, act)
    if not described.bulk:
        raise Http404
    return described


def _fill(order: dict[str, Any], record_type: RecordType, request: HttpRequest, act: str) -> str:
    """Writes into the order what is to be done; returns its title, or "" while something is still to be asked."""
    data = request.POST
    if act in ("change", "assign"):
        name = "owner" if act == "assign" else data.get("field", "")
        field = fields_of(record_type, request.user).get(name)
        if field is None or not field.editable or not ("value" in data or (data.get("go") and field.kind in BOXES)):
            return ""
        try:
            order["values"] = {name: _given(field, data)}
            if data.get("go"):
                values_of(record_type, order["values"], request.user)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error
        return _("Change: %(field)s") % {"field": field.label}
    described = _verb(record_type, act)
    order["verb"] = act
    if described.form:
        form = import_string(described.form)(data if data.get("go") else None)
        if not form.is_bound:
            return ""
        if not form.is_valid():
            raise ValidationError({name: list(errors) for name, errors in form.errors.items()})
        order["arguments"] = {name: data.get(name, "") for name in form.fields}
    return str(described.label)


def _given(field: RecordField, data: QueryDict) -> Any:
    """What was typed, read in the reader's language, in a form that a job can read without knowing it."""
    if field.is_relation or not data.get("go"):
        return data.get("value")
    named = QueryDict(mutable=True)
    named.setlist(field.name, data.getlist("value"))
    return plain(typed(field, named, None, None))


def _do(
    request: HttpRequest, record_type: RecordType, selection: Selection, right: str, order: dict[str, Any], title: str
) -> HttpResponse:
    ids = selection.freeze(right)
    unseen = selection.count() - len(ids)
    order["ids"] = ids
    if len(ids) > AS_A_JOB:
        progress = start_job(record_type, request.user, title, order)
        return redirect(request, progress.get_absolute_url())
    done = do_now(record_type, request.user, title, order)
    message = said(done, unseen)
    undo = f"/undo/batch/{done.batch.pk}/" if done.batch and done.changed else None
    toast_next(request, message, undo, "ok" if done.changed else "warn")
    return redirect(request, f"{record_type.url()}?{selection.query.address}")


def said(done: Done, unseen: int) -> str:
    message = ngettext("%(n)s record changed.", "%(n)s records changed.", done.changed) % {"n": done.changed}
    skipped = len(done.skipped) + max(unseen, 0)
    if skipped:
        reasons = ", ".join(sorted({why for _id, why in done.skipped})) or _("no permission")
        left = ngettext("%(n)s left alone (%(why)s).", "%(n)s left alone (%(why)s).", skipped)
        message = f"{message} {left % {'n': skipped, 'why': reasons}}"
    return message


def _dialog(
    request: HttpRequest,
    record_type: RecordType,
    act: str,
    selection: Selection,
    right: str,
    order: dict[str, Any],
    problems: dict[str, list[str]],
) -> dict[str, Any]:
    """The dialog of a bulk act: how many it is for, what is asked, and what five of them would become."""
    fields = {name: field for name, field in fields_of(record_type, request.user).items() if field.editable}
    name = "owner" if act == "assign" else request.POST.get("field", "")
    field = fields.get(name)
    described = None if act in ("change", "assign") else _verb(record_type, act)
    form = import_string(described.form)(request.POST if problems else None) if described and described.form else None
    count = selection.count(right)
    return {
        "record_type": record_type,
        "act": act,
        "selection": selection,
        "count": count,
        "unseen": selection.count() - count,
        "fields": sorted(fields.values(), key=lambda one: str(one.label).lower()),
        "field": field,
        "options": options_of(field, request.user) if field else None,
        "described": described,
        "form": form,
        "value": request.POST.get("value", ""),
        "problems": problems,
        "posted": _kept(request.POST),
        "sample": _sample(selection, right, field),
        "as_job": count > AS_A_JOB,
    }


def _kept(data: QueryDict) -> dict[str, str]:
    return {name: data.get(name, "") for name in ("ids", "all", "query")}


def _sample(selection: Selection, right: str, field: Any) -> list[tuple[str, str]]:
    """Five of the chosen records with what the field says now."""
    if field is None:
        return []
    rows = selection.records(right).order_by("pk")
    rows = rows.select_related(field.name) if field.is_relation else rows
    return [(str(row), _words(field, row)) for row in rows[:5]]


def _words(field: Any, record: Any) -> str:
    value = field.value_of(record)
    if value in (None, ""):
        return ""
    return field.label_of(value) if field.choices else str(value)


# --- views ----------------------------------------------------------------------------------------------------------


def shelf_of(request: HttpRequest, slug: str) -> saving.Shelf:
    """Where the views of a type are kept, for who may see its list."""
    record_type = seen_by(request.user, slug)
    url = record_type.url()
    return saving.Shelf(
        key=record_type.key,
        base=url,
        kept=kept_part,
        at=lambda view: f"{url}?view=v{view.pk}",
        held=lambda view: f"{url}?{view.query}&edited=1",
    )


def save_view(request: HttpRequest, slug: str) -> HttpResponse:
    return saving.save(request, shelf_of(request, slug))


def rename_view(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return saving.rename(request, shelf_of(request, slug), pk)


@require_POST
def update_view(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return saving.update(request, shelf_of(request, slug), pk)


@require_POST
def delete_view(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return saving.delete(request, shelf_of(request, slug), pk)


@require_POST
def view_back(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    return saving.back(request, shelf_of(request, slug), token)
