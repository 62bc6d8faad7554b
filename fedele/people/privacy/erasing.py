"""Erasing a person: what says who it was goes, what the company must account for stays without a name (GDPR, article 17)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fedele.base.models import records_written
from fedele.base.verbs import Refused
from fedele.journal.redacting import GONE, cleaned, pattern_of, redact_own, redact_words
from fedele.journal.writing import write
from fedele.people.privacy.models import Erasure, PrivacyRequest
from fedele.people.privacy.person import Person, person_of
from fedele.people.privacy.sweeping import sweep
from fedele.records.exchange.checked import Chunk
from fedele.records.exchange.models import Import
from fedele.records.merging.models import MergedRecord
from fedele.records.registry import registry
from fedele.search import index
from fedele.tasks.jobs import job
from fedele.tasks.progress import Progress

#: Who erases is shown so many records in which the person is mentioned.
SHOWN = 50
#: Texts of a person's record that say who it is, or may.
TEXTS = (models.CharField, models.TextField)
#: Kept: they say nothing about a person, and figures are counted by them.
KEPT = frozenset({"number", "stage", "source", "province", "country", "sector", "language", "dead_reason"})


#: What a concept does before the name is gone, such as remembering a refusal: functions of a Person.
_before: list[Callable[[Person], Any]] = []


def before_erasing(act: Callable[[Person], Any]) -> Callable[[Person], Any]:
    _before.append(act)
    return act


@dataclass
class Preview:
    """What erasing would do, in counts and in the records concerned."""

    goes: list[tuple[str, int]] = field(default_factory=list)
    #: (what, how many, why it stays)
    stays: list[tuple[str, int, str]] = field(default_factory=list)
    #: Other records that name the person in their texts.
    mentions: list[tuple[Any, str]] = field(default_factory=list)
    #: Imports at work that hold the person: erasing waits for them.
    running: list[Import] = field(default_factory=list)


def preview(person: Person) -> Preview:
    from fedele.people.privacy.holding import entries_about, related

    found = Preview(running=running_imports(person), mentions=list(mentions(person))[:SHOWN])
    found.goes = [
        (_("names, addresses and numbers in their own records"), len(person.records)),
        (_("lines of the history, of which only day and kind remain"), entries_about(person).count()),
        (_("files of imports that brought them"), imports_with(person).exclude(file="").count()),
        (_("mentions in texts of other records"), len(found.mentions)),
    ]
    because = _("figures and papers of the company must stay; they no longer say who it was")
    found.stays = [(name, len(rows), because) for name, rows in related(person)]
    return found


@job(retries=3)
def run(progress_id: int, kind: str, pk: int) -> None:
    """Erases one person as a job: all texts of the house are read for the name, which takes its time where there are millions."""
    with Progress.working(progress_id) as progress:
        try:
            erase(person_of(kind, pk, progress.user), progress.user)
        except Refused as refused:
            progress.fail(str(refused))
            return
        progress.finish()


def erase(person: Person, user: Any) -> Erasure:
    """For good. Raises `Refused` while an import that holds the person is at work.

    In one transaction; the list of the erased beside the database is written before it ends, so that no restored backup can know
    more than the company is allowed to.
    """
    words = person.words
    with transaction.atomic():
        for one in person.records:
            type(one).objects.select_for_update().filter(pk=one.pk).first()
        if running := running_imports(person):
            message = _("The import “%(name)s” is still running and holds this person: wait for it, or stop it first.")
            raise Refused(message % {"name": running[0].name})
        for act in _before:
            act(person)
        for one in person.records:
            MergedRecord.objects.filter(record_type=one.record_type, record_id=one.pk).update(title=GONE)
        counts = Counter(files=_drop_files(person), mentions=_clean_mentions(person), rows=sweep(words))
        # Last: the writes before may have told the journal what they took out.
        with translation.override(settings.LANGUAGE_CODE):
            erased = [_blank(one) for one in person.records]
        for key, ids in person.ids.items():
            counts["entries"] += redact_own(key, ids)
        counts["entries"] += redact_words(words)
        for one in erased:
            write(one, "forgotten")
        rows = [_remember(one, user, dict(counts)) for one in erased]
        if request := _asked_for(person):
            request.fulfil()
        keep_list([(one.record_type, one.pk) for one in erased])
        forget_words.enqueue()
    return rows[0]


def _asked_for(person: Person) -> PrivacyRequest | None:
    """The open request this answers, if it was checked who asks."""
    ids = person.ids
    of = models.Q(contact_id__in=ids.get("contact", ())) | models.Q(lead_id__in=ids.get("lead", ()))
    return PrivacyRequest.objects.filter(of, trashed_at=None, state="open", kind="erasure").exclude(identity="").first()


@job()
def forget_words() -> None:
    """Soon after, so that a page does not wait for an index of millions to be tidied."""
    index.forget_removed()


def _blank(record: Any) -> Any:
    """The record without anything that says who it was. Written past the journal, which must not keep what it takes out."""
    values: dict[str, Any] = {"custom": {}, "updated_at": timezone.now(), "version": models.F("version") + 1}
    for one in record._meta.concrete_fields:
        if isinstance(one, TEXTS) and one.name not in KEPT and not one.primary_key and not one.choices:
            values[one.name] = "" if not one.null else None
        elif isinstance(one, models.DateField) and one.name.startswith("born"):
            values[one.name] = None
    values["last_name"] = _("Erased person %(number)s") % {"number": record.number or record.pk}
    model = type(record)
    model.objects.filter(pk=record.pk).update(**values)
    fresh = model.objects.get(pk=record.pk)
    records_written.send(
        model, records=[fresh], changed={name for name in values if name not in ("version", "updated_at")}
    )
    return fresh


def imports_with(person: Person) -> models.QuerySet[Import]:
    """Imports that made or changed one of the records."""
    from fedele.people.privacy.holding import entries_about

    batches = entries_about(person).exclude(batch=None).values("batch_id")
    return Import.objects.filter(batch_id__in=batches)


def running_imports(person: Person) -> list[Import]:
    at_work = (Import.State.RUNNING, Import.State.UNDOING)
    return list(imports_with(person).filter(state__in=at_work)[:3])


def _drop_files(person: Person) -> int:
    """Nobody can take one line out of a spreadsheet for certain; the result of the import stays without its file.

    Nor without what its check had found, which stands compressed where no search for words can read it.
    """
    count = 0
    Chunk.objects.filter(source__in=imports_with(person)).delete()
    for source in imports_with(person).exclude(file=""):
        file = source.file.name
        transaction.on_commit(lambda storage=source.file.storage, name=file: storage.delete(name))
        count += 1
    return count


def mentions(person: Person) -> Any:
    """(record, field) of other records whose texts name the person: at most as many as anybody would read."""
    own = {(one.record_type, one.pk) for one in person.records}
    words = person.words
    pattern = pattern_of(words)
    if pattern is None:
        return
    for record_type in registry:
        names = [
            one.name for one in record_type.model._meta.concrete_fields if isinstance(one, TEXTS) and not one.choices
        ]
        wanted = models.Q()
        for name in names:
            for word in words:
                wanted |= models.Q(**{f"{name}__icontains": word})
        for record in record_type.model.objects.filter(wanted)[:500]:
            if (record.record_type, record.pk) not in own:
                yield from ((record, name) for name in names if pattern.search(getattr(record, name) or ""))


def _clean_mentions(person: Person) -> int:
    pattern = pattern_of(person.words)
    count = 0
    for record, name in mentions(person):
        text = cleaned(getattr(record, name), pattern)
        longest = record._meta.get_field(name).max_length
        type(record).objects.filter(pk=record.pk).update(**{name: text[:longest] if longest else text})
        fresh = type(record).objects.get(pk=record.pk)
        records_written.send(type(record), records=[fresh], changed={name})
        count += 1
    return count


def _remember(record: Any, user: Any, counts: dict[str, int]) -> Erasure:
    row, _made = Erasure.objects.update_or_create(
        of_type=record.record_type,
        of_id=record.pk,
        defaults={"number": record.number or "", "actor": user, "counts": counts, "at": timezone.now()},
    )
    return row


def list_path() -> Path:
    """Beside the database, not in it: a backup from before an erasure must not bring the person back."""
    return Path(settings.DATA_DIR) / "erased.jsonl"


def keep_list(records: list[tuple[str, int]]) -> None:
    """Adds to the list of the erased: types and numbers only."""
    with list_path().open("a", encoding="utf-8") as file:
        for record_type, pk in records:
            file.write(
                json.dumps({"record_type": record_type, "record_id": pk, "at": timezone.now().isoformat()}) + "\n"
            )


def erase_again(path: Path) -> int:
    """After a backup was restored: everybody on the list who is back is erased anew. Returns how many."""
    count = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        record = _of(row["record_type"], row["record_id"])
        already = Erasure.objects.filter(of_type=row["record_type"], of_id=row["record_id"]).exists()
        if record is not None and not already and record.created_at.isoformat() <= row["at"]:
            person = Person([record], []) if row["record_type"] == "contact" else Person([], [record])
            erase(person, None)
            count += 1
    return count


def _of(record_type: str, pk: int) -> Any:
    found = registry.get(record_type)
    return found.model.objects.filter(pk=pk).first() if found else None
