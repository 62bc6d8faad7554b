"""What a document said when: each file dropped onto it is its newest version, and any earlier one can hold again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.base.verbs import Refused
from fedele.knowledge.documents.kinds import ICONS, FileKind, is_drawn, kind_by_name
from fedele.knowledge.files.models import StoredFile

#: Versions of one document: more are a sign that something writes them by itself.
MOST = 200


class Reading(models.TextChoices):
    """How far its words were taken out for search."""

    WAITING = "waiting", _("being read")
    READ = "read", _("its text is found by search")
    EMPTY = "empty", _("a picture of pages without text: search does not find its words")
    LOCKED = "locked", _("protected by a password: neither shown nor searched")
    FAILED = "failed", _("could not be read")
    NOT = "not", _("has no text")


class Version(models.Model):
    """One file of a document. Never changed; the document points at the one that holds."""

    document = models.ForeignKey("knowledge.Document", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.WAITING)
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("document", "version")
        verbose_name_plural = pgettext_lazy("document", "versions")
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_version_number")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> FileKind:
        return kind_by_name(self.name)

    @property
    def is_shown(self) -> bool:
        """Can its pages be looked at here?"""
        return is_drawn(self.name) and self.reading != Reading.LOCKED


class Versioned(models.Model):
    current = models.ForeignKey(
        Version, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", verbose_name=_("version")
    )
    kind = models.CharField(_("kind of file"), max_length=8, choices=FileKind, default=FileKind.NONE, editable=False)

    class Meta:
        abstract = True

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    def add_version(self, file: Any, name: str, *, by: Any, note: str = "") -> Version:
        """`file` is an upload that was found fit, or bytes of our own. The document is stored already."""
        from fedele.knowledge.reading.jobs import read

        with transaction.atomic():
            type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
            last = self.versions.aggregate(last=models.Max("number"))["last"] or 0  # type: ignore[attr-defined]
            if last >= MOST:
                raise Refused(_("A document has at most %(n)s versions.") % {"n": MOST})
            stored = file if isinstance(file, StoredFile) else StoredFile.keep(file)
            made = self.versions.create(number=last + 1, stored=stored, name=name, note=note, added_by=by)  # type: ignore[attr-defined]
            self._hold(made, first=not last)
            read.enqueue(made.pk)
        return made

    def _hold(self, version: Version, *, first: bool) -> None:
        before = (self.current_id, self.kind)
        self.current, self.kind = version, version.kind
        if first:
            # Part of adding the document, which its entry tells already.
            type(self).objects.filter(pk=self.pk).update(current=version, kind=version.kind)
            self._remember()  # type: ignore[attr-defined]
        elif before != (version.pk, version.kind):
            self.save(kind="version_added", data={"number": version.number, "note": version.note})  # type: ignore[call-arg]

    def make_current(self, version: Version) -> None:
        """An earlier version holds again; the later ones stay where they are."""
        if version.pk == self.current_id:
            raise Refused(_("This version holds already."))
        self.current, self.kind = version, version.kind
        self.save(kind="version_chosen", data={"number": version.number})  # type: ignore[call-arg]
