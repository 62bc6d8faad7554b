"""How a door of the record answers, beside a page and without one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from fedele.ui import render


def in_dialog(request: HttpRequest, inner: str, title: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """What the dialog holds; to whom has no dialog, the same as a page."""
    if request.headers.get("HX-Request") == "true":
        return render(request, inner, context, status=status)
    return render(request, "records/in_page.html", {**context, "inner": inner, "title": title}, status=status)
