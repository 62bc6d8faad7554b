"""Where a record can be reached by each channel, and the keyed hashes by which an address is known again."""

from __future__ import annotations

import hmac
from typing import Any

from django.conf import settings
from django.db.models import Q

from fedele.people.consents.words import Channel
from fedele.people.identity.characters import fold

#: Fields in which an address may stand; who changes one of them is looked up anew.
FIELDS = frozenset({"email", "phone", "mobile", "street", "postcode", "last_name", "name"})


def keys_of(record: Any, channel: str) -> list[str]:
    """The addresses of a record that a channel uses, each in the one way it is compared."""
    if channel in (Channel.EMAIL, Channel.TRACKING):
        return _emails(record)
    if channel in (Channel.PHONE, Channel.MESSAGE):
        return _phones(record)
    if channel == Channel.POST:
        return _postal(record)
    return [*_emails(record), *_phones(record)]


def has_address(record: Any, channel: str) -> bool:
    if channel == Channel.MESSAGE:
        return bool(getattr(record, "mobile", record.phone))
    return bool(keys_of(record, channel))


def _emails(record: Any) -> list[str]:
    return [f"email:{record.email.lower()}"] if record.email else []


def _phones(record: Any) -> list[str]:
    numbers = {record.phone, getattr(record, "mobile", "")} - {""}
    return sorted(f"phone:{number.partition(';')[0]}" for number in numbers)


def _postal(record: Any) -> list[str]:
    name = getattr(record, "last_name", "") or getattr(record, "company_name", "") or getattr(record, "name", "")
    if not (record.street and record.postcode and name):
        return []
    return [f"post:{fold(name)}|{fold(record.street)}|{fold(record.postcode)}"]


def hash_of(key: str, secret: str = "") -> str:
    """64 hexadecimal digits. Who does not have the server's key cannot try addresses against it."""
    return hmac.digest(f"suppression:{secret or settings.SECRET_KEY}".encode(), key.encode(), "sha256").hex()


def hashes_of(record: Any, channel: str) -> list[str]:
    """Under the key of today and under those before it: a change of the key revives nobody."""
    return _hashed(keys_of(record, channel))


def all_hashes(record: Any) -> set[str]:
    """Of every address of a record, each worked out once: an import asks for hundreds of thousands."""
    return set(_hashed([*_emails(record), *_phones(record), *_postal(record)]))


def _hashed(keys: list[str]) -> list[str]:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hash_of(key, secret) for secret in secrets for key in keys]


def hashes_by_channel(record: Any) -> dict[str, list[str]]:
    return {str(channel): hashes_of(record, channel) for channel in Channel}


def sharing(model: Any, record: Any, channel: str) -> Q | None:
    """Records of `model` with one of the addresses; None when there can be none."""
    found = Q()
    names = {field.name for field in model._meta.concrete_fields}
    if channel in (Channel.EMAIL, Channel.TRACKING, Channel.PROFILING) and record.email:
        found |= Q(email=record.email)
    if channel in (Channel.PHONE, Channel.MESSAGE, Channel.PROFILING):
        for number in {record.phone, getattr(record, "mobile", "")} - {""}:
            plain = number.partition(";")[0]
            for name in names & {"phone", "mobile"}:
                # With or without an extension; the second is a range that the index of the column can find.
                found |= Q(**{name: plain}) | Q(**{f"{name}__gte": f"{plain};", f"{name}__lt": f"{plain}<"})
    if channel == Channel.POST and _postal(record):
        name = getattr(record, "last_name", "") or getattr(record, "company_name", "") or getattr(record, "name", "")
        spellings = {name, name.lower(), name.upper(), name.title(), name.capitalize()}
        for field in names & {"last_name", "company_name", "name"}:
            found |= Q(**{f"{field}__in": spellings}, postcode=record.postcode, trashed_at=None)
    return found or None
