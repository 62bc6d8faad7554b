"""The frame of the pages of assignment: their tabs, and forms as a dialog or as a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fedele.access.screens import errors_of
from fedele.people.assignment.access import may_rule, may_sort
from fedele.people.assignment.people import can_work
from fedele.ui import render


def tabs_for(user: Any) -> list[tuple[str, str, str, None]]:
    names = [
        ("queue", _("Queue"), may_sort),
        ("load", pgettext("work", "Load"), may_sort),
        ("rules", _("Rules"), may_rule),
    ]
    names += [("areas", _("Areas"), may_rule), ("absences", _("Absences"), lambda _user: True)]
    found = [(key, label, reverse(f"assignment_{key}"), None) for key, label, allowed in names if allowed(user)]
    return [*found, ("handovers", _("Handovers"), reverse("handovers"), None)]


def show(request: HttpRequest, template: str, here: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {"tabs_of": tabs_for(request.user), "here": here, **context}
    return render(request, template if "/" in template else f"people/assignment/{template}", context, status=status)


def show_form(
    request: HttpRequest, form: forms.BaseForm, here: str, *, title: str, submit: str, back: str, remove: str = "",
    intro: str = "",
) -> HttpResponse:  # fmt: skip
    """The dialog when htmx asks, otherwise a page; with errors the answer is 422."""
    context = {"form": form, "title": title, "submit": submit, "back": back, "remove": remove, "intro": intro}
    context["errors"] = errors_of(form)
    status = 422 if form.errors else 200
    if request.headers.get("HX-Request") == "true":
        return render(request, "access/_form_dialog.html", context, status=status)
    return show(request, "form.html", here, context, status=status)


def workers(user: Any) -> list[Any]:
    """Active colleagues who work leads, as far as `user` leads them."""
    found = get_user_model().objects.filter(is_active=True).select_related("team").prefetch_related("roles")
    reach = user.rights.reach("lead", "edit")
    if reach == "team":
        found = found.filter(team_id=user.team_id)
    elif reach == "below":
        found = found.filter(team_id__in=user.rights.teams_below)
    elif reach != "all":
        found = found.filter(pk=user.pk)
    return [one for one in found.order_by("first_name", "last_name", "pk") if can_work(one, "lead")]
