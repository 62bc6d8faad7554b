"""What a program sends and is told: the form that creates a document, the one that adds a version, and what they may answer.

The checks are those of the screen: `add_document` and `add_version`. Sent twice, the same file is one document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fedele.base.arriving import brings_more_than
from fedele.base.verbs import Refused
from fedele.knowledge.documents.categories import Category
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.places import read_place
from fedele.knowledge.documents.uploading import Outcome, add_document, add_version
from fedele.knowledge.documents.versions import Version
from fedele.knowledge.files.accepting import UnfitFile, too_big
from fedele.knowledge.files.models import NoRoom
from fedele.records.api import doors
from fedele.records.api.doors import Refusal
from fedele.records.api.forms import FormDoor, fields_of_form
from fedele.records.api.schemas import Problem
from fedele.records.api.values import put
from fedele.records.registry import registry

_TEXT = {"type": "string"}
_FILE = {"type": "string", "format": "binary"}
FIELDS = {
    "file": _FILE,
    "on": _TEXT | {"description": "The record it lies on: `company:12`. Left out, it lies on none."},
    "name": _TEXT | {"description": "Left out, that of the file."},
    "category": _TEXT | {"description": "Name or id of a category."},
    "description": _TEXT,
    "valid_until": _TEXT | {"description": "2026-12-31"},
    "as": _TEXT | {"description": "`again`: another document of the same file, or of the same name."},
}
OF_VERSION = {"file": _FILE, "note": _TEXT}


class There(Problem):
    """A document of this name with other content is there: send the file to its versions, or with `as=again`."""

    document: int
    next_number: int


def take(request: HttpRequest) -> tuple[int, Document]:
    """201: new. 200: this very file lies on that record already."""
    user, record_type = request.user, registry.by_key("document")
    doors.permitted(user, "create", record_type)
    given, file = _read(request, FIELDS)
    about = read_place(given.pop("on", ""), user)
    how = given.pop("as", "")

    def fill(document: Document) -> None:
        document.put({"owner": user})
        _fill(document, given, user)
        if about is None and not user.rights.covers(document, "create"):  # type: ignore[union-attr]
            raise Refusal(403, _("You may only create records of your own."))

    outcome = _done(lambda: add_document(about, file, user, how, fill))
    if outcome.state == "named":
        there = {"document": _document(outcome).pk, "next_number": outcome.next_number}
        raise Refusal(409, outcome.message, more=there)
    return (200 if outcome.state == "same" else 201), Document.objects.get(pk=_document(outcome).pk)


form = FormDoor(take, FIELDS, ("file",), {409: There, 413: Problem})


def take_version(request: HttpRequest, document: Document) -> tuple[int, Version]:
    """201: new. 200: this is what the version that holds has already."""
    given, file = _read(request, OF_VERSION)
    outcome = _done(lambda: add_version(document, file, request.user, given))
    current = Document.objects.values_list("current", flat=True).get(pk=document.pk)
    return (201 if outcome.state == "added" else 200), document.versions.select_related("stored").get(pk=current)


def _read(request: HttpRequest, known: dict[str, Any]) -> tuple[dict[str, str], Any]:
    """(texts, the file). What is too big is refused by the size its sender declares, before it is read."""
    if brings_more_than(request, settings.UPLOAD_MAX_BYTES):
        raise Refusal(413, too_big())
    texts, files = fields_of_form(request, known)
    if "file" not in files:
        words = _("Choose a file first.")
        raise Refusal(422, _("Some values are not right."), {"file": [words]})
    return texts, files["file"]


def _fill(document: Document, given: dict[str, Any], user: Any) -> None:
    values = {name: text for name, text in given.items() if text.strip()}
    if "category" in values:
        values["category"] = _category(values["category"])
    record_type = registry.by_key("document")
    doors.check(record_type, document, put(record_type, document, values, user))


def _category(text: str) -> int | None:
    """By name or id; 0 for one that is not there, which is then said at the field."""
    name = text.strip().replace("\x00", "")
    found = Category.objects.filter(name__iexact=name).values_list("pk", flat=True).first()
    return found or (int(name) if name.isdecimal() and len(name) < 19 else 0)


def _done(act: Callable[[], Outcome]) -> Outcome:
    try:
        return act()
    except UnfitFile as unfit:
        raise Refusal(422, unfit.message, {"file": [unfit.message]}) from unfit
    except Refused as refused:
        raise Refusal(422, str(refused), {"file": [str(refused)]}) from refused
    except NoRoom as full:
        raise Refusal(full.status, full.message) from full


def _document(outcome: Outcome) -> Document:
    assert outcome.document is not None
    return outcome.document
