"""What one does with a call on the screen: take it, put it away. And one's own numbers, and how the house dials."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fedele.access.administration import administrators_only
from fedele.access.audit import audit
from fedele.access.screens import errors_of, screen
from fedele.inbox.calls.dialling import forget, telephony
from fedele.inbox.calls.models import Call, Extension, Ring, Telephony
from fedele.inbox.calls.showing import cards_for, visible_callers
from fedele.records.registry import registry
from fedele.ui import redirect, render

#: Numbers of one person: their own and those of groups.
MOST_NUMBERS = 6


@require_GET
def ringing(request: HttpRequest) -> HttpResponse:
    """The cards, for the corner of the screen."""
    return render(request, "inbox/calls/_cards.html", {"cards": cards_for(request.user)})


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Who opens it first has taken it; then to the customer, or to the form for a new name."""
    one = get_object_or_404(Ring.objects.select_related("call"), call_id=pk, user=request.user)
    Call.objects.filter(pk=pk, taken_by=None).update(taken_by=request.user)
    Ring.objects.filter(pk=one.pk).update(is_dismissed=True)
    to = request.GET.get("to", "")
    record = next((found for found in visible_callers(one.call, request.user) if _named(found) == to), None)
    url = (
        registry.of(record).url(record.pk)
        if record is not None
        else f"/leads/new/?phone={one.call.number.replace('+', '%2B')}"
    )
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _named(record: Any) -> str:
    return f"{record.record_type}:{record.pk}"


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    if not Ring.objects.filter(call_id=pk, user=request.user).update(is_dismissed=True):
        raise Http404
    return ringing_after(request)


def ringing_after(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect("/")
    return render(request, "inbox/calls/_cards.html", {"cards": cards_for(request.user)})


class ExtensionsForm(forms.Form):
    numbers = forms.CharField(
        label=gettext_lazy("My extensions"),
        required=False,
        max_length=140,
        help_text=gettext_lazy("Your own first, then those of the groups that ring for you too: 21, 600"),
    )

    def clean_numbers(self) -> list[str]:
        found = list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", self.cleaned_data["numbers"]))))
        if len(found) > MOST_NUMBERS:
            raise forms.ValidationError(_("At most %(n)s extensions.") % {"n": MOST_NUMBERS})
        for one in found:
            if not re.fullmatch(r"[0-9*#+]{1,20}", one, re.ASCII):
                raise forms.ValidationError(_("“%(one)s” is no extension: digits only.") % {"one": one[:20]})
        return found


def own_numbers(request: HttpRequest) -> HttpResponse:
    """At which extensions one is reached: a call to one of them opens its card on this person's screen."""
    mine = Extension.objects.filter(user=request.user)
    form = ExtensionsForm(
        request.POST if request.method == "POST" else None,
        initial={"numbers": ", ".join(mine.values_list("number", flat=True))},
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            mine.delete()
            numbers = form.cleaned_data["numbers"]
            Extension.objects.bulk_create([Extension(user=request.user, number=one) for one in numbers])  # type: ignore[misc]
        return redirect(request, request.path, _("Saved"))
    context = {"form": form, "errors": errors_of(form)}
    return render(request, "inbox/calls/own.html", context, status=422 if form.errors else 200)


class TelephonyForm(forms.ModelForm):
    class Meta:
        model = Telephony
        fields = ["dial_url"]


@administrators_only
def setup(request: HttpRequest) -> HttpResponse:
    one = telephony()
    form = TelephonyForm(
        request.POST if request.method == "POST" else None, instance=Telephony(pk=1, dial_url=one.dial_url)
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        forget()
        audit("telephony.edited", request.user, dial_url=form.cleaned_data["dial_url"])
        return redirect(request, request.path, _("Saved"))
    context = {"form": form, "errors": errors_of(form), "extensions": extensions()}
    return screen(request, "inbox/calls/setup.html", context, status=422 if form.errors else 200)


def extensions() -> list[tuple[str, str]]:
    """(number, who) of the first hundred, so that one sees whose screens a number opens."""
    rows = Extension.objects.filter(user__is_active=True).select_related("user").order_by("number", "pk")[:100]
    return [(one.number, str(one.user)) for one in rows]
