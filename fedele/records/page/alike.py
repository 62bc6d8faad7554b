"""While somebody types a record: which stored ones it is like. Says so beside the form and never stands in the way."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from fedele.records.declare import RecordType
from fedele.records.likeness import is_compared, likeness_of
from fedele.records.page.finding import find
from fedele.records.page.forms import RecordForm
from fedele.records.registry import registry
from fedele.ui import render


@require_POST
def alike(request: HttpRequest, record_type: RecordType) -> HttpResponse:
    """What was typed so far, right or wrong, in the shape of the form; `of` is the record that is being changed."""
    if not is_compared(record_type.key):
        raise Http404
    record = _typed_on(request, record_type)
    form = RecordForm(record_type, record, request.user)
    form.read(request.POST)
    found = [one for one in likeness_of(record_type.key, [record], request.user)[0] if not _is(one, record)]
    lines = [(one, registry.by_key(one.record_type)) for one in found]
    return render(request, "records/_alike.html", {"lines": lines})


def _typed_on(request: HttpRequest, record_type: RecordType) -> Any:
    pk = request.POST.get("of", "")
    if pk.isdecimal() and len(pk) < 19:
        return find(record_type, int(pk), request.user, "edit")
    if not request.user.rights.may("create", record_type.key):
        raise Http404
    return record_type.model()


def _is(one: Any, record: Any) -> bool:
    return bool(one.record_type == record.record_type and one.record_id == record.pk)
