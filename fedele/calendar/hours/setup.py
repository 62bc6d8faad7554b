"""The page of setup with the week of the company and the days it is closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.access.administration import administrators_only
from fedele.access.audit import Subject, audit, edited
from fedele.access.screens import errors_of, screen
from fedele.calendar.hours.closed import public_holidays
from fedele.calendar.hours.forms import ClosingForm, HouseForm
from fedele.calendar.hours.models import Closing, WorkingHours
from fedele.calendar.hours.week import Week
from fedele.ui import redirect
from fedele.ui.moments import date

#: Days of closing shown; nobody names more.
MOST = 100


@administrators_only
def edit(request: HttpRequest) -> HttpResponse:
    one = WorkingHours.of()
    form = HouseForm(request.POST or None, week=one.week, initial={"with_holidays": one.with_holidays})
    if request.method == "POST" and form.is_valid():
        before = told(one.week) | _said(one)
        one.days, one.with_holidays = form.week().kept(), form.cleaned_data["with_holidays"]
        with transaction.atomic():
            one.save()
            edited("hours.edited", Subject("hours", 1, _("Working hours")), before, told(one.week) | _said(one))
        return redirect(request, reverse("setup_hours"), _("Saved"))
    return _page(request, form, ClosingForm())


@administrators_only
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Names days of closing."""
    form = ClosingForm(request.POST)
    if not form.is_valid():
        one = WorkingHours.of()
        return _page(request, HouseForm(week=one.week, initial={"with_holidays": one.with_holidays}), form)
    with transaction.atomic():
        one = form.save()
        audit(
            "closing.added",
            Subject("closing", one.pk, one.name),
            changes={name: ["", value] for name, value in _days(one).items()},
        )
    return redirect(request, reverse("setup_hours"), _("Saved"))


@administrators_only
@require_POST
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Closing, pk=pk)
    with transaction.atomic():
        audit(
            "closing.removed",
            Subject("closing", pk, one.name),
            changes={name: [value, ""] for name, value in _days(one).items()},
        )
        one.delete()
    return redirect(request, reverse("setup_hours"), _("%(what)s: removed.") % {"what": one.name})


def _page(request: HttpRequest, form: HouseForm, closing: ClosingForm) -> HttpResponse:
    errors, today = errors_of(form, closing), timezone.localdate()
    ahead = public_holidays(today, today + dt.timedelta(days=366))
    context = {"form": form, "closing": closing, "errors": errors, "closings": Closing.objects.all()[:MOST]}
    return screen(
        request,
        "calendar/hours/setup.html",
        {**context, "holidays": list(ahead.items())},
        status=422 if errors else 200,
    )


def told(week: Week) -> dict[str, Any]:
    """A week in words, as the audit compares it."""
    return {f"day{n}": " – ".join(day) for n, day in enumerate(week.kept())}


def _said(one: WorkingHours) -> dict[str, Any]:
    return {"with_holidays": one.with_holidays}


def _days(one: Closing) -> dict[str, str]:
    return {"first_day": date(one.first_day), "last_day": date(one.last_day)}
