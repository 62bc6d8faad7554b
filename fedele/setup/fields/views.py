from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.access.administration import administrators_only
from fedele.access.audit import audit, edited
from fedele.access.screens import screen, show_confirm, show_form
from fedele.records.models import CustomField
from fedele.records.registry import registry
from fedele.setup.fields import keys
from fedele.setup.fields.forms import FieldForm, told
from fedele.ui import redirect


def address(record_type: str) -> str:
    return f"{reverse('setup_fields')}?of={record_type}"


@administrators_only
def fields(request: HttpRequest) -> HttpResponse:
    """?of= the record type whose fields are shown"""
    types = list(registry)
    here = registry.get(request.GET.get("of", types[0].key))
    if here is None:
        raise Http404
    counts: dict[str, int] = {}
    for row in CustomField.objects.all():
        counts[row.record_type] = counts.get(row.record_type, 0) + 1
    tabs = [(one.key, capfirst(one.plural), address(one.key), counts.get(one.key, 0)) for one in types]
    context = {"tabs": tabs, "of": here, "rows": CustomField.objects.filter(record_type=here.key)}
    return screen(request, "setup/fields.html", context)


@administrators_only
def new(request: HttpRequest, record_type: str) -> HttpResponse:
    of = registry.get(record_type)
    if of is None:
        raise Http404
    form = FieldForm(request.POST if request.method == "POST" else None, instance=CustomField(record_type=record_type))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            row = form.save(commit=False)
            last = CustomField.objects.filter(record_type=record_type).aggregate(last=Max("position"))["last"]
            row.position = (last or 0) + 1
            row.save()
            audit(
                "customfield.added",
                row,
                of=record_type,
                key=row.key,
                changes={name: ["", value] for name, value in told(row).items() if value},
            )
        return redirect(request, address(record_type), _("Field “%(name)s” added") % {"name": row})
    title = _("New field: %(what)s") % {"what": of.plural}
    return show_form(request, form, title=title, submit=_("Add"), back=address(record_type))


@administrators_only
def field(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CustomField, pk=pk)
    before = told(row)
    form = FieldForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            edited("customfield.edited", row, before, told(form.save()))
        return redirect(request, address(row.record_type), _("Saved"))
    intro = _("Kind: %(kind)s. In files and in the API the field is called custom.%(key)s.")
    return show_form(
        request,
        form,
        title=before["label"],
        submit=_("Save"),
        back=address(row.record_type),
        intro=intro % {"kind": before["kind"], "key": row.key},
        remove=reverse("setup_field_delete", args=[pk]),
    )


@administrators_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CustomField, pk=pk)
    back = address(row.record_type)
    if request.method == "POST":
        with transaction.atomic():
            audit("customfield.removed", row, of=row.record_type, key=row.key, of_kind=row.kind)
            row.delete()
        return redirect(request, back, _("Field “%(name)s” deleted") % {"name": row})
    title = _("Delete the field “%(name)s”?") % {"name": row}
    return show_confirm(request, title=title, text=what_is_lost(row), submit=_("Delete the field"), back=back)


def what_is_lost(row: CustomField) -> str:
    count = keys.holding(row.record_type, row.key).count()
    if not count:
        return _("No record holds a value in it.")
    text: Any = ngettext(
        "%(num)s record holds a value in it. It will no longer be shown, filtered or exported.",
        "%(num)s records hold a value in it. They will no longer be shown, filtered or exported.",
        count,
    )
    return f"{text % {'num': count}} {_('A new field of the same name and kind brings the values back.')}"


@administrators_only
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """POST by=-1|1: one place up or down."""
    row = get_object_or_404(CustomField, pk=pk)
    ordered = list(CustomField.objects.filter(record_type=row.record_type))
    old = ordered.index(row)
    new = max(0, min(len(ordered) - 1, old + (-1 if request.POST.get("by") == "-1" else 1)))
    ordered.insert(new, ordered.pop(old))
    with transaction.atomic():
        for at, one in enumerate(ordered, start=1):
            one.position = at
            one.save(update_fields=["position"])
        if new != old:
            audit("customfield.edited", row, changes={"position": [old + 1, new + 1]})
    return redirect(request, address(row.record_type))
