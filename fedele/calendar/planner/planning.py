"""Something new on a free hour: the short form of an activity, and one stays where one is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from fedele.calendar.activities.logging import attach
from fedele.calendar.planner.customer import customer_of, is_about, page_of, whole_url
from fedele.calendar.planner.moving import tell_browser
from fedele.journal.acting import gathering
from fedele.records.page.answering import in_dialog
from fedele.records.page.editing import blank_form
from fedele.records.page.forms import RecordForm
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui import redirect, toast


def new(request: HttpRequest) -> HttpResponse:
    """GET due_on, due_at, minutes, owner: the form with these in it. POST: planned, and the calendar hears of it."""
    record_type = registry.by_key("activity")
    customer = customer_of(request.GET.get("with", ""), request.user)
    further = ("lead",) if "lead" in request.GET else ()
    form = blank_form(request, record_type, (*record_type.form.quick, *further, "owner"))
    whole = whole_url(customer)
    if whole and request.method != "POST" and request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{whole}?{request.GET.urlencode()}")
    if whole and "more" in request.POST:
        typed = [(name, value) for name in form.fields for value in request.POST.getlist(name) if value]
        return redirect(request, f"{whole}?{urlencode(typed)}")
    if request.method == "POST":
        form.read(request.POST)
        if form.check():
            if is_about(customer):
                _attached(form, customer)
            with gathering() as entries:
                form.save()
            return _planned(request, form.record, undo_url(entries), customer)
    action = f"{request.path}?{urlencode(_kept(request), safe=':')}" if customer else request.path
    context = {"record_type": record_type, "form": form, "action": action, "whole": whole, "alike_url": ""}
    title, status = str(record_type.new_label), 422 if form.errors else 200
    return in_dialog(request, "records/_quick_create.html", title, context, status=status)


def _attached(form: RecordForm, about: Any) -> None:
    """To the record, and to the customer behind it unless somebody else was chosen."""
    record = form.record
    chosen = record.company_id, record.contact_id
    attach(record, about)
    if any(chosen) or form.fresh:
        record.company_id, record.contact_id = chosen


def _kept(request: HttpRequest) -> dict[str, str]:
    """What of the address the form is sent with."""
    return {name: request.GET[name] for name in ("with", "lead") if name in request.GET}


def _planned(request: HttpRequest, record: Any, undo: str | None, customer: Any) -> HttpResponse:
    """Back to the customer one came from; otherwise one stays, and the calendar hears of it."""
    said = _("%(record)s: saved.") % {"record": record}
    if record.when:
        said = _("%(record)s: %(when)s") % {"record": record, "when": record.when}
    if customer is not None:
        return redirect(request, page_of(customer), said, undo)
    if request.headers.get("HX-Request") != "true":
        return redirect(request, "/calendar/", said, undo)
    news = {"close-dialog": {}, "fedele:changed": {"type": "activity", "id": record.pk}}
    return tell_browser(toast(HttpResponse(), said, undo), **news)
