"""One act on many records: change a field, do a verb. Always one batch, so that it can be taken back as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from fedele.base.models import Conflict, Refused
from fedele.base.verbs import verb_of
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.journal.writing import open_batch
from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from fedele.records.merging.leading import survivor_of
from fedele.records.notices import tell_new_owner
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.tasks.models import Progress

#: From here on a job does it, with a progress page.
AS_A_JOB = 200
CHUNK = 200


@dataclass
class Done:
    batch: Batch | None = None
    changed: int = 0
    #: (record id, why) of those left alone.
    skipped: list[tuple[int, str]] = field(default_factory=list)


def do_now(record_type: RecordType, user: Any, title: str, order: dict[str, Any]) -> Done:
    """Does it at once. What to do is a verb with its arguments, or values for fields."""
    arguments = arguments_of(record_type, order["verb"], order["arguments"]) if order["verb"] else {}
    values = values_of(record_type, order["values"], user) if order["values"] else {}
    done = Done(open_batch("bulk", record_type=record_type.key, title=title))
    with act_as(user, batch=done.batch), transaction.atomic():
        for chunk in _chunks(order["ids"]):
            _do_chunk(record_type, chunk, order["verb"], arguments, values, user, done)
    tell_new_owner(values.get("owner"), record_type, done.changed, actor=user, batch=done.batch)
    return done


def _do_chunk(
    record_type: RecordType,
    ids: list[int],
    verb: str,
    arguments: dict[str, Any],
    values: dict[str, Any],
    user: Any,
    done: Done,
) -> None:
    if not verb:
        good = list(_passing(record_type, ids, values, user, done))
        done.changed += record_type.model.objects.filter(pk__in=good).bulk_change(**values)
        return
    described = verb_of(record_type.model, verb)
    related = [
        f.name for f in record_type.model._meta.concrete_fields if f.is_relation and f.name in record_type.related()
    ]
    for record in record_type.model.objects.filter(pk__in=ids).select_related(*related):
        _do_one(record, described, arguments, user, done)


def _passing(record_type: RecordType, ids: list[int], values: dict[str, Any], user: Any, done: Done) -> Iterable[int]:
    """Checks the new values against the rest of each record, without a query per row."""
    names = [name for name in values if not name.startswith("custom.")]
    exclude = [f.name for f in record_type.model._meta.concrete_fields if f.name not in names]
    for record in record_type.model.objects.filter(pk__in=ids):
        if not user.rights.covers(record, "edit"):
            done.skipped.append((record.pk, _("no permission")))
            continue
        record.put(values)
        try:
            record.clean_fields(exclude=exclude)
            record.clean()
        except ValidationError as error:
            done.skipped.append((record.pk, "; ".join(error.messages)))
        else:
            yield record.pk


def _do_one(record: Any, described: Any, arguments: dict[str, Any], user: Any, done: Done) -> None:
    if not user.rights.covers(record, described.may):
        done.skipped.append((record.pk, _("no permission")))
        return
    if not described.applies_to(record):
        done.skipped.append((record.pk, _("does not apply")))
        return
    try:
        with transaction.atomic():
            getattr(record, described.name)(**arguments)
        done.changed += 1
    except (Refused, Conflict, ValidationError) as refusal:
        done.skipped.append((record.pk, str(refusal)))


def _chunks(ids: list[int]) -> list[list[int]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]


def start_job(record_type: RecordType, user: Any, title: str, order: dict[str, Any]) -> Progress:
    """Does it later, with a progress page. The order, and to whom it goes, is written into the batch that undoes it."""
    batch = open_batch("bulk", record_type=record_type.key, title=title, data=order)
    return Progress.start(
        user,
        title,
        "bulk",
        total=len(order["ids"]),
        record_type=record_type.key,
        url=record_type.url(),
        job=run,
        args=(batch.pk,),
    )


@job()
def run(progress_id: int, batch_id: int) -> None:
    """A bulk act as a job; taken up again, it goes on after the last chunk that was stored."""
    with Progress.working(progress_id) as progress:
        batch = Batch.objects.get(pk=batch_id)
        order, user = batch.data, progress.user
        record_type = registry.by_key(order["record_type"])
        done = Done(batch)
        arguments = arguments_of(record_type, order["verb"], order["arguments"]) if order["verb"] else {}
        values = values_of(record_type, order["values"], user) if order["values"] else {}
        with act_as(user, door="screen", batch=batch):
            for chunk in _chunks(order["ids"][progress.done :]):
                with transaction.atomic():
                    before = done.changed, len(done.skipped)
                    _do_chunk(record_type, chunk, order["verb"], arguments, values, user, done)
                    progress.advance(
                        len(chunk), changed=done.changed - before[0], skipped=len(done.skipped) - before[1]
                    )
        tell_new_owner(values.get("owner"), record_type, progress.counts.get("changed", 0), actor=user, batch=batch)
        batch.data = {}
        batch.save(update_fields=["data"])
        progress.finish(url=f"/undo/batch/{batch.pk}/")


def arguments_of(record_type: RecordType, verb_name: str, data: Any) -> dict[str, Any]:
    """The cleaned arguments of a verb from what its form was given; ValidationError if they are wrong."""
    described = verb_of(record_type.model, verb_name)
    if not described.form:
        return {}
    form = import_string(described.form)(data)
    if not form.is_valid():
        raise ValidationError({name: list(errors) for name, errors in form.errors.items()})
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


def values_of(record_type: RecordType, raw: dict[str, Any], user: Any) -> dict[str, Any]:
    """Cleaned values of fields from what the form of a bulk change was given."""
    fields, values = fields_of(record_type, user), {}
    for name, given in raw.items():
        field = fields.get(name)
        if field is None or not field.editable:
            raise ValidationError(_("This field cannot be changed here."))
        if field.is_relation:
            values[name] = related_value(field, given, user)
        else:
            values[name] = field.clean(given)
    return values


def related_value(field: Any, given: Any, user: Any) -> Any:
    """The record a relation is to point at, if the user may see it."""
    if given in (None, ""):
        if field.required:
            raise ValidationError(_("This field is needed."))
        return None
    objects = field.target.objects
    if hasattr(field.target, "record_type"):
        objects = objects.visible_to(user)
    elif field.kind == "user":
        objects = objects.filter(is_active=True)
    text = str(given)
    found = objects.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None
    if found is None and text.isdecimal() and len(text) < 19 and hasattr(field.target, "record_type"):
        found = objects.filter(pk=survivor_of(field.target.record_type, int(text)) or 0).first()
    if found is None:
        raise ValidationError(_("This choice does not exist."))
    return found
