"""Who is away when, and who stands in. Everybody enters their own; who makes the rules, those of others too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.access.audit import audit, edited
from fedele.access.models import User
from fedele.people.assignment.access import may_rule
from fedele.people.assignment.presence import Absence
from fedele.people.assignment.shown import show, show_form, workers
from fedele.ui import redirect

PAGE = 200


class AbsenceForm(forms.ModelForm):
    class Meta:
        model = Absence
        fields = ["user", "first_day", "last_day", "substitute", "note"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("first_day", "last_day")
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True).order_by("first_name", "last_name")
        self.fields["substitute"].queryset = colleagues  # type: ignore[attr-defined]
        if may_rule(by):
            ids = [one.pk for one in workers(by)]
            self.fields["user"].queryset = colleagues.filter(pk__in=ids)  # type: ignore[attr-defined]
        else:
            del self.fields["user"]

    def clean_substitute(self) -> Any:
        substitute = self.cleaned_data["substitute"]
        if substitute is not None and not substitute.rights.may("edit", "lead"):
            raise forms.ValidationError(_("%(name)s does not work leads.") % {"name": substitute})
        return substitute


def absences_of(user: Any) -> Any:
    found = Absence.objects.select_related("user", "substitute")
    return found.filter(user__in=[one.pk for one in workers(user)]) if may_rule(user) else found.filter(user=user)


def absences(request: HttpRequest) -> HttpResponse:
    """Those of today and to come; the past with ?past=1."""
    today, past = timezone.localdate(), request.GET.get("past") == "1"
    found = absences_of(request.user)
    rows = found.filter(last_day__lt=today).order_by("-first_day") if past else found.filter(last_day__gte=today)
    return show(request, "absences.html", "absences", {"rows": rows[:PAGE], "today": today, "past": past})


def new(request: HttpRequest) -> HttpResponse:
    return _ask(request, Absence(user=request.user), _("New absence"))


def absence(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(absences_of(request.user), pk=pk)
    return _ask(request, one, str(one), remove=reverse("assignment_absence_delete", args=[pk]))


def _ask(request: HttpRequest, one: Absence, title: str, remove: str = "") -> HttpResponse:
    adding, before = one.pk is None, told(one)
    form = AbsenceForm(request.POST if request.method == "POST" else None, instance=one, by=request.user)
    back = reverse("assignment_absences")
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            if adding:
                audit(
                    "absence.added", saved, changes={name: ["", value] for name, value in told(saved).items() if value}
                )
            else:
                edited("absence.edited", saved, before, told(saved))
        return redirect(request, back, _("Saved"))
    intro = _("On these days new names go to the substitute. In a team, the others get them.")
    return show_form(request, form, "absences", title=title, submit=_("Save"), back=back, remove=remove, intro=intro)


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(absences_of(request.user), pk=pk)
    if request.method == "POST":
        with transaction.atomic():
            audit("absence.removed", one, changes={name: [value, ""] for name, value in told(one).items() if value})
            one.delete()
        return redirect(request, reverse("assignment_absences"), _("Absence removed"))
    form = forms.Form()
    title = _("Remove the absence of %(name)s?") % {"name": one}
    return show_form(request, form, "absences", title=title, submit=_("Remove"), back=reverse("assignment_absences"))


def told(one: Absence) -> dict[str, Any]:
    """An absence in words, as the audit compares it."""
    facts = {"first_day": one.first_day, "last_day": one.last_day, "substitute": one.substitute, "note": one.note}
    return {name: str(value) if value else "" for name, value in facts.items()}
