"""Personal links: who holds one is the person, for what concerns being contacted. Signed, dated, revocable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import F

from fedele.people.consents.addresses import hash_of, hashes_of
from fedele.people.consents.models import PersonalLink
from fedele.people.consents.words import Channel
from fedele.records.merging.leading import survivor_of
from fedele.records.registry import registry

#: A mail is read and its link followed long after it was sent; a request to confirm is not.
LIFE, LIFE_OF_CONFIRMING = dt.timedelta(days=3 * 365), dt.timedelta(days=30)
_SALT, _SALT_OF_CONFIRMING = "fedele.consents.link", "fedele.consents.confirm"
LONGEST = 600


@dataclass(frozen=True)
class Asked:
    """What a link to confirm proves: this address asked for these channels of a purpose, under a text."""

    record: Any
    purpose: str
    channels: tuple[str, ...]
    text_id: int | None


def personal_url(record: Any) -> str:
    """The preference centre of a person, for the foot of a mail or a conversation."""
    return f"{settings.SITE_URL}/p/{token_of(record)}/"


def one_click_headers(record: Any) -> dict[str, str]:
    """What bulk mail carries in its head (RFC 8058), under its signature."""
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}/p/{token_of(record)}/unsubscribe/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def token_of(record: Any) -> str:
    return signing.dumps([record.record_type, record.pk, _generation(record.record_type, record.pk)], salt=_SALT)


def confirm_url(record: Any, purpose: str, channels: list[str], text_id: int | None = None) -> str:
    """For a mail to who asked on a form (double opt-in): only who reads that mailbox can say yes."""
    who = [record.record_type, record.pk, _generation(record.record_type, record.pk)]
    asked = [*who, hash_of(f"email:{record.email}")[:16], purpose, list(map(str, channels)), text_id]
    return f"{settings.SITE_URL}/p/{signing.dumps(asked, salt=_SALT_OF_CONFIRMING)}/confirm/"


def person_of(token: str) -> Any | None:
    """The living record a link is about; None for a forged, expired or revoked one, and for one whose person is gone."""
    return _record(_read(token, _SALT, LIFE, 3))


def asked_by(token: str) -> Asked | None:
    said = _read(token, _SALT_OF_CONFIRMING, LIFE_OF_CONFIRMING, 7)
    record = _record(said[:3]) if said else None
    if record is None or not said:
        return None
    mailbox, purpose, channels, text_id = said[3:]
    if mailbox not in (one[:16] for one in hashes_of(record, Channel.EMAIL)):
        return None
    return Asked(record, str(purpose), tuple(map(str, channels)), text_id)


def revoke(record: Any) -> None:
    """All links of this person so far are dead; the next one made is a new one."""
    PersonalLink.objects.get_or_create(record_type=record.record_type, record_id=record.pk)
    PersonalLink.objects.filter(record_type=record.record_type, record_id=record.pk).update(
        generation=F("generation") + 1
    )


def _read(token: str, salt: str, life: dt.timedelta, length: int) -> list[Any] | None:
    if len(token) > LONGEST:
        return None
    try:
        said = signing.loads(token, salt=salt, max_age=life)
    except signing.BadSignature:
        return None
    return said if isinstance(said, list) and len(said) == length else None


def _record(said: list[Any] | None) -> Any | None:
    record_type = registry.get(str(said[0])) if said else None
    if record_type is None or not said:
        return None
    if _generation(record_type.key, said[1]) != said[2]:
        return None
    # Who was merged since is found where they are now.
    now = survivor_of(record_type.key, said[1]) or said[1]
    return record_type.model.objects.filter(pk=now, trashed_at=None).first()


def _generation(record_type: str, record_id: int) -> int:
    rows = PersonalLink.objects.filter(record_type=record_type, record_id=record_id)
    return rows.values_list("generation", flat=True).first() or 0
