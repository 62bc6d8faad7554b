from __future__ import annotations

import errno
import hashlib
import secrets
from typing import Any, Self

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.base.stores import StoreError
from fedele.knowledge.files.kinds import kind_of

#: Where they lie in the store; the sweep looks nowhere else.
FOLDER = "kept"


class NoRoom(Exception):
    """The disk is full, or the store does not answer: nothing was kept. The message is for the user."""

    status = 507

    @property
    def message(self) -> str:
        return _("There is no room left on the server. Nothing was kept; whoever administers Fedele can help.")


class StoreDown(NoRoom):
    status = 503

    @property
    def message(self) -> str:
        return _("The store of files does not answer. Nothing was kept; try again in a while.")


class StoredFile(models.Model):
    """Bytes kept once, under a name of ours. The file is written before its row, so that no row is without its file."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    #: By content; what a name claims is nobody's concern here.
    kind = models.CharField(max_length=100)
    file = models.FileField(upload_to="", max_length=120)
    #: When it was last asked to be kept: the sweep leaves alone what somebody may be about to point at.
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = gettext_lazy("stored file")
        verbose_name_plural = gettext_lazy("stored files")

    def __str__(self) -> str:
        return f"{self.kind}, {self.size}"

    @classmethod
    def keep(cls, content: Any) -> Self:
        """The stored file with this content: an upload, an open file, or bytes. Read in pieces, stored once.

        Best before the transaction that points at it: while a file travels to a distant store nobody then waits to write. What
        is pointed at by nothing in the end, the sweep takes away a day later.
        Raises `NoRoom` when it cannot be written.
        """
        file = content if isinstance(content, File) else ContentFile(bytes(content))
        digest = _digest(file)
        try:
            return cls._again(file, digest) or cls._anew(file, digest)
        except StoreError as error:
            raise StoreDown(error.code) from error

    @classmethod
    def _again(cls, file: File, digest: str) -> Self | None:
        if not cls.objects.filter(sha256=digest).update(kept_at=timezone.now()):
            return None
        found = cls.objects.get(sha256=digest)
        if not default_storage.exists(str(found.file.name)):
            # The store had lost it; whoever brings it once more mends that.
            found.file = _write(file)
            found.save(update_fields=["file"])
        return found

    @classmethod
    def _anew(cls, file: File, digest: str) -> Self:
        made = cls(sha256=digest, size=file.size, kind=kind_of(file))
        made.file = _write(file)
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            # Somebody kept the same at the same moment.
            default_storage.delete(str(made.file.name))
            return cls.objects.get(sha256=digest)
        return made


def _digest(file: File) -> str:
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def own_name() -> str:
    """A chance name: what a file is called where it comes from never reaches the disk."""
    name = secrets.token_hex(16)
    return f"{FOLDER}/{name[:2]}/{name}"


def _write(file: File) -> str:
    name = own_name()
    try:
        return str(default_storage.save(name, file))
    except StoreError:
        # What it takes it takes whole.
        raise
    except OSError as error:
        _forget_half(name)
        raise NoRoom(errno.errorcode.get(error.errno or 0, str(error))) from error


def _forget_half(name: str) -> None:
    try:
        default_storage.delete(name)
    except OSError:
        return
