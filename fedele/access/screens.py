"""How the pages and forms of administration are shown: a form is a page of its own, or a dialog when htmx asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from fedele.access.administration import pages
from fedele.ui import render


def screen(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of setup, beside the list of all of them."""
    parts = request.path.split("/")
    here = parts[2] if len(parts) > 3 else ""
    return render(request, template, {"setup_pages": pages(), "here": here, **(context or {})}, status=status)


def errors_of(*many: forms.BaseForm) -> list[tuple[str, Any, str]]:
    """All errors for the summary on top: (field name or "", label, message)."""
    found: list[tuple[str, Any, str]] = []
    for form in many:
        for name, messages in form.errors.items():
            bound = form[name] if name in form.fields else None
            found += [(bound.html_name if bound else "", bound.label if bound else "", str(said)) for said in messages]
    return found


def show_form(
    request: HttpRequest, form: forms.BaseForm, *, title: Any, submit: Any, back: str, intro: Any = "", remove: str = ""
) -> HttpResponse:
    """The form; with errors the answer is 422. `remove` is the address that asks whether to delete what it is about."""
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "intro": intro,
        "remove": remove,
        "errors": errors_of(form),
    }
    status = 422 if form.errors else 200
    if request.headers.get("HX-Request") == "true":
        return render(request, "access/_form_dialog.html", context, status=status)
    return screen(request, "access/form_page.html", context, status=status)


def show_confirm(
    request: HttpRequest, *, title: Any, text: Any, submit: Any, back: str, error: Any = ""
) -> HttpResponse:
    """Asks before something is lost for good. With `error` it cannot be done: only the reason is shown."""
    context = {"title": title, "text": text, "submit": submit, "back": back, "error": error}
    status = 422 if error else 200
    if request.headers.get("HX-Request") == "true":
        return render(request, "access/_confirm_dialog.html", context, status=status)
    return screen(request, "access/confirm_page.html", context, status=status)
