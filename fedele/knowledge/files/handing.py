"""A stored file leaves as a download, never shown in the page, whatever is in it; whole or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from fedele.knowledge.files.accepting import KINDS, ending_of, readable
from fedele.knowledge.files.kinds import UNKNOWN

PIECE = 64 << 10


def handed_out(stored: Any, name: str, request: HttpRequest | None = None) -> HttpResponseBase:
    """The caller has checked that this user may have it. With the request, a part asked for by `Range` is given."""
    try:
        file = stored.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    asked = _range(request, stored.size)
    if asked == (0, 0):
        return _guarded(HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"}))
    shown = readable(name) or "file"
    kind = said_to_be(shown)
    if asked is None:
        response: HttpResponseBase = FileResponse(file, as_attachment=True, filename=shown, content_type=kind)
    else:
        response = _part(file, asked, stored.size, shown, kind)
    response.headers["Accept-Ranges"] = "bytes"
    return _guarded(response)


def said_to_be(name: str) -> str:
    """Kinds we know are named; anything else is bytes, so that no program opens it by itself."""
    return KINDS.get(ending_of(name), UNKNOWN)


def _guarded(response: Any) -> Any:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _range(request: HttpRequest | None, size: int) -> tuple[int, int] | None:
    """(first, after the last) of the one part asked for; None for the whole, (0, 0) for one that is not there."""
    asked = request.headers.get("Range", "") if request else ""
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", asked.strip())
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size
    first = int(found[1])
    after = min(size, int(found[2]) + 1) if found[2] else size
    return (first, after) if first < after else (0, 0)


def _part(file: Any, asked: tuple[int, int], size: int, name: str, kind: str) -> StreamingHttpResponse:
    first, after = asked
    response = StreamingHttpResponse(_pieces(file, first, after), status=206, content_type=kind)
    response.headers["Content-Range"] = f"bytes {first}-{after - 1}/{size}"
    response.headers["Content-Length"] = str(after - first)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _pieces(file: Any, first: int, after: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while first < after and (piece := file.read(min(PIECE, after - first))):
            first += len(piece)
            yield piece
