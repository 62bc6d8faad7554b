"""One call in a dialog or as a page; the calls of the day one after the other."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.calendar.activities.forms import DoneForm
from fedele.calendar.activities.kinds import Kind, Outcome
from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.today import what_is_planned
from fedele.calendar.calls.dialling import numbers_of, people_of
from fedele.journal.acting import gathering
from fedele.records.page.answering import changed
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.records.today.work import Worklist
from fedele.records.unseen import hide_unseen
from fedele.ui import redirect, render, toast

RUN = "/today/calls/"
#: What was done last with the same customer, shown beside the call.
LAST = 5


def queue_of(user: Any) -> list[int]:
    """The calls of the day, in the order of the worklist."""
    rows = sorted(what_is_planned(user, timezone.localdate()), key=lambda row: row.rank)
    return [row.record.pk for row in Worklist(rows).calls]


def run(request: HttpRequest) -> HttpResponse:
    """To the first call; when none is left it says so."""
    queue = queue_of(request.user) if request.user.rights.may("view", "activity") else []
    if queue:
        return redirect(request, f"{RUN}{queue[0]}/")
    return render(request, "calendar/calls/none.html", {})


def call(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: numbers, what was said before, and the form. POST: how it went; then the next call, or back to the list."""
    activity = find(registry.by_key("activity"), pk, request.user, "edit")
    queue = queue_of(request.user)
    if not activity.is_planned:
        return redirect(request, _after(queue, pk), _("This is done already."), level="info")
    form = DoneForm(request.POST if request.method == "POST" else None, initial={"outcome": Outcome.REACHED})
    if request.method != "POST" or not form.is_valid():
        return _show(request, activity, queue, form)
    try:
        with transaction.atomic(), gathering() as entries:
            activity.complete(**_told(request, activity, form.cleaned_data))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, activity, queue, form)
    if _in_dialog(request):
        return changed(toast(HttpResponse(), _("Done"), undo_url(entries)), activity)
    return redirect(request, _after(queue, pk), _("Done"), undo_url(entries))


def _told(request: HttpRequest, activity: Activity, given: dict[str, Any]) -> dict[str, Any]:
    """What the form says; the button for no answer says it all: the same call again tomorrow."""
    if request.POST.get("again") != "1":
        return given
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    again = {"next_kind": Kind.CALL, "next_subject": activity.subject, "next_on": tomorrow}
    return {"outcome": Outcome.NO_ANSWER, "report": given["report"], **again}


def _after(queue: list[int], pk: int) -> str:
    """The call that follows this one, or the first that is left."""
    at = queue.index(pk) if pk in queue else -1
    rest = queue[at + 1 :] or [one for one in queue if one != pk]
    return f"{RUN}{rest[0]}/" if rest else RUN


def _in_dialog(request: HttpRequest) -> bool:
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return request.headers.get("HX-Request") == "true" and not here.startswith(RUN)


def _show(request: HttpRequest, activity: Activity, queue: list[int], form: DoneForm) -> HttpResponse:
    at = queue.index(activity.pk) if activity.pk in queue else None
    user = request.user
    context = {
        "activity": activity,
        "form": form,
        "numbers": numbers_of(activity, user),
        "people": [(one, registry.by_key(one.record_type)) for one in people_of(activity, user)],
        "last": last_with(activity, user),
        "url": f"{RUN}{activity.pk}/",
        "at": None if at is None else at + 1,
        "count": len(queue),
        "previous": f"{RUN}{queue[at - 1]}/" if at else "",
        "next": f"{RUN}{queue[at + 1]}/" if at is not None and at + 1 < len(queue) else "",
    }
    template = "calendar/calls/_call.html" if _in_dialog(request) else "calendar/calls/call.html"
    return render(request, template, context, status=422 if form.errors else 200)


def last_with(activity: Activity, user: Any) -> list[Activity]:
    """What was done last with the same company, or the same person where there is none."""
    if not (activity.company_id or activity.contact_id or activity.lead_id):
        return []
    if activity.company_id:
        same = Q(company=activity.company_id)
    else:
        same = Q(contact=activity.contact_id) if activity.contact_id else Q(lead=activity.lead_id)
    done = Activity.objects.visible_to(user).filter(same, state="done").select_related("owner", "contact")
    found = list(done.order_by("-due_on", "-pk")[:LAST])
    hide_unseen(registry.by_key("activity"), found, user)
    return found
