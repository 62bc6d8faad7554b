from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _

from fedele.access.visibility import restrict
from fedele.base.numbering import Counter, Numbering, take_numbers  # noqa: F401 (their models belong to this app)
from fedele.base.plain import plain, revive
from fedele.base.verbs import Refused, verb
from fedele.journal.models import Entry, Link
from fedele.journal.writing import entry_for, write, write_many

#: Sent inside the transaction of every single or bulk write: records=[…], changed={field names} or None for new ones.
records_written = Signal()

#: Housekeeping of the record itself; changes of these say nothing to a reader.
UNTOLD = frozenset({"id", "version", "created_at", "updated_at", "custom", "trashed_at", "number"})


def listed(name: str, *fields: str) -> models.Index:
    """An index for lists: of living records only, so that every list, count and board can be read from it alone."""
    return models.Index(fields=fields, name=name, condition=models.Q(trashed_at__isnull=True))


class Conflict(Exception):
    """Somebody else saved this record since it was read. Carries the record as it is now."""

    def __init__(self, theirs: Record) -> None:
        super().__init__(f"{theirs} was changed meanwhile")
        self.theirs = theirs


_trash_conditions: list[Callable[[Any], Any]] = []


def trash_holds(condition: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Declares a further condition (model → Q) on what counts as trash."""
    _trash_conditions.append(condition)
    return condition


class RecordQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any, right: str = "view") -> Self:
        """The only way in: what `user` may see (or edit, delete, export), without the trash."""
        return restrict(self.filter(trashed_at=None), user, right)  # type: ignore[return-value]

    def in_trash_of(self, user: Any) -> Self:
        """What lies in the trash as trash: `trash_holds` may say that something lies there for another reason."""
        conditions = [condition(self.model) for condition in _trash_conditions]
        return restrict(self.filter(*conditions, trashed_at__isnull=False), user, "delete")  # type: ignore[return-value]

    def bulk_change(self, **values: Any) -> int:
        """Sets `values` on every record of this QuerySet that differs, with one journal entry each. Returns how many."""
        changed = 0
        ids = list(self.order_by().values_list("pk", flat=True))
        for start in range(0, len(ids), 500):
            with transaction.atomic():
                changed += self._change_some(ids[start : start + 500], values)
        return changed

    def _change_some(self, ids: list[int], values: dict[str, Any]) -> int:
        written: list[Any] = []
        entries = []
        for record in self.model.objects.select_for_update().filter(pk__in=ids):
            record.put(values)
            kind, data = record.settle() or ("changed", None)
            if changes := record.changes():
                record.version += 1
                written.append(record)
                entries.append((record, entry_for(record, kind, changes=changes, data=data)))
        if written:
            names = {name.partition(".")[0] for _, entry in entries for name in entry.changes}
            touched = {*names, "team", "version"} & {f.name for f in self.model._meta.concrete_fields}
            self.model.objects.bulk_update(written, sorted(touched), batch_size=200)
            self.model.objects.filter(pk__in=[record.pk for record in written]).update(updated_at=timezone.now())
            write_many(entries)
            records_written.send(self.model, records=written, changed=names)
        return len(written)


class Record(models.Model):
    """A thing the company keeps: a company, a lead, an opportunity.

    Knows what changed since it was read, refuses to overwrite what somebody else saved meanwhile, and leaves a
    journal entry at every write.
    """

    #: Pattern of the number given at creation; empty for records without a number.
    numbering: ClassVar[str] = ""
    #: Names of foreign keys on whose timelines the entries of this record also belong.
    timeline_of: ClassVar[tuple[str, ...]] = ()

    number = models.CharField(_("number"), max_length=40, blank=True, null=True, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    team = models.ForeignKey(
        "access.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("team")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    custom = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)
    trashed_at = models.DateTimeField(null=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @classproperty
    def record_type(cls) -> str:  # noqa: N805
        return str(cls._meta.model_name)  # type: ignore[attr-defined]

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Self:
        record = super().from_db(db, field_names, values)
        record._read = dict(zip(field_names, values, strict=True))  # type: ignore[attr-defined]
        record._read["custom"] = dict(record.__dict__.get("custom") or {})  # type: ignore[attr-defined]
        return record

    @property
    def is_trashed(self) -> bool:
        return self.trashed_at is not None

    @property
    def is_alive(self) -> bool:
        return self.trashed_at is None

    @property
    def entry_title(self) -> str:
        """What it is called in the journal, which others read, too."""
        return str(self)

    def timelines(self) -> list[tuple[str, int]]:
        """Other records on whose timelines an entry of this one belongs."""
        links: list[tuple[str, int]] = []
        for name in self.timeline_of:
            field = self._meta.get_field(name)
            if key := getattr(self, field.attname):  # type: ignore[union-attr]
                links.append((str(field.related_model._meta.model_name), key))  # type: ignore[union-attr]
        return links

    def put(self, values: dict[str, Any]) -> None:
        """Sets fields by name; a key `custom.colour` goes into the custom data."""
        for name, value in values.items():
            base, _dot, key = name.partition(".")
            if base == "custom":
                self.custom = {**self.custom, key: plain(value)}
            else:
                setattr(self, name, value)
        if "owner" in values and "team" not in values:
            self.team_id = self.owner.team_id if self.owner else None

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        """Completes what follows from other fields, before the record is stored through whatever door.

        Returns kind and data of the entry when the write means more than that fields changed.
        """
        return None

    def changes(self) -> dict[str, list[Any]]:
        """{"field": [before, after]} since the record was read; empty for a record not yet stored."""
        read = getattr(self, "_read", None)
        if read is None:
            return {}
        found: dict[str, list[Any]] = {}
        for field in self._meta.concrete_fields:
            if field.name in UNTOLD or field.generated or field.attname not in read:
                continue
            now = (
                field.to_python(getattr(self, field.attname))
                if field.remote_field is None
                else getattr(self, field.attname)
            )
            before = plain(read[field.attname])
            if before != plain(now):
                found[field.name] = [before, plain(now)]
        before, now = read.get("custom") or {}, self.custom or {}
        for key in sorted({*before, *now}):
            if before.get(key) != now.get(key):
                found[f"custom.{key}"] = [before.get(key), now.get(key)]
        return found

    def save(self, *args: Any, kind: str = "", data: dict | None = None, **kwargs: Any) -> None:
        """Stores the record, writes its entry (`created`, `changed`, or the `kind` of a verb) and tells who listens.

        Raises `Conflict` when the stored version is not the one that was read.
        """
        if kwargs.get("raw") or kwargs.get("update_fields"):
            super().save(*args, **kwargs)
            return
        settled = self.settle()
        if settled and not kind:
            kind, data = settled
        with transaction.atomic():
            if self._state.adding:
                self._store_new(kind or "created", data)
            else:
                self._store_change(kind or "changed", data)

    def _store_new(self, kind: str, data: dict | None) -> None:
        if self.numbering and not self.number:
            self.number = take_numbers(self.record_type, self.numbering)[0]
        if self.owner_id and not self.team_id:
            self.team_id = self.owner.team_id  # type: ignore[union-attr]
        super().save(force_insert=True)
        self._remember()
        write(self, kind, data=data)
        records_written.send(type(self), records=[self], changed=None)

    def _store_change(self, kind: str, data: dict | None) -> None:
        changes = self.changes()
        if "owner" in changes and "team" not in changes:
            self.team_id = self.owner.team_id if self.owner else None
            changes = self.changes()
        if not changes and kind == "changed":
            return
        seen, self.version, self.updated_at = self.version, self.version + 1, timezone.now()
        names = {name.partition(".")[0] for name in changes} | {"version", "updated_at"}
        values = {
            field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields if field.name in names
        }
        if not type(self).objects.filter(pk=self.pk, version=seen).update(**values):
            self.version = seen
            raise Conflict(type(self).objects.get(pk=self.pk))
        self._remember()
        self._forget_computed()
        write(self, kind, changes=changes, data=data)
        records_written.send(type(self), records=[self], changed=set(changes))

    def _remember(self) -> None:
        """What is stored now, in the types it will be read back in: an amount given as 5 comes back as 5.00."""
        self._read = {
            field.attname: getattr(self, field.attname)
            if field.is_relation
            else field.to_python(getattr(self, field.attname))
            for field in self._meta.concrete_fields
            if not field.generated
        }
        self._read["custom"] = dict(self.custom or {})

    def _forget_computed(self) -> None:
        """What the database computes of other fields is read anew, by whoever asks for it."""
        for field in self._meta.concrete_fields:
            if field.generated:
                self.__dict__.pop(field.attname, None)

    def journal(self, kind: str, **data: Any) -> Entry:
        """An entry that changes no field: a call, a note, something sent."""
        return write(self, kind, data=data)

    @verb(_("Move to trash"), when="is_alive", bulk=True, icon="trash-2", may="delete", done=_("Moved to the trash"))
    def trash(self) -> None:
        with transaction.atomic():
            self._set_trashed(timezone.now(), "trashed")

    @verb(_("Restore"), when="is_trashed", icon="archive-restore", may="delete", done=_("Restored"))
    def restore(self) -> None:
        with transaction.atomic():
            self._set_trashed(None, "restored")

    def _set_trashed(self, when: Any, kind: str, data: dict | None = None) -> None:
        before, self.trashed_at = self.trashed_at, when
        seen, self.version = self.version, self.version + 1
        updated = type(self).objects.filter(pk=self.pk, version=seen).update(trashed_at=when, version=self.version)
        if not updated:
            self.version, self.trashed_at = seen, before
            raise Conflict(type(self).objects.get(pk=self.pk))
        write(self, kind, changes={"trashed_at": [plain(before), plain(when)]}, data=data)
        records_written.send(type(self), records=[self], changed={"trashed_at"})

    def erase(self) -> None:
        """Removes the record for good. Its entries stay, with the title they were written with."""
        with transaction.atomic():
            write(self, "erased")
            records_written.send(type(self), records=[self], changed={"erased"})
            self.delete()

    def note(self, text: str) -> Entry:
        return self.journal("noted", text=text)

    def inherit_history_of(self, other: Record) -> None:
        """All that happened to `other` also belongs on this record's timeline from now on."""
        own = Entry.objects.filter(record_type=other.record_type, record_id=other.pk)
        linked = Entry.objects.filter(links__record_type=other.record_type, links__record_id=other.pk)
        have = set(
            Link.objects.filter(record_type=self.record_type, record_id=self.pk).values_list("entry_id", flat=True)
        )
        Link.objects.bulk_create(
            [
                Link(entry_id=key, at=at, record_type=self.record_type, record_id=self.pk)
                for key, at in own.union(linked).values_list("pk", "at")
                if key not in have
            ],
            batch_size=500,
        )

    def take_back(self, changes: dict[str, list[Any]]) -> list[str]:
        """Puts fields back to what they were, except those somebody changed since; returns the names of those."""
        kept = []
        for name, (before, after) in changes.items():
            base, _dot, key = name.partition(".")
            if base == "custom":
                now = (self.custom or {}).get(key)
                if now != after:
                    kept.append(name)
                else:
                    self.custom = {**self.custom, key: before}
                continue
            field = self._meta.get_field(name)
            if plain(getattr(self, field.attname)) != after:  # type: ignore[union-attr]
                kept.append(name)
            else:
                setattr(self, field.attname, revive(field, before))  # type: ignore[union-attr,arg-type]
        return kept


__all__ = ["Conflict", "Record", "RecordQuerySet", "Refused", "listed", "records_written", "verb"]
