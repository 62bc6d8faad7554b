"""A new record from a few fields, in the dialog; "more fields" goes on in the whole form with what was typed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from fedele.records.declare import RecordType
from fedele.records.likeness import is_compared
from fedele.records.page.answering import in_dialog
from fedele.records.page.editing import blank_form, created
from fedele.ui import redirect
from fedele.ui.formatted.fields import HTML


def quick(request: HttpRequest, record_type: RecordType) -> HttpResponse:
    names = (*(record_type.form.quick or record_type.form.sections[0].fields), "owner")
    form = blank_form(request, record_type, names)
    if request.method != "POST" and request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{record_type.url()}new/?{request.GET.urlencode()}")
    if "more" in request.POST:
        sent = [both for name in form.fields for both in (name, name + HTML)]
        typed = [(name, value) for name in sent for value in request.POST.getlist(name) if value]
        return redirect(request, f"{record_type.url()}new/?{urlencode(typed)}")
    if request.method == "POST":
        form.read(request.POST)
        if form.check():
            return created(request, record_type, form)
    context = {
        "record_type": record_type,
        "form": form,
        "action": f"{record_type.url()}quick/",
        "whole": f"{record_type.url()}new/",
        "alike_url": f"{record_type.url()}alike/" if is_compared(record_type.key) else "",
    }
    return in_dialog(
        request,
        "records/_quick_create.html",
        str(record_type.new_label or record_type.label),
        context,
        status=422 if form.errors else 200,
    )
