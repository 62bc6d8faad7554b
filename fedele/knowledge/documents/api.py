"""Documents in the API: their versions, and the files themselves. Created they are at /api/v1/documents: sending.py."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from fedele.access.sights import saw
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.sending import OF_VERSION, take_version
from fedele.knowledge.documents.versions import Version
from fedele.knowledge.files.handing import handed_out, said_to_be
from fedele.records.api import doors
from fedele.records.api.endpoints import CLASH, READ
from fedele.records.api.forms import described
from fedele.records.api.schemas import MergedInto, Problem
from fedele.records.registry import registry

#: No version has such a number, and every database can be asked for it.
LAST = 2**15 - 1
router = Router(tags=["documents"])
#: A file is whatever it is; parts of it are given when asked for by `Range`.
_BYTES = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
BYTES = {"responses": {200: _BYTES, 206: {"description": "A part of it", **_BYTES}}}


class VersionRead(Schema):
    number: int
    name: str
    kind: str = Field(description="As it leaves; by name, where its content agrees with that.")
    size: int
    sha256: str
    note: str
    added_by: int | None
    added_at: dt.datetime
    holds: bool = Field(description="Whether it is the version that holds.")
    url: str = Field(description="Where its file is.")


class Versions(Schema):
    items: list[VersionRead]


def shown(version: Version, current: int | None) -> dict[str, Any]:
    return {
        "number": version.number, "name": version.name, "kind": said_to_be(version.name), "size": version.stored.size,
        "sha256": version.stored.sha256, "note": version.note, "added_by": version.added_by_id,
        "added_at": version.added_at, "holds": version.pk == current,
        "url": f"/api/v1/documents/{version.document_id}/versions/{version.number}/file",
    }  # fmt: skip


def document_of(request: HttpRequest, pk: int, right: str = "view") -> Document:
    found: Document = doors.one(registry.by_key("document"), request.user, pk, right)
    return found


@router.get("/{int:pk}/versions", response={200: Versions, **READ}, operation_id="versions_document")
def versions(request: HttpRequest, pk: int) -> Any:
    """The newest first."""
    document = document_of(request, pk)
    found = document.versions.select_related("stored").order_by("-number")
    return {"items": [shown(one, document.current_id) for one in found]}


@router.post(
    "/{int:pk}/versions",
    response={200: VersionRead, 201: VersionRead, **CLASH, 410: MergedInto, 413: Problem},
    operation_id="add_version_document",
    openapi_extra=described(OF_VERSION, ("file",)),
)
def add(request: HttpRequest, pk: int) -> Any:
    """The next version. 200: this very file holds already."""
    document = document_of(request, pk, "edit")
    status, version = take_version(request, document)
    return status, shown(version, version.pk)


@router.get(
    "/{int:pk}/file", response={200: None, 416: None, **READ}, operation_id="file_document", openapi_extra=BYTES
)
def file(request: HttpRequest, pk: int) -> Any:
    """The file of the version that holds."""
    document = document_of(request, pk)
    version = get_object_or_404(Version.objects.select_related("stored"), pk=document.current_id)
    return _leaving(request, version)


@router.get(
    "/{int:pk}/versions/{int:number}/file",
    response={200: None, 416: None, **READ},
    operation_id="file_of_version_document",
    openapi_extra=BYTES,
)
def file_of_version(request: HttpRequest, pk: int, number: int) -> Any:
    document = document_of(request, pk)
    version = get_object_or_404(Version.objects.select_related("stored"), document=document, number=min(number, LAST))
    return _leaving(request, version)


def _leaving(request: HttpRequest, version: Version) -> Any:
    saw(request.user, "document", version.document_id)
    return handed_out(version.stored, version.name, request)
