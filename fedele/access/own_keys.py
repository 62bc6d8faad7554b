"""One's own API keys: made, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fedele.access.audit import audit
from fedele.access.keys import ApiKey
from fedele.access.screens import errors_of
from fedele.ui import redirect, render

#: Who has more has lost sight of them.
MOST = 20


class KeyForm(forms.ModelForm):
    class Meta:
        model = ApiKey
        fields = ["name", "opens", "read_only"]
        help_texts = {
            "name": gettext_lazy("The program that will use it, so that you know what stops when you revoke it.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.user.is_administrator:
            # Only who administers connects a telephone system.
            del self.fields["opens"]

    def clean(self) -> None:
        if ApiKey.objects.filter(user=self.instance.user).count() >= MOST:
            raise forms.ValidationError(gettext_lazy("You have 20 keys already; revoke one first."))


@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    owner: Any = request.user
    form = KeyForm(request.POST if request.method == "POST" else None, instance=ApiKey(user=owner))
    secret = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        key, secret = ApiKey.make(owner, data["name"], read_only=data["read_only"], opens=data.get("opens", ""))
        audit("user.made_key", owner, key=key.name)
        form = KeyForm(instance=ApiKey(user=owner))
    rows = ApiKey.objects.filter(user=owner)
    context = {"form": form, "errors": errors_of(form), "secret": secret, "rows": rows}
    return render(request, "access/keys.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(ApiKey, pk=pk, user=request.user)
    audit("user.revoked_key", request.user, key=key.name)
    key.delete()
    return redirect(request, reverse("own_keys"), _("“%(name)s” no longer opens anything") % {"name": key.name})
