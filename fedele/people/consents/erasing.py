"""What stays when a person is erased: that they do not want to be contacted, as hashes that name nobody."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from fedele.people.consents.models import Consent, Standing
from fedele.people.consents.recording import suppress
from fedele.people.consents.words import Stand


def keep_suppression(record: Any) -> int:
    """Before the addresses are gone: every refusal of the record is kept under their hashes. Returns how many.

    `record` is a lead, contact or company; call it for each record of the person.
    """
    refused = list(
        Standing.objects.filter(record_type=record.record_type, record_id=record.pk, stand=Stand.NO, by_address=False)
    )
    for row in refused:
        suppress(record, row.channel, row.purpose, at=row.at, source=row.source)
    return len(refused)


def forget_details(record: Any) -> None:
    """Takes notes, proofs and traces of the public page out of what the record said; that it was said, and when, stays."""
    rows = Consent.objects.filter(record_type=record.record_type, record_id=record.pk)
    for row in rows.exclude(proof=""):
        transaction.on_commit(lambda storage=row.proof.storage, name=row.proof.name: storage.delete(name))
    # Past the queryset that refuses changes: erasing is the one there is.
    models.QuerySet(Consent).filter(pk__in=rows.values("pk")).update(note="", proof="", proof_name="", evidence={})
