"""Files sent along with a message: the same kinds that are taken everywhere; pictures are shown small, the rest by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import ngettext

from fedele.inbox.conversations.models import Remark, RemarkFile
from fedele.inbox.conversations.naming import Unfit
from fedele.knowledge.files.accepting import UnfitFile, fit
from fedele.knowledge.files.models import NoRoom, StoredFile
from fedele.knowledge.files.places import without_place
from fedele.knowledge.reading.opening import Unopened
from fedele.knowledge.reading.pictures import small_of

#: Files of one message.
MOST = 5


def kept(files: Iterable[Any]) -> list[tuple[str, StoredFile]]:
    """(name, stored file) of each, photos without their place. Raises `Unfit` for what is not taken."""
    sent = list(files)
    if len(sent) > MOST:
        words = ngettext("At most %(n)s file a message.", "At most %(n)s files a message.", MOST)
        raise Unfit(words % {"n": MOST})
    try:
        known = [(fit(one), one) for one in sent]
    except UnfitFile as unfit:
        raise Unfit(unfit.message) from unfit
    try:
        return [(found.name, StoredFile.keep(without_place(one, found.kind))) for found, one in known]
    except NoRoom as full:
        raise Unfit(full.message) from full


def attach(message: Remark, sent: list[tuple[str, StoredFile]]) -> None:
    RemarkFile.objects.bulk_create(RemarkFile(message=message, file=stored, name=name) for name, stored in sent)


def small(stored: StoredFile) -> HttpResponse:
    """A picture made anew from its points: nothing else that lies in the file comes along."""
    try:
        content, kind = small_of(stored)
    except Unopened:
        raise Http404 from None
    response = HttpResponse(content, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
