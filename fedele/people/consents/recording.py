"""Writing down what somebody said. The only door: screen, public page, API, import and merge all come through here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fedele.base.verbs import Refused
from fedele.journal.acting import acting
from fedele.people.consents.addresses import hashes_of, sharing
from fedele.people.consents.models import Consent, Suppression
from fedele.people.consents.purposes import purposes
from fedele.people.consents.standing import serialise, settle
from fedele.people.consents.words import ANY, PERSONAL, Channel, Said, Source

#: A refusal is looked for on so many records with the same address at a time.
CHUNK = 500


def latest() -> int:
    """The last thing anybody said. Who is shown a form keeps it, so that a refusal in between is not overlooked."""
    return int(Consent.objects.aggregate(last=Max("pk"))["last"] or 0)


def record_answer(
    record: Any,
    channels: Iterable[str],
    said: str,
    *,
    purpose: str = ANY,
    source: str,
    at: dt.datetime | None = None,
    seen: int | None = None,
    told: bool = True,
    **details: Any,
) -> list[Consent]:
    """What the person or company of `record` said of these channels. Returns the rows, one a channel.

    `details`: text, note, proof, proof_name, evidence. `seen`: what `latest()` was when the person was asked; a consent
    never ends a refusal it could not know of. Raises Refused for a consent to everything, or to what is not used.
    """
    channels, at = list(dict.fromkeys(map(str, channels))), at or timezone.now()
    _check(channels, said, purpose, at)
    seen = latest() if seen is None else seen
    with transaction.atomic():
        serialise()
        rows = [_row(record, channel, said, purpose, source, at, seen, details) for channel in channels]
        if (text := details.get("text")) is not None and said == Said.GIVEN:
            text.use()
        _spread(record, rows)
        if told:
            _tell(record, rows)
    return rows


def _check(channels: Sequence[str], said: str, purpose: str, at: dt.datetime) -> None:
    from django.utils.translation import gettext as _

    if not channels or any(one not in Channel.values for one in channels) or said not in Said.values:
        raise Refused(_("Say which channel it is about."))
    if at > timezone.now() + dt.timedelta(minutes=5):
        raise Refused(_("This day is yet to come."))
    if purpose != ANY and purpose not in purposes():
        raise Refused(_("There is no such purpose."))
    if said == Said.GIVEN and purpose == ANY:
        raise Refused(_("A consent is given for one purpose. Choose it."))
    if said == Said.GIVEN and any(not purposes()[purpose].basis(channel) for channel in channels):
        raise Refused(_("This purpose does not use that channel."))


def _row(
    record: Any, channel: str, said: str, purpose: str, source: str, at: dt.datetime, seen: int, details: dict[str, Any]
) -> Consent:
    return Consent.objects.create(
        record_type=record.record_type, record_id=record.pk, channel=channel, said=said, purpose=purpose, source=source,
        at=at, entered_by=acting().user, overrides=said == Said.GIVEN and _follows(record, channel, purpose, source, at, seen),
        **details,
    )  # fmt: skip


def _follows(record: Any, channel: str, purpose: str, source: str, at: dt.datetime, seen: int) -> bool:
    """Does this consent come from the person, after every refusal so far and knowing of it?"""
    if source not in PERSONAL:
        return False
    own = Consent.objects.filter(
        record_type=record.record_type, record_id=record.pk, channel=channel, purpose__in=(purpose, ANY)
    ).exclude(said=Said.GIVEN)
    address = Suppression.objects.filter(
        hash__in=hashes_of(record, channel), channel=channel, purpose__in=(purpose, ANY), refuses=True
    )
    refusals = [*own.values_list("pk", "at"), *address.values_list("consent_id", "at")]
    return all(known <= seen and when < at for known, when in refusals)


def _spread(record: Any, rows: Sequence[Consent]) -> None:
    """The address follows the person: what is refused here is refused wherever the address stands."""
    touched = []
    for row in rows:
        if row.refuses or row.overrides:
            suppress(
                record, row.channel, row.purpose, refuses=row.refuses, at=row.at, source=row.source, consent_id=row.pk
            )
            touched.append(row.channel)
    settle(type(record), [record])
    for channel in dict.fromkeys(touched):
        settle_all_with(record, channel)


def suppress(record: Any, channel: str, purpose: str, *, refuses: bool = True, **details: Any) -> None:
    Suppression.objects.bulk_create(
        Suppression(hash=one, channel=channel, purpose=purpose, refuses=refuses, **details)
        for one in hashes_of(record, channel)
    )


def settle_all_with(record: Any, channel: str) -> None:
    """All records of whatever type with an address of this one, trashed ones too: they may come back."""
    from fedele.people.consents.people import keepers

    for model in keepers():
        shared = sharing(model, record, channel)
        if shared is None:
            continue
        found = model.objects.filter(shared)
        if model is type(record):
            found = found.exclude(pk=record.pk)
        ids = list(found.order_by().values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            settle(model, list(model.objects.filter(pk__in=ids[start : start + CHUNK])))


def _tell(record: Any, rows: Sequence[Consent]) -> None:
    first = rows[0]
    record.journal(
        "agreed" if first.said == Said.GIVEN else "declined",
        channels=",".join(row.channel for row in rows),
        purpose=first.purpose,
        way=first.source,
        consents=[row.pk for row in rows],
    )


def carry(source: Any, heir: Any) -> None:
    """What was said as `source` also holds for `heir`, with its own day: after a conversion or a merge."""
    rows = list(Consent.objects.filter(record_type=source.record_type, record_id=source.pk).order_by("id"))
    with transaction.atomic():
        serialise()
        # A consent that had ended a refusal does so here as well, unless this record refused something itself.
        free = (
            not Consent.objects.filter(record_type=heir.record_type, record_id=heir.pk)
            .exclude(said=Said.GIVEN)
            .exists()
        )
        for row in rows:
            Consent.objects.create(
                record_type=heir.record_type, record_id=heir.pk, purpose=row.purpose, channel=row.channel, said=row.said,
                text=row.text, source=Source.OTHER_RECORD, at=row.at, entered_by=row.entered_by, proof=row.proof.name,
                proof_name=row.proof_name, note=row.note, overrides=row.overrides and free, evidence={"consent": row.pk},
            )  # fmt: skip
        settle(type(heir), [heir])
