"""What the API does for any record type; endpoints.py hangs these on addresses."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from fedele.access.sights import saw
from fedele.base.models import Conflict
from fedele.base.verbs import verb_of
from fedele.journal.models import Entry
from fedele.journal.sentences import sentence_of
from fedele.records.api.values import as_json, put
from fedele.records.assigning import assign, is_assigned
from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from fedele.records.filtering import BadFilter
from fedele.records.likeness import Likeness, likeness_of
from fedele.records.merging.joining import check_number, merge
from fedele.records.merging.leading import merged_into, missing
from fedele.records.query import ListQuery
from fedele.records.registry import registry


class Refusal(Exception):
    """An answer that is not a success: status, words, and words by field."""

    def __init__(
        self,
        status: int,
        detail: Any,
        fields: dict[str, list[str]] | None = None,
        current: Any = None,
        alike: list[Likeness] | None = None,
        more: dict[str, Any] | None = None,
    ) -> None:
        self.status, self.detail, self.fields, self.current = status, str(detail), fields or {}, current
        #: What a department's own address tells besides.
        self.more = more or {}
        #: Because of what it is perhaps the same as.
        self.alike = alike or []
        super().__init__(self.detail)


def permitted(user: Any, right: str, record_type: RecordType) -> None:
    if not user.rights.may(right, record_type.key):
        raise Refusal(403, _("Your roles do not allow this."))


def page_of(record_type: RecordType, request: HttpRequest) -> dict[str, Any]:
    permitted(request.user, "view", record_type)
    try:
        query = ListQuery.read(record_type, request.user, request.GET, strict=True)
        rows, after = query.page(paths=())
    except BadFilter as error:
        raise Refusal(400, error.message) from error
    ids = [row[0] for row in rows]
    records = {record.pk: record for record in record_type.model.objects.filter(pk__in=ids)}
    count = query.count()
    return {
        "items": [as_json(record_type, records[key], query.fields) for key in ids if key in records],
        "after": after,
        "count": count,
        "count_is_exact": not query.says_more_than(count),
    }


def one(record_type: RecordType, user: Any, pk: int, right: str = "view") -> Any:
    """The record, or 404 for what the user may not even see (`Led` if it was merged), 403 for what they may not do."""
    record = record_type.model.objects.visible_to(user).filter(pk=pk).first() if 0 < pk < 2**63 else None
    if record is None:
        raise missing(record_type, pk, user)
    if not user.rights.covers(record, right):
        raise Refusal(403, _("You may see this record but not do this to it."))
    return record


def shown(record_type: RecordType, record: Any, user: Any) -> dict[str, Any]:
    saw(user, record_type.key, record.pk)
    return as_json(record_type, record, fields_of(record_type, user))


def create(
    record_type: RecordType, user: Any, given: dict[str, Any], refuse_duplicates: bool = False
) -> tuple[Any, list[Likeness]]:
    """The record, and what it is perhaps the same as: nothing is in the way of it unless the caller wants that."""
    permitted(user, "create", record_type)
    record = record_type.model()
    if "owner" not in given:
        record.put({"owner": user})
    problems = put(record_type, record, given, user)
    check(record_type, record, problems)
    # Who names nobody leaves it to the rules.
    by_rules = record.owner_id is None and is_assigned(record_type.key)
    if not by_rules and not user.rights.covers(record, "create"):
        raise Refusal(403, _("You may only create records of your own."))
    alike = likeness_of(record_type.key, [record], user)[0]
    if alike and refuse_duplicates:
        raise Refusal(409, _("There are possible duplicates: nothing was created."), alike=alike)
    with transaction.atomic():
        if by_rules:
            assign(record_type.key, [record], user)
        record.save()
    return record, alike


def told(alike: list[Likeness]) -> list[dict[str, Any]]:
    """Possible duplicates as JSON, the likest first."""
    return [
        {
            "type": one.record_type,
            "id": one.record_id,
            "title": one.title,
            "url": registry.by_key(one.record_type).url(one.record_id),
            "score": round(one.score, 3),
            "certain": one.is_sure,
            "reasons": one.reasons,
        }
        for one in alike
    ]


def change(record_type: RecordType, user: Any, pk: int, given: dict[str, Any]) -> Any:
    record = one(record_type, user, pk, "edit")
    if given["version"] != record.version:
        raise Refusal(409, _("Somebody else saved this record meanwhile."), current=shown(record_type, record, user))
    problems = put(record_type, record, given, user)
    check(record_type, record, problems)
    try:
        record.save()
    except Conflict as conflict:
        current = shown(record_type, conflict.theirs, user)
        raise Refusal(409, _("Somebody else saved this record meanwhile."), current=current) from conflict
    return record


def check(record_type: RecordType, record: Any, problems: dict[str, list[str]]) -> None:
    try:
        # The stage of a new opportunity and the like are settled when it is saved.
        unset = [
            f.name
            for f in record._meta.concrete_fields
            if not f.editable
            or f.name in problems
            or (f.is_relation and getattr(record, f.attname) is None and f.blank)
        ]
        record.full_clean(exclude=unset, validate_constraints=False)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            problems.setdefault("" if name == NON_FIELD_ERRORS else name, []).extend(messages)
    if problems:
        raise Refusal(422, _("Some values are not right."), fields=problems)


def do(record_type: RecordType, user: Any, pk: int, name: str, given: dict[str, Any]) -> Any:
    """A verb, with the same form, predicate and right as on the screen."""
    described = verb_of(record_type.model, name)
    record = one(record_type, user, pk, described.may)
    arguments: dict[str, Any] = {}
    if described.form:
        form = import_string(described.form)(given)
        if not form.is_valid():
            raise Refusal(
                422,
                _("Some values are not right."),
                fields={key: list(map(str, found)) for key, found in form.errors.items()},
            )
        arguments = form.cleaned_data
    with transaction.atomic():
        getattr(record, name)(**arguments)
    return record_type.model.objects.get(pk=pk)


def merge_into(record_type: RecordType, user: Any, given: dict[str, Any]) -> Any:
    """Merges `others` into `survivor`; each may be 404 or 403 by itself."""
    permitted(user, "edit", record_type)
    permitted(user, "delete", record_type)
    ids = [given.get("survivor", 0), *given.get("others", ())]
    check_number(ids)
    records = [one(record_type, user, pk, "delete" if place else "edit") for place, pk in enumerate(ids)]
    unknown = [name for name in given.get("fields") or {} if name not in fields_of(record_type, user)]
    if unknown:
        raise Refusal(422, _("Some values are not right."), {name: [_("There is no such field.")] for name in unknown})
    versions = {int(key): version for key, version in (given.get("versions") or {}).items() if key.isdecimal()}
    batch = merge(
        user, records[0], records[1:], given.get("fields"), versions=versions, confirmed=given.get("confirmed", False)
    )
    return {
        "record": shown(record_type, record_type.model.objects.get(pk=records[0].pk), user),
        "merged": ids[1:],
        "batch": batch.pk,
    }


def journal_of(record_type: RecordType, user: Any, pk: int, before: int | None) -> dict[str, Any]:
    record = one(record_type, user, pk)
    merged = [led.record_id for led in merged_into(record)]
    entries = Entry.objects.about(record_type.key, pk, *merged).order_by("-id")
    if before:
        entries = entries.filter(pk__lt=before)
    found = list(entries[:51])
    seen = _readable(found, user) | {(record_type.key, key) for key in merged}
    return {
        "items": [_happening(entry, user) for entry in found[:50] if (entry.record_type, entry.record_id) in seen],
        "after": found[49].pk if len(found) > 50 else None,
    }


def _readable(entries: list[Entry], user: Any) -> set[tuple[str, int]]:
    """The records among those of these entries that the user may see: one statement a type."""
    seen = set()
    for key in {entry.record_type for entry in entries}:
        record_type = registry.get(key)
        if record_type is not None:
            ids = {entry.record_id for entry in entries if entry.record_type == key}
            visible = record_type.model.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
            seen |= {(key, record_id) for record_id in visible}
    return seen


def _happening(entry: Entry, user: Any) -> dict[str, Any]:
    hidden = frozenset() if user.is_administrator else user.rights.hidden.get(entry.record_type, frozenset())
    changes = {name: pair for name, pair in entry.changes.items() if name not in hidden}
    # The sentence is made of the data: without what is hidden it says "…" there.
    told = {name: value for name, value in entry.data.items() if name not in hidden}
    return {
        "id": entry.pk,
        "at": entry.at,
        "kind": entry.kind,
        "actor": entry.actor_id,
        "changes": changes,
        "sentence": sentence_of(entry.kind, told),
        "data": {} if hidden else entry.data,
    }
