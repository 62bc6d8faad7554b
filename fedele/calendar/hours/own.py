"""One's own working hours, where they are not those of the company."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.access.audit import audit, edited
from fedele.access.screens import errors_of
from fedele.calendar.hours.forms import WeekForm
from fedele.calendar.hours.models import WorkingHours
from fedele.calendar.hours.setup import told
from fedele.ui import redirect, render


def own_hours(request: HttpRequest) -> HttpResponse:
    owner: Any = request.user
    kept = WorkingHours.objects.filter(user=owner).first()
    week = (kept or WorkingHours.of()).week
    form = WeekForm(request.POST or None, week=week)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            WorkingHours.objects.update_or_create(user=owner, defaults={"days": form.week().kept()})
            edited("user.set_hours", owner, told(week), told(form.week()))
        return redirect(request, reverse("own_hours"), _("Saved"))
    context = {"form": form, "is_own": kept is not None, "errors": errors_of(form)}
    return render(request, "calendar/hours/own.html", context, status=422 if form.errors else 200)


@require_POST
def as_the_company(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        if WorkingHours.objects.filter(user=request.user).delete()[0]:
            audit("user.dropped_hours", request.user)
    return redirect(request, reverse("own_hours"), _("Your hours are those of the company again."))
