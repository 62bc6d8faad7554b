"""How a door of the record answers, beside a page and without one."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from fedele.ui import redirect, render, toast

R = TypeVar("R", bound=HttpResponse)


def in_dialog(request: HttpRequest, inner: str, title: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """What the dialog holds; to whom has no dialog, the same as a page."""
    if request.headers.get("HX-Request") == "true":
        return render(request, inner, context, status=status)
    return render(request, "records/in_page.html", {**context, "inner": inner, "title": title}, status=status)


def in_composer(request: HttpRequest) -> bool:
    """The form is asked for, or sent, above the timeline of a page and not in the dialog."""
    return request.headers.get("HX-Target", "").startswith("composer-")


def told(request: HttpRequest, url: str, message: Any, undo_url: str | None = None) -> HttpResponse:
    """What a form of the composer answers when it was sent well: the page tells its story anew and closes the form.

    Without htmx: back to the record's page at `url`.
    """
    if request.headers.get("HX-Request") != "true":
        return redirect(request, url, message, undo_url)
    response = HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"fedele:told": {}})})
    return toast(response, message, undo_url)


def changed(response: R, record: Any) -> R:
    """Tells whoever shows `record` beside what was sent, a list or Today, to read it anew; the dialog closes."""
    say = json.loads(response.headers.get("HX-Trigger") or "{}")
    say |= {"close-dialog": {}, "fedele:changed": {"type": record.record_type, "id": record.pk}}
    response.headers["HX-Trigger"] = json.dumps(say)
    return response
