"""What can be written down or planned above the timeline of a customer: a call that was, an activity to come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fedele.calendar.activities.clock import read_time
from fedele.calendar.activities.kinds import Kind
from fedele.calendar.activities.logging import ABOUT, attach
from fedele.calendar.activities.models import Activity
from fedele.calendar.planner.customer import calendar_for
from fedele.journal.acting import gathering
from fedele.records.adding import adds_composer
from fedele.records.page.answering import in_composer, in_dialog, told
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry


@adds_composer(
    *ABOUT,
    name="call",
    label=pgettext_lazy("to write down", "Call"),
    icon="phone",
    key="c",
    order=20,
    first_step=gettext_lazy("Write down a first call"),
)
def write_down_a_call(record: Any, user: Any) -> str:
    return f"/activities/log/{record.record_type}/{record.pk}/" if user.rights.may("create", "activity") else ""


@adds_composer(
    *ABOUT,
    name="activity",
    label=gettext_lazy("Activity"),
    icon="square-check",
    key="t",
    order=40,
    first_step=gettext_lazy("Plan a visit"),
    first_query="?kind=meeting",
    in_head=True,
)
def plan_an_activity(record: Any, user: Any) -> str:
    return f"/activities/plan/{record.record_type}/{record.pk}/" if user.rights.may("create", "activity") else ""


class PlanForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices, initial=Kind.TASK)
    subject = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    due_on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    due_at = forms.CharField(label=gettext_lazy("Time"), required=False, max_length=10)

    def clean_due_at(self) -> str:
        try:
            time = read_time(self.cleaned_data["due_at"])
        except ValidationError as wrong:
            raise forms.ValidationError(wrong.messages) from None
        return time.strftime("%H:%M") if time else ""


def plan(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """GET: the short form. POST: planned for who wrote it; anything more is in the whole form."""
    if key not in ABOUT or not request.user.rights.may("create", "activity"):
        raise Http404
    record_type = registry.by_key(key)
    record = find(record_type, pk, request.user)
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        initial={"due_on": timezone.localdate() + dt.timedelta(days=1), "kind": request.GET.get("kind", Kind.TASK)},
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic(), gathering() as entries:
            _planned(record, request.user, form.cleaned_data)
        return told(request, record_type.url(pk), _("Planned."), undo_url(entries))
    context = {
        "form": form,
        "url": request.path,
        "record": record,
        "whole_url": _whole(record),
        "calendar_url": calendar_for(record),
    }
    inner = "calendar/activities/_plan_here.html" if in_composer(request) else "calendar/activities/_plan.html"
    return in_dialog(request, inner, _("New activity"), context, status=422 if form.errors else 200)


def _planned(record: Any, user: Any, values: dict[str, Any]) -> Activity:
    activity = Activity(owner=user, team=user.team)
    activity.put(values)
    attach(activity, record)
    activity.save()
    return activity


def _whole(record: Any) -> str:
    by = record.record_type
    return f"/activities/new/?{by}={record.pk}" if by in ("company", "contact", "lead") else ""
