"""A document looked at without opening it: its pages as pictures, and the first lines of a text."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fedele.access.sights import saw
from fedele.knowledge.documents.kinds import FileKind
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.versions import Reading, Version
from fedele.knowledge.reading import child
from fedele.knowledge.reading.opening import Unopened
from fedele.knowledge.reading.pictures import THUMB, WIDTHS, picture_of
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.registry import registry

#: Lines of a text that are shown, and bytes read for them.
LINES, READ = 200, 64 << 10


def version_of(request: HttpRequest, pk: int, number: int) -> Version:
    """The version, for who may see the document: 404 for anybody else."""
    document = find(registry.by_key("document"), pk, request.user)
    return get_object_or_404(Version.objects.select_related("stored"), document=document, number=number)


@require_GET
def look(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """In the dialog, or as a page of its own: one page of the document, with the way to the next."""
    document: Document = find(registry.by_key("document"), pk, request.user)
    version = get_object_or_404(Version.objects.select_related("stored"), document=document, number=number)
    saw(request.user, "document", pk)
    pages = version.pages if version.kind == FileKind.PDF else 1
    page = min(max(1, _whole(request.GET.get("page"), 1)), pages or 1)
    width = _whole(request.GET.get("width"), WIDTHS[1])
    width = width if width in WIDTHS else WIDTHS[1]
    context = {
        "failed": _failing(version, page, width),
        "document": document, "version": version, "page": page, "pages": pages,
        "width": width, "widths": WIDTHS,
        "text": text_of(version), "base": f"/documents/{pk}/versions/{number}/",
    }  # fmt: skip
    return in_dialog(request, "knowledge/documents/_look.html", str(document), context)


def _failing(version: Version, page: int, width: int) -> str:
    """Why there is no picture; the picture itself is made here already and only fetched by the page."""
    if not version.is_shown:
        return _why(Unopened(child.LOCKED)) if version.reading == Reading.LOCKED else ""
    try:
        picture_of(version, page, width)
    except Unopened as unopened:
        return _why(unopened)
    return ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else default


def text_of(version: Version) -> str:
    """The first lines of a file of text; of an office document the words that were read out of it."""
    if version.kind == FileKind.TEXT:
        try:
            with version.stored.file.open("rb") as file:
                content = file.read(READ)
        except FileNotFoundError:
            return ""
        try:
            text = content.decode("utf-8-sig", "strict" if len(content) < READ else "ignore")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
        return "\n".join(text.replace("\x00", "").splitlines()[:LINES])
    if version.kind == FileKind.OFFICE and version.document.current_id == version.pk:
        return "\n\n".join(version.document.passages.order_by("pk").values_list("text", flat=True)[:4])
    return ""


@require_GET
def picture(request: HttpRequest, pk: int, number: int, page: int) -> HttpResponse:
    """A page as PNG, a picture drawn anew. Kept by the browser only as long as the server says it still may see it."""
    version = version_of(request, pk, number)
    width = _whole(request.GET.get("width"), THUMB)
    if width not in (THUMB, *WIDTHS) or not version.is_shown or page < 1:
        raise Http404
    tag = f'"{version.stored.sha256[:20]}-{page}-{width}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": "private, no-cache"})
    try:
        content, kind = picture_of(version, page, width)
    except Unopened as unopened:
        return HttpResponse(_why(unopened), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(content, content_type=kind, headers=_headers(tag))


def _headers(tag: str) -> dict[str, Any]:
    return {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }


def _why(unopened: Unopened) -> str:
    if unopened.is_locked:
        return _("This file is protected by a password: it can only be downloaded.")
    return _("This file cannot be shown here: it can only be downloaded.")
