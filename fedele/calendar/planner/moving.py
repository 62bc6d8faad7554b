"""Moving what stands on the calendar: the same answer whether it was dragged or given in the form."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.calendar.activities.planning import ClockField
from fedele.calendar.planner.colleagues import colleagues
from fedele.journal.acting import gathering
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui import redirect, toast
from fedele.ui.moments import ago


class MoveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.CharField(
        label=gettext_lazy("Time"), required=False, max_length=8, help_text=gettext_lazy("Empty: some time that day.")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Length, minutes"), required=False, min_value=1, max_value=6000)
    owner = forms.ModelChoiceField(label=gettext_lazy("Whose"), queryset=None, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [one.pk for one in colleagues(user)]
        self.fields["owner"].queryset = get_user_model().objects.filter(pk__in=able)  # type: ignore[attr-defined]

    def clean_at(self) -> str:
        return str(ClockField().to_python(self.cleaned_data["at"]))


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form. POST day, at, minutes, owner, version: moved; 409 when somebody was faster, 422 when it cannot be."""
    record = find(registry.by_key("activity"), pk, request.user, "edit")
    if request.method != "POST":
        known = {"version": record.version, "day": record.due_on, "at": record.due_at, "minutes": record.minutes}
        return _asked(request, record, MoveForm(user=request.user, initial={**known, "owner": record.owner_id}))
    form = MoveForm(request.POST, user=request.user)
    if not form.is_valid():
        return _asked(request, record, form, status=422)
    given = form.cleaned_data
    try:
        if given["version"] != record.version:
            raise Conflict(record)
        with transaction.atomic(), gathering() as entries:
            record.move_to(given["day"], given["at"], given["minutes"], given["owner"])
    except Conflict:
        # Who has read that may well want the same all the same.
        form.data = {**form.data.dict(), "version": record.version}
        said = _("%(record)s was changed by somebody else meanwhile. Look at it again.") % {"record": record}
        return _asked(request, record, form, said, 409)
    except Refused as refused:
        return _asked(request, record, form, str(refused), 422)
    except ValidationError as wrong:
        return _asked(request, record, form, " ".join(wrong.messages), 422)
    return _moved(request, record, undo_url(entries))


def _asked(request: HttpRequest, record: Any, form: MoveForm, refused: str = "", status: int = 200) -> HttpResponse:
    if form.is_bound and "version" in form.errors:
        raise Http404
    context = {"form": form, "record": record, "url": request.path, "refused": refused}
    return in_dialog(request, "calendar/planner/_move.html", _("Move to…"), context, status=status)


def _moved(request: HttpRequest, record: Any, undo: str | None) -> HttpResponse:
    """To the calendar that shows it: a toast with the way back, and the news for whoever draws it."""
    when = f"{ago(record.due_on)} {record.due_at}".strip()
    said = _("%(record)s: %(when)s") % {"record": record, "when": when}
    if request.headers.get("HX-Request") != "true":
        return redirect(request, f"/calendar/?day={record.due_on.isoformat()}", said, undo)
    answer = toast(HttpResponse(), said, undo)
    return tell_browser(answer, **{"close-dialog": {}, "fedele:changed": {"type": "activity", "id": record.pk}})


def tell_browser(answer: HttpResponse, **news: Any) -> HttpResponse:
    answer.headers["HX-Trigger"] = json.dumps({**json.loads(answer.headers.get("HX-Trigger") or "{}"), **news})
    return answer
