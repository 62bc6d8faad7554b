"""The page where each person chooses how to be told, and the same for one kind: "Why do I get this?"."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.notices.kinds import MAIL, kinds
from fedele.notices.manners import Manner, manner_of
from fedele.notices.models import Device, Mute, Notice, Preference
from fedele.notices.preferences import Choice, choice_of, choices_of, choose
from fedele.notices.push.keys import current_key
from fedele.notices.reading import names_of
from fedele.records.page.answering import in_dialog
from fedele.ui import redirect, render

DAYS = [str(day) for day in range(7)]


class MannerForm(forms.ModelForm):
    class Meta:
        model = Manner
        fields = ["quiet_from", "quiet_until", "digest_hour"]
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_until")
        }

    digest_hour = forms.TypedChoiceField(
        label=gettext_lazy("The daily e-mail at"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)]
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("quiet_from")) != bool(given.get("quiet_until")):
            missing = "quiet_until" if given.get("quiet_from") else "quiet_from"
            self.add_error(missing, _("Quiet hours need a beginning and an end."))
        return given


def preferences(request: HttpRequest) -> HttpResponse:
    manner, posted = manner_of(request.user), request.method == "POST"
    form = MannerForm(request.POST if posted and "digest_hour" in request.POST else None, instance=manner)
    if posted and (not form.is_bound or form.is_valid()) and _days(request) != DAYS:
        with transaction.atomic():
            _keep(request, form)
        return redirect(request, reverse("notices:preferences"), _("Saved"))
    wrong = _("One day of the week at least must not be quiet.") if posted and _days(request) == DAYS else ""
    context = {
        "choices": choices_of(request.user),
        "ways": ways(),
        "form": form,
        "manner": manner,
        "wrong": wrong,
        "week": [dt.date(2024, 1, 1 + day) for day in range(7)],
        "devices": Device.objects.filter(user=request.user).order_by("-made_at")[:50],
        "mutes": _mutes(request.user),
        "push_key": current_key().public,
    }
    return render(request, "notices/preferences.html", context, status=422 if form.errors or wrong else 200)


def _keep(request: HttpRequest, form: MannerForm) -> None:
    for choice in choices_of(request.user):
        _choose(request, choice, f"-{choice.kind.key}")
    if form.is_bound:
        form.instance.quiet_days = "".join(_days(request))
        form.instance.asks_after_calls = request.POST.get("asks_after_calls") == "1"
        form.save()


def _days(request: HttpRequest) -> list[str]:
    return [day for day in DAYS if day in request.POST.getlist("quiet_days")]


def kind(request: HttpRequest, key: str) -> HttpResponse:
    """Exactly this preference, and with `?notice=…` what may be done about its record."""
    if key not in kinds:
        raise Http404
    choice = choice_of(request.user, kinds[key])
    if request.method == "POST":
        _choose(request, choice, "")
        return redirect(request, reverse("notices:inbox"), _("Saved"))
    number = request.GET.get("notice", "")
    notice = Notice.objects.inbox_of(request.user).filter(pk=int(number) if number[:18].isdecimal() else 0).first()
    context = {"choice": choice, "ways": ways(), "notice": notice}
    return in_dialog(request, "notices/_why.html", _("Why do I get this?"), context)


def _choose(request: HttpRequest, choice: Choice, suffix: str) -> None:
    email = request.POST.get(f"email{suffix}", choice.email)
    in_app, push = request.POST.get(f"in_app{suffix}") == "1", request.POST.get(f"push{suffix}") == "1"
    if email in MAIL and (in_app, email, push) != (choice.in_app, choice.email, choice.push):
        choose(request.user, choice.kind, in_app=in_app, email=email, push=push)


def ways() -> list[tuple[Any, Any]]:
    return list(Preference._meta.get_field("email").choices or [])


def _mutes(user: Any) -> list[tuple[Mute, str]]:
    """With the names of those records that may still be seen."""
    found = [one for one in Mute.objects.filter(user=user).order_by("-pk")[:100] if not one.is_over]
    names = names_of([(one.record_type, one.record_id) for one in found], user)
    return [(one, names.get((one.record_type, one.record_id), _("Something you can no longer see"))) for one in found]
