"""Moving what stands on the calendar: the same answer whether it was dragged or given in the form."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.calendar.planner.forms import MoveForm, known
from fedele.journal.acting import gathering
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui import redirect, toast
from fedele.ui.moments import ago


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form. POST day, at, minutes, until, owner, which, version: moved; 409: somebody was faster, 422: it cannot be."""
    record = find(registry.by_key("activity"), pk, request.user, "edit")
    if request.method != "POST":
        return ask(request, record, MoveForm(user=request.user, record=record, initial=known(record)))

    def moved(given: dict[str, Any], further: dict[str, Any]) -> Any:
        record.move_to(given["day"], given["at"], given["minutes"], given["owner"], **further)
        return record

    return carry_out(request, record, MoveForm(request.POST, user=request.user, record=record), moved)


def carry_out(
    request: HttpRequest, record: Any, form: MoveForm, act: Callable[..., Any], date: dt.date | None = None
) -> HttpResponse:
    """What the form says is done by `act`, or the form comes back with the reason why not."""
    if not form.is_valid():
        return ask(request, record, form, status=422, date=date)
    try:
        if form.cleaned_data["version"] != record.version:
            raise Conflict(record)
        with transaction.atomic(), gathering() as entries:
            done = act(form.cleaned_data, form.further)
    except Conflict:
        # Who has read that may well want the same all the same.
        form.data = {**form.data.dict(), "version": record.version}
        said = _("%(record)s was changed by somebody else meanwhile. Look at it again.") % {"record": record}
        return ask(request, record, form, said, 409, date)
    except Refused as refused:
        return ask(request, record, form, str(refused), 422, date)
    except ValidationError as wrong:
        return ask(request, record, form, " ".join(wrong.messages), 422, date)
    when = f"{ago(done.due_on)} {done.due_at}".strip()
    return moved_answer(request, done, _("%(record)s: %(when)s") % {"record": done, "when": when}, undo_url(entries))


def ask(
    request: HttpRequest, record: Any, form: MoveForm, refused: str = "", status: int = 200, date: dt.date | None = None
) -> HttpResponse:
    if form.is_bound and "version" in form.errors:
        raise Http404
    context = {"form": form, "record": record, "url": request.path, "refused": refused, "date": date}
    return in_dialog(request, "calendar/planner/_move.html", _("Move to…"), context, status=status)


def moved_answer(request: HttpRequest, record: Any, said: str, undo: str | None) -> HttpResponse:
    """To the calendar that shows it: a toast with the way back, and the news for whoever draws it."""
    if request.headers.get("HX-Request") != "true":
        return redirect(request, f"/calendar/?day={record.due_on.isoformat()}", said, undo)
    answer = toast(HttpResponse(), said, undo)
    return tell_browser(answer, **{"close-dialog": {}, "fedele:changed": {"type": "activity", "id": record.pk}})


def tell_browser(answer: HttpResponse, **news: Any) -> HttpResponse:
    answer.headers["HX-Trigger"] = json.dumps({**json.loads(answer.headers.get("HX-Trigger") or "{}"), **news})
    return answer
