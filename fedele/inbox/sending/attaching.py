"""What goes with a letter: uploads, kept at once so that a form with a mistake does not lose them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from fedele.knowledge.files.accepting import UnfitFile, fit
from fedele.knowledge.files.handing import said_to_be
from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.files.places import without_place

#: Bytes of all together: beyond that most servers refuse.
MOST_BYTES = 20 << 20
MOST_FILES = 20

#: (stored file, name, kind)
Kept = tuple[StoredFile, str, str]


def keep(uploads: Iterable[Any]) -> list[Kept]:
    """Photos leave without their place. Raises `UnfitFile` for the first that is not taken, with its name."""
    found = []
    for upload in uploads:
        try:
            known = fit(upload)
        except UnfitFile as unfit:
            raise UnfitFile(f"{upload.name}: {unfit.message}") from unfit
        found.append((StoredFile.keep(without_place(upload, known.kind)), known.name, known.kind))
    return found


def ticket(kept: Kept) -> str:
    """What the form carries of a file that is kept already; nobody can make one for a file of somebody else."""
    return _signer().sign_object([kept[0].pk, kept[1]])


def redeem(tickets: Iterable[str]) -> list[Kept]:
    """The files of the tickets; what is no ticket of ours is left out."""
    named: dict[int, str] = {}
    for one in list(tickets)[:MOST_FILES]:
        try:
            pk, name = _signer().unsign_object(one)
        except (BadSignature, ValueError, TypeError):
            continue
        named[pk] = name
    stored = StoredFile.objects.in_bulk(list(named))
    return [(stored[pk], name, said_to_be(name)) for pk, name in named.items() if pk in stored]


def check(files: list[Kept], more: int = 0) -> None:
    """`more`: bytes of the pictures in the text."""
    if len(files) > MOST_FILES:
        raise UnfitFile(_("At most %(n)s files go with one e-mail.") % {"n": MOST_FILES})
    if sum(stored.size for stored, _name, _kind in files) + more > MOST_BYTES:
        raise UnfitFile(_("All files together are bigger than %(limit)s MB.") % {"limit": MOST_BYTES >> 20})


def _signer() -> Signer:
    return Signer(salt="fedele.inbox.attachment")
