"""What the telephone system tells: somebody calls, somebody answered, it is over. Told twice, it happened once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fedele.calendar.activities.kinds import Kind
from fedele.calendar.activities.logging import attach
from fedele.calendar.activities.models import Activity
from fedele.inbox.calls.models import Call, Extension, Ring
from fedele.journal.acting import act_as
from fedele.notices.telling import tell
from fedele.people.identity.phones import clean_phone, show_phone
from fedele.records.fields import fields_of
from fedele.records.registry import registry
from fedele.search import find

#: Whose numbers are looked at, and how many of one number are kept.
CALLERS = ("contact", "company", "lead")
MOST = 8


def ring(call_id: str, number: str, to: Iterable[str], at: dt.datetime) -> Call:
    """A new call on the screens it is for; the same again changes nothing."""
    clean = cleaned(number)
    with transaction.atomic():
        call, is_new = Call.objects.get_or_create(
            call_id=call_id, defaults={"number": clean, "to": list(to), "at": at, "callers": callers_of(clean)}
        )
        if is_new:
            Ring.objects.bulk_create([Ring(call=call, user=one, at=call.received_at) for one in reached_at(call.to)])
    return call


def cleaned(number: str) -> str:
    """What is no telephone number, such as «anonymous», is kept as it came and known to nobody."""
    try:
        return clean_phone(number).partition(";")[0]
    except ValidationError:
        return number.strip()[:40]


def callers_of(number: str) -> list[list[Any]]:
    """The records with exactly this number, found through the search index; people before their companies."""
    if not number.startswith("+"):
        return []
    found: list[list[Any]] = []
    for hit in find(number, record_types=CALLERS, limit=50):
        known = registry.by_key(hit.record_type)
        record = known.model.objects.filter(pk=hit.record_id, trashed_at=None).first()
        phones = [one.value_of(record) for one in fields_of(known).values() if one.kind == "phone"] if record else []
        if number in {str(phone).partition(";")[0] for phone in phones if phone}:
            found.append([hit.record_type, hit.record_id])
    return sorted(found, key=lambda one: CALLERS.index(one[0]))[:MOST]


def reached_at(to: Iterable[str]) -> list[Any]:
    """Colleagues at these extensions, or with these e-mail addresses."""
    places = [one.strip() for one in to]
    at = Extension.objects.filter(number__in=places).values("user_id")
    mails = [one.lower() for one in places if "@" in one]
    wanted = Q(pk__in=at) | Q(email__in=mails)
    return list(get_user_model().objects.filter(wanted, is_active=True).order_by("pk"))


def answer(call: Call, by: str = "") -> None:
    people = reached_at([by]) if by else []
    with transaction.atomic():
        now = Call.objects.select_for_update().get(pk=call.pk)
        now.answered_at = now.answered_at or timezone.now()
        if now.taken_by_id is None and len(people) == 1:
            now.taken_by = people[0]
        now.save(update_fields=["answered_at", "taken_by"])


def end(call: Call) -> None:
    """Over. Whom nobody answered is called back: by whose customer it is, or by whom it rang for first."""
    with transaction.atomic():
        now = Call.objects.select_for_update().get(pk=call.pk)
        if now.ended_at is not None:
            return
        now.ended_at = timezone.now()
        if not now.is_answered:
            now.missed_id = _plan_calling_back(now)
        now.save(update_fields=["ended_at", "missed_id"])


def _plan_calling_back(call: Call) -> int | None:
    record = next(filter(None, (_record(*one) for one in call.callers)), None)
    owner = getattr(record, "owner", None)
    if owner is None or not owner.is_active:
        owner = next((one.user for one in call.rings.select_related("user").order_by("pk")), None)
    if owner is None or not (call.number or record):
        return None
    if record is not None and not owner.rights.covers(record):
        record = None
    with translation.override(owner.language or None), act_as(door="automation"):
        return _calling_back(call, owner, record).pk


def _calling_back(call: Call, owner: Any, record: Any) -> Activity:
    shown = show_phone(call.number) if call.number.startswith("+") else call.number
    clock = timezone.localtime(call.at).strftime("%H:%M")
    activity = Activity(kind=Kind.CALL, owner=owner, team=owner.team, due_on=timezone.localdate())
    activity.subject = _("Call back %(number)s, who called at %(time)s") % {"number": shown, "time": clock}
    if record is not None:
        attach(activity, record)
    activity.save()
    tell(owner, "call.missed", record=activity)
    return activity


def _record(key: str, pk: int) -> Any:
    known = registry.get(key)
    return known.model.objects.filter(pk=pk, trashed_at=None).select_related("owner").first() if known else None
