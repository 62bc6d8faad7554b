"""Files dropped onto a record become its documents, or a new version of one; each is told of by itself.

What is there already is not taken twice without a word: the same content, or another file of the same name, is asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from fedele.base.arriving import brings_more_than
from fedele.base.verbs import Refused
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.places import documents_on, read_place
from fedele.knowledge.files.accepting import UnfitFile, fit, too_big
from fedele.knowledge.files.models import NoRoom, StoredFile
from fedele.knowledge.files.places import without_place
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import redirect, render

#: Files of one form without JavaScript.
AT_ONCE = 20


@dataclass
class Outcome:
    """What became of one file: added, a question, or not taken."""

    name: str
    state: str
    message: str
    document: Document | None = None
    #: Offered to become a new version of `document`.
    next_number: int = 0
    status: int = 200


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """What is too big is refused by the size its sender declares, before it is read; only then is the form checked."""
    if brings_more_than(request, settings.UPLOAD_MAX_BYTES):
        return _answer(request, [Outcome("", "refused", too_big(), status=413)], "/documents/")
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    data = request.POST
    if data.get("document"):
        document = find(registry.by_key("document"), _number(data["document"]), request.user, "edit")
        back, take = f"/documents/{document.pk}/", lambda file: add_version(document, file, request.user, data)
    else:
        if not request.user.rights.may("create", "document"):
            raise PermissionDenied(_("Your role does not include this."))
        about = read_place(data.get("on", ""), request.user)
        back = registry.of(about).url(about.pk) if about is not None else "/documents/"
        take = lambda file: add_document(about, file, request.user, data.get("as", ""))  # noqa: E731
    files = request.FILES.getlist("file")[:AT_ONCE]
    if not files:
        return _answer(request, [Outcome("", "refused", _("Choose a file first."), status=400)], back)
    return _answer(request, [_taken(take, file) for file in files], back)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def _taken(take: Any, file: Any) -> Outcome:
    try:
        return take(file)
    except UnfitFile as unfit:
        return Outcome(str(file.name), "refused", unfit.message, status=422)
    except Refused as refused:
        return Outcome(str(file.name), "refused", str(refused), status=422)
    except NoRoom as full:
        return Outcome(str(file.name), "refused", full.message, status=full.status)


def add_document(
    about: Any, file: Any, user: Any, how: str = "", fill: Callable[[Document], None] = lambda _document: None
) -> Outcome:
    """`how`: "" asks about what is there already, "again" adds it all the same. `fill` says more of the new one."""
    found = fit(file)
    made = Document(name=found.name)
    if about is not None:
        made.lie_on(about)
    # What is said wrongly of it is told before anything is kept.
    fill(made)
    stored = StoredFile.keep(without_place(file, found.kind))
    with transaction.atomic():
        question = None if how == "again" else _there_already(about, stored, found.name, user)
        if question is not None:
            return question
        made.save()
        made.add_version(stored, found.name, by=user)
    return Outcome(found.name, "added", _("%(name)s is added.") % {"name": found.name}, made)


def _there_already(about: Any, stored: StoredFile, name: str, user: Any) -> Outcome | None:
    if about is None:
        return None
    there = documents_on(about, user)
    same = there.filter(versions__stored=stored).first()
    if same is not None:
        words = _("Already here as “%(name)s”.") % {"name": same}
        return Outcome(name, "same", words, same, status=409)
    named = there.filter(current__name=name).select_related("current").first()
    if named is None or not user.rights.covers(named, "edit"):
        return None
    words = _("“%(name)s” is already here with other content.") % {"name": named}
    return Outcome(name, "named", words, named, named.versions.count() + 1, status=409)


def add_version(document: Document, file: Any, user: Any, data: Any = None) -> Outcome:
    found, note = fit(file), str((data or {}).get("note", "")).replace("\x00", "").strip()[:200]
    stored = StoredFile.keep(without_place(file, found.kind))
    with transaction.atomic():
        if document.current and document.current.stored_id == stored.pk:
            words = _("This is the version that holds already.")
            return Outcome(found.name, "refused", words, document, status=409)
        made = document.add_version(stored, found.name, by=user, note=note)
    words = _("Version %(number)s of “%(name)s” is added.") % {"number": made.number, "name": document}
    return Outcome(found.name, "added", words, document)


def _answer(request: HttpRequest, outcomes: list[Outcome], back: str) -> HttpResponse:
    """One line for each file where they were dropped; without JavaScript the page again, with what was said."""
    if request.headers.get("HX-Request") == "true":
        status = max(one.status for one in outcomes)
        return render(request, "knowledge/documents/_uploaded.html", {"outcomes": outcomes}, status=status)
    first = next((one for one in outcomes if one.status > 200), outcomes[0])
    words = f"{first.name}: {first.message}" if first.status > 200 and first.name else first.message
    return redirect(request, back, words, level="ok" if first.status == 200 else "bad")
