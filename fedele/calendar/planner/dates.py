"""A day of a series that is still to come: moved, left out, or the end of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.calendar.planner.forms import MoveForm, known
from fedele.calendar.planner.moving import ask, carry_out, moved_answer
from fedele.journal.acting import gathering
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui.moments import date as date_in_words


def date(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """GET: the form. POST as for what is planned; or `act` = "leave_out" or "end": that date is not held, or none from it on."""
    record = find(registry.by_key("activity"), pk, request.user, "edit")
    on = _read(day)
    if on not in record.days_between(on, on):
        raise Http404
    if request.method != "POST":
        return ask(request, record, MoveForm(user=request.user, record=record, initial=known(record, on)), date=on)
    if "act" in request.POST:
        return _without(request, record, on)

    def moved(given: dict[str, Any], further: dict[str, Any]) -> Any:
        one = record.move_date(on, given["day"], given["at"], given["minutes"], **further)
        if given["owner"] is not None and given["owner"].pk != record.owner_id:
            one.hand_over(given["owner"])
        return one

    return carry_out(request, record, MoveForm(request.POST, user=request.user, record=record), moved, on)


def _read(day: str) -> dt.date:
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None


def _without(request: HttpRequest, record: Any, on: dt.date) -> HttpResponse:
    ends = request.POST["act"] == "end"
    try:
        with transaction.atomic(), gathering() as entries:
            record.end_before(on) if ends else record.leave_out(on)
    except (Refused, Conflict) as refused:
        form = MoveForm(user=request.user, record=record, initial=known(record, on))
        return ask(request, record, form, str(refused), 409, on)
    said = _("The series ends before %(day)s.") if ends else _("%(day)s is left out.")
    return moved_answer(request, record, said % {"day": date_in_words(on)}, undo_url(entries))
