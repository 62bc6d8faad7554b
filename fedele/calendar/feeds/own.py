"""One's own calendar address: made, made anew, revoked. It is shown once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fedele.access.audit import audit
from fedele.calendar.feeds.models import Feed
from fedele.ui import redirect, render


class FeedForm(forms.ModelForm):
    class Meta:
        model = Feed
        fields = ["with_names"]


@never_cache
def own_feed(request: HttpRequest) -> HttpResponse:
    """GET: whether there is one, and when it was last read. POST: a new one in its place."""
    owner: Any = request.user
    secret, form = "", FeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _found, secret = Feed.make(owner, with_names=form.cleaned_data["with_names"])
        audit("user.made_feed", owner)
    found = Feed.objects.filter(user=owner).first()
    address = f"{settings.SITE_URL}{reverse('calendar_feed', args=[secret])}" if secret else ""
    context = {"feed": found, "form": form if not secret else FeedForm(), "address": address}
    context["subscribe"] = address.replace("https://", "webcal://").replace("http://", "webcal://")
    return render(request, "calendar/feeds/own.html", context)


@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    if Feed.objects.filter(user=request.user).delete()[0]:
        audit("user.revoked_feed", request.user)
    return redirect(request, reverse("own_feed"), _("The address no longer opens anything."))
