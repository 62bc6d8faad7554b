"""Files sent along with a message: the same kinds that are taken everywhere; pictures are shown small, the rest by name."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import ngettext
from PIL import Image, ImageOps, UnidentifiedImageError

from fedele.inbox.conversations.models import Remark, RemarkFile
from fedele.inbox.conversations.naming import Unfit
from fedele.knowledge.files.accepting import UnfitFile, fit
from fedele.knowledge.files.models import StoredFile

#: Files of one message.
MOST = 5
#: A small picture: its longest side, and as many points as one is looked at before it is made.
SMALL, MOST_POINTS = 320, 50_000_000


def checked(files: Iterable[Any]) -> list[tuple[str, Any]]:
    """(name, file) of each. Raises `Unfit` for what is not taken."""
    sent = list(files)
    if len(sent) > MOST:
        words = ngettext("At most %(n)s file a message.", "At most %(n)s files a message.", MOST)
        raise Unfit(words % {"n": MOST})
    try:
        return [(fit(one).name, one) for one in sent]
    except UnfitFile as unfit:
        raise Unfit(unfit.message) from unfit


def attach(message: Remark, sent: list[tuple[str, Any]]) -> None:
    for name, file in sent:
        RemarkFile.objects.create(message=message, file=StoredFile.keep(file), name=name)


def small(stored: StoredFile) -> HttpResponse:
    """A picture made anew from its points: nothing else that lies in the file comes along."""
    try:
        with stored.file.open("rb") as file, Image.open(file, formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise Http404
            picture.draft("RGB", (SMALL * 2, SMALL * 2))
            made = ImageOps.exif_transpose(picture).convert("RGB")
            made.thumbnail((SMALL, SMALL))
            out = io.BytesIO()
            made.save(out, "WEBP", quality=80)
    except (FileNotFoundError, UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise Http404 from None
    response = HttpResponse(out.getvalue(), content_type="image/webp")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
