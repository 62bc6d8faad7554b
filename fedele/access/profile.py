"""What a user says about themselves, and how they like the screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.access.audit import edited
from fedele.access.models import User
from fedele.access.screens import errors_of
from fedele.ui import redirect, render


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "phone"]
        labels = {"first_name": gettext_lazy("First name"), "last_name": gettext_lazy("Last name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True


def profile(request: HttpRequest) -> HttpResponse:
    one = get_object_or_404(User, pk=request.user.pk)
    before = {name: getattr(one, name) for name in ProfileForm.Meta.fields}
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            edited("user.edited", one, before, {name: getattr(one, name) for name in before})
        return redirect(request, reverse("profile"), _("Saved"))
    context = {"form": form, "errors": errors_of(form), "roles": [str(role) for role in one.roles.all()]}
    return render(request, "access/profile.html", context, status=422 if form.errors else 200)
