"""Something new on a free hour: the short form of an activity, and one stays where one is."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from fedele.calendar.planner.moving import tell_browser
from fedele.journal.acting import gathering
from fedele.records.page.answering import in_dialog
from fedele.records.page.editing import blank_form
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui import redirect, toast


def new(request: HttpRequest) -> HttpResponse:
    """GET due_on, due_at, minutes, owner: the form with these in it. POST: planned, and the calendar hears of it."""
    record_type = registry.by_key("activity")
    form = blank_form(request, record_type, (*record_type.form.quick, "owner"))
    whole = f"{record_type.url()}new/"
    if request.method != "POST" and request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{whole}?{request.GET.urlencode()}")
    if "more" in request.POST:
        typed = [(name, value) for name in form.fields for value in request.POST.getlist(name) if value]
        return redirect(request, f"{whole}?{urlencode(typed)}")
    if request.method == "POST":
        form.read(request.POST)
        if form.check():
            with gathering() as entries:
                form.save()
            return _planned(request, form.record, undo_url(entries))
    context = {"record_type": record_type, "form": form, "action": request.path, "whole": whole, "alike_url": ""}
    title, status = str(record_type.new_label), 422 if form.errors else 200
    return in_dialog(request, "records/_quick_create.html", title, context, status=status)


def _planned(request: HttpRequest, record: object, undo: str | None) -> HttpResponse:
    said = _("%(record)s: saved.") % {"record": record}
    if request.headers.get("HX-Request") != "true":
        return redirect(request, "/calendar/", said, undo)
    news = {"close-dialog": {}, "fedele:changed": {"type": "activity", "id": record.pk}}  # type: ignore[attr-defined]
    return tell_browser(toast(HttpResponse(), said, undo), **news)
