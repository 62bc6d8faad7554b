"""What the rows of a file came from: a list of names, chosen, made on the spot, or none."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from fedele.journal.acting import act_as
from fedele.records.declare import RecordType
from fedele.records.exchange.models import Import
from fedele.records.page.forms import RecordForm
from fedele.records.registry import registry

#: Answers besides the id of a record.
NONE, NEW = "none", "new"
#: Records offered to choose from, the last ones first.
OFFERED = 100


def type_of(record_type: RecordType) -> RecordType | None:
    """The type of the records that rows of this type come from."""
    name = record_type.exchange.provenance
    return registry.get(record_type.model._meta.get_field(name).related_model._meta.model_name) if name else None


def offered(origin: RecordType, user: Any) -> list[tuple[int, str]]:
    """The last ones this user sees."""
    records = origin.model.objects.visible_to(user).order_by("-created_at", "-pk")[:OFFERED]
    return [
        (record.pk, " · ".join(part for part in (str(record), origin.second_line(record)) if part))
        for record in records
    ]


def form_for(origin: RecordType, user: Any) -> RecordForm | None:
    """A new one from the few fields of its short form; None for who may not make one."""
    if not user.rights.may("create", origin.key):
        return None
    record = origin.model(owner_id=user.pk, team_id=user.team_id)
    return RecordForm(origin, record, user, origin.form.quick)


def answer(origin: RecordType, user: Any, data: QueryDict) -> tuple[int | None, RecordForm | None]:
    """(id, form): the id of what was chosen or made, 0 for none, None when nothing was said; the form if it has problems.

    ValidationError for an answer that does not exist.
    """
    said = data.get("provenance", "")
    if said == NEW:
        return _made(origin, user, data)
    if said == NONE:
        return 0, None
    if not said:
        return None, None
    if said.isdigit() and len(said) < 19 and origin.model.objects.visible_to(user).filter(pk=int(said)).exists():
        return int(said), None
    raise ValidationError(_("Choose where the names come from."))


def take_origin(source: Import, data: QueryDict) -> RecordForm | None:
    """Keeps what was said of where the rows come from; the form of a new one that has problems. Nothing said, nothing changes."""
    origin = type_of(registry.by_key(source.record_type))
    if origin is None or not source.user.rights.may("view", origin.key):
        source.provenance = 0
        return None
    try:
        said, form = answer(origin, source.user, data)
    except ValidationError:
        said, form = None, None
    if said is not None:
        source.provenance = said
    return form


def is_to_be_said(source: Import) -> bool:
    """Is an answer missing without which nothing new comes in?"""
    return registry.by_key(source.record_type).exchange.provenance_required and source.provenance is None


def origin_context(origin: RecordType | None, user: Any, said: Any, form: RecordForm | None = None) -> dict[str, Any]:
    """What the question for the origin is drawn from; without an origin it is not asked."""
    if origin is None or not user.rights.may("view", origin.key):
        return {"origin": None}
    form = form or form_for(origin, user)
    return {
        "origin": origin, "origins": offered(origin, user), "origin_said": str(said), "origin_form": form,
    }  # fmt: skip


def _made(origin: RecordType, user: Any, data: QueryDict) -> tuple[int | None, RecordForm | None]:
    form = form_for(origin, user)
    if form is None:
        raise ValidationError(_("Choose where the names come from."))
    own = QueryDict(mutable=True)
    for name in form.fields:
        if f"origin-{name}" in data:
            own.setlist(name, data.getlist(f"origin-{name}"))
    form.read(own)
    if not form.check():
        return None, form
    with transaction.atomic(), act_as(user, door="import"):
        form.save()
    return form.record.pk, None


def record_of(source: Import) -> Any:
    """The one chosen, if it is still there."""
    if not source.provenance:
        return None
    origin = type_of(registry.by_key(source.record_type))
    return origin.model.objects.filter(pk=source.provenance).first() if origin else None


def vendor_of(source: Import) -> str:
    """Whom files with the same columns are expected from again; "" when there is nobody."""
    record = record_of(source)
    return str(getattr(record, "vendor", "") or "") if record is not None else ""
