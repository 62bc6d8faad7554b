"""Documents where people look at a record: a block to read and to drop files onto, and the page with all of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from fedele.knowledge.documents.places import about_of, documents_on, place_of, read_place
from fedele.knowledge.files.accepting import ACCEPTED
from fedele.records.adding import EVERY, adds_panel
from fedele.records.beforehand import may_have
from fedele.records.registry import registry
from fedele.ui import render

#: Rows of the block; of the page with all, and as far as is counted.
ROWS, MOST = 5, 200
SHOWN = ("category", "current__stored", "current__added_by")


@adds_panel(EVERY, template="knowledge/documents/_panel.html")
def block_of(record: Any, user: Any) -> dict[str, Any] | None:
    given = _given(record, user)
    if given is None:
        return None
    rows = _rows(record, user, ROWS) if may_have(record, "documents") else []
    return {**given, "rows": rows[:ROWS], "more": len(rows) > ROWS}


def _given(record: Any, user: Any) -> dict[str, Any] | None:
    if record.record_type == "document" or not user.rights.may("view", "document"):
        return None
    return {
        "place": place_of(record),
        "label": str(record),
        "all_url": reverse("documents_on", args=[record.record_type, record.pk]),
        "may_add": user.rights.may("create", "document"),
        "may_export": user.rights.may("export", "document"),
        **limits(),
    }


def _rows(record: Any, user: Any, most: int) -> list[Any]:
    return list(documents_on(record, user).select_related(*SHOWN)[: most + 1])


def limits() -> dict[str, Any]:
    """What the place to drop files at tells the browser, so that it refuses what the server would."""
    return {
        "accepted": f"{ACCEPTED},image/*",
        "most_bytes": settings.UPLOAD_MAX_BYTES,
        "most_megabytes": settings.UPLOAD_MAX_BYTES >> 20,
    }


@require_GET
def all_on(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """All documents of a record, with a picture of each; `?rows=1` only the rows of its block."""
    record = read_place(f"{key}:{pk}", request.user)
    given = _given(record, request.user)
    if given is None:
        raise Http404
    if request.GET.get("rows") == "1" and request.headers.get("HX-Request") == "true":
        rows = _rows(record, request.user, ROWS)
        given |= {"rows": rows[:ROWS], "more": len(rows) > ROWS}
        return render(request, "knowledge/documents/_rows.html", {"given": given})
    rows = _rows(record, request.user, MOST)
    context = {
        "given": given, "rows": rows[:MOST], "more": len(rows) > MOST, "record": record, "record_type": registry.of(record),
        "record_url": registry.of(record).url(pk),
    }  # fmt: skip
    return render(request, "knowledge/documents/all.html", context)


def file_of(document: Any, user: Any) -> dict[str, Any]:
    """The file that holds, how it is looked at, and what it lies on where that is no customer."""
    about = about_of(document, user) if document.about_type not in ("", "company", "contact", "lead") else None
    return {
        "current": document.current,
        "about": about,
        "about_type": registry.of(about) if about is not None else None,
        "may_add": user.rights.covers(document, "edit"),
        **limits(),
    }


def versions_of(document: Any, user: Any) -> dict[str, Any]:
    versions = list(document.versions.select_related("stored", "added_by").order_by("-number")[:MOST])
    return {"versions": versions, "may_edit": user.rights.covers(document, "edit"), "current": document.current_id}
