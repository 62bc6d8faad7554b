from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

from fedele.access.screens import errors_of
from fedele.ui import render


def form_page(
    request: HttpRequest, form: forms.BaseForm, *, title: str, action: str, back: str = "/privacy/", intro: str = ""
) -> HttpResponse:
    """A form of the privacy pages, as a page of its own; 422 when something in it is wrong."""
    context = {"form": form, "title": title, "action": action, "back": back, "intro": intro, "errors": errors_of(form)}
    return render(request, "people/consents/form.html", context, status=422 if form.errors else 200)
