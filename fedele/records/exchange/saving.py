"""Mappings under a name: saved by one, chosen by all who bring in files of that kind."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.records.exchange.chosen import chosen_of, stored
from fedele.records.exchange.mapping import fold
from fedele.records.exchange.models import Import, SavedMapping
from fedele.records.exchange.targets import targets_of
from fedele.records.registry import registry

MOST = 200


def offered(record_type: str) -> list[tuple[int, str]]:
    return list(SavedMapping.objects.filter(record_type=record_type).values_list("pk", "name")[:MOST])


def save_as(source: Import, name: str) -> str:
    """Keeps the columns under a name, in place of what had that name; says what is wrong."""
    name = " ".join(name.replace("\0", "").split())[:100]
    if not name:
        return _("Give these columns a name to save them by.")
    told = {"mapping": source.mapping, "constants": source.constants, "user": source.user, "saved_at": timezone.now()}
    SavedMapping.objects.update_or_create(record_type=source.record_type, name=name, defaults=told)
    return ""


def use(source: Import, headers: list[str], said: Any) -> str:
    """Arranges the columns as they were saved, of those this file has and this user may bring in."""
    pk = int(said) if str(said).isdigit() and len(str(said)) < 19 else 0
    saved = SavedMapping.objects.filter(record_type=source.record_type, pk=pk).first()
    if saved is None:
        return _("Choose which saved columns to use.")
    targets = targets_of(registry.by_key(source.record_type), source.user)
    known = {fold(header): header for header in headers}
    chosen = {
        known[fold(header)]: one
        for header, one in chosen_of(saved.mapping).items()
        if fold(header) in known and one.field in targets
    }
    if not chosen:
        return _("“%(name)s” has none of the columns of this file.") % {"name": saved.name}
    source.mapping = stored(chosen)
    source.constants = {name: text for name, text in saved.constants.items() if name in targets}
    return ""
