"""Files leave the house: one version, or all documents of a record in one archive. Both are told in the audit."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fedele.access.sights import saw
from fedele.knowledge.documents.looking import version_of
from fedele.knowledge.documents.places import documents_on, read_place
from fedele.knowledge.files.handing import handed_out
from fedele.ui import redirect

#: Files of an archive, and their size together.
MOST, MOST_BYTES = 200, 500 << 20
PIECE = 256 << 10


@require_GET
def download(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_of(request, pk, number)
    saw(request.user, "document", pk)
    return handed_out(version.stored, version.name, request)


@require_GET
def archive(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """The versions that hold of all documents on a record, packed while it is sent: memory does not grow with it."""
    about = read_place(f"{key}:{pk}", request.user)
    if not request.user.rights.may("export", "document"):
        raise PermissionDenied(_("Your role does not include this."))
    seen = documents_on(about, request.user).exclude(current=None).select_related("current__stored")
    found = [one for one in seen[: MOST + 1] if request.user.rights.covers(one, "export")]
    if len(found) > MOST or sum(one.current.stored.size for one in found) > MOST_BYTES:
        words = _("These are too many or too big for one archive: at most %(n)s files and %(mb)s MB.")
        back = f"/documents/on/{key}/{pk}/"
        return redirect(request, back, words % {"n": MOST, "mb": MOST_BYTES >> 20}, level="warn")
    for one in found:
        saw(request.user, "document", one.pk)
    response = StreamingHttpResponse(packed(found), content_type="application/zip")
    name = f"{slugify(str(about)) or key}.zip"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


class _Sink:
    """A file that keeps nothing: what was written is taken away at once."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None: ...

    def taken(self) -> bytes:
        found, self.pieces = b"".join(self.pieces), []
        return found


def packed(documents: list[Any]) -> Iterator[bytes]:
    """As they are, uncompressed: pictures and PDFs are compressed already."""
    sink, names = _Sink(), set[str]()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as target:  # type: ignore[arg-type]
        for one in documents:
            with target.open(_free(one.current.name, names), "w", force_zip64=True) as entry:
                for piece in _pieces(one.current.stored):
                    entry.write(piece)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


def _pieces(stored: Any) -> Iterator[bytes]:
    try:
        with stored.file.open("rb") as file:
            yield from file.chunks(PIECE)
    except FileNotFoundError:
        return


def _free(name: str, names: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    free, n = name, 1
    while free in names:
        n += 1
        free = f"{stem} ({n}){dot}{ending}"
    names.add(free)
    return free
