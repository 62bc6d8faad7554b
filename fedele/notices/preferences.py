"""How each person wants to hear of each kind of notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fedele.notices.kinds import Kind, kinds
from fedele.notices.models import Preference


@dataclass(frozen=True)
class Choice:
    kind: Kind
    in_app: bool
    email: str
    push: bool

    @property
    def is_wanted(self) -> bool:
        return self.in_app or self.push or self.email != "none"


def choices_of(user: Any) -> list[Choice]:
    """Every kind of notice this user can get, with what applies now."""
    chosen = {preference.kind: preference for preference in Preference.objects.filter(user=user)}
    return [_choice(kind, chosen.get(kind.key)) for kind in kinds.values() if _concerns(user, kind)]


def choices_for(kind: Kind, user_ids: Iterable[int]) -> dict[int, Choice]:
    user_ids = list(user_ids)
    chosen = {one.user_id: one for one in Preference.objects.filter(kind=kind.key, user__in=user_ids)}
    return {user_id: _choice(kind, chosen.get(user_id)) for user_id in user_ids}


def choice_of(user: Any, kind: Kind) -> Choice:
    return choices_for(kind, [user.pk])[user.pk]


def choose(user: Any, kind: Kind, *, in_app: bool, email: str, push: bool) -> None:
    chosen = {"in_app": in_app, "email": email, "push": push}
    Preference.objects.update_or_create(user=user, kind=kind.key, defaults=chosen)


def _choice(kind: Kind, preference: Preference | None) -> Choice:
    if preference is None:
        return Choice(kind, True, kind.default_email, kind.default_push)
    return Choice(kind, preference.in_app, preference.email, preference.push)


def _concerns(user: Any, kind: Kind) -> bool:
    """A kind about records of a type this user never sees is not offered."""
    from fedele.records.registry import registry

    return kind.record_type not in registry or user.rights.may("view", kind.record_type)
