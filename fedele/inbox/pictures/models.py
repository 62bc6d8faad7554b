from __future__ import annotations

import re
import secrets
from typing import Any, Self

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.knowledge.files.accepting import UnfitFile, readable, too_big
from fedele.knowledge.files.kinds import GIF, JPEG, PNG, WEBP, kind_of
from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.reading.opening import Unopened, drawn_anew
from fedele.ui.formatted.pictures import PLACE

#: Points across that are kept: sharp on a good screen at half of it, which is how wide it is laid.
WIDE, LAID = 1200, 600
#: How wide and high it stands at most in a signature: a logo.
LOGO = 240, 90
#: What is taken; it leaves as one of the first two.
TAKEN = (JPEG, PNG, WEBP, GIF)
_ENDINGS = {JPEG: "jpg", PNG: "png"}


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Picture(models.Model):
    #: Nobody guesses it: whoever knows the address has read the text it stands in.
    token = models.CharField(max_length=32, unique=True, default=new_token)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = gettext_lazy("picture in a text")
        verbose_name_plural = gettext_lazy("pictures in texts")

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        return f"{PLACE}{self.token}/{self.name}"

    def laid(self, *, in_signature: bool = False) -> tuple[int, int]:
        """How wide and high it stands in the text."""
        wide, high = LOGO if in_signature else (LAID, self.height)
        part = min(1, wide / max(1, self.width), high / max(1, self.height))
        return max(1, round(self.width * part)), max(1, round(self.height * part))

    @classmethod
    def keep(cls, file: Any, by: Any) -> Self:
        """Raises `UnfitFile`, with words for the user, or `NoRoom`."""
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise UnfitFile(too_big())
        if not file.size or kind_of(file) not in TAKEN:
            raise UnfitFile(_("In a text only pictures can stand: JPEG, PNG, WebP or GIF."))
        try:
            content = drawn_anew(file, WIDE)
        except Unopened as unopened:
            words = _("This picture is too big.") if unopened.is_too_big else _("This picture cannot be read.")
            raise UnfitFile(words) from unopened
        return cls.of(StoredFile.keep(content), str(file.name), by, content)

    @classmethod
    def of(cls, stored: StoredFile, name: str, by: Any, content: bytes | None = None) -> Self:
        width, height = _size_of(stored if content is None else ContentFile(content))
        return cls.objects.create(stored=stored, name=_named(name, stored.kind), width=width, height=height, by=by)


def _named(name: str, kind: str) -> str:
    """Fit for an address; the ending is that of what is kept."""
    stem = re.sub(r"[^\w-]+", "-", readable(name).rpartition(".")[0], flags=re.ASCII).strip("-_")[:60]
    return f"{stem or 'picture'}.{_ENDINGS.get(kind, 'png')}"


def _size_of(source: Any) -> tuple[int, int]:
    """Of a picture drawn by us: its head says it, nothing of it is decoded."""
    from PIL import Image

    if isinstance(source, StoredFile):
        with source.file.open("rb") as file, Image.open(file, formats=("PNG", "JPEG")) as image:
            return image.size
    with Image.open(source, formats=("PNG", "JPEG")) as image:
        return image.size
