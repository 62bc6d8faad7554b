"""What becomes of a colleague: invited, changed, switched off and on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from fedele.access.administrators import keeping_an_administrator
from fedele.access.audit import audit, edited
from fedele.access.mailing import send_password_link
from fedele.access.models import User
from fedele.access.sessions import end_sessions
from fedele.base.verbs import Refused
from fedele.journal.acting import acting
from fedele.records.registry import registry
from fedele.setup.users.forms import UserForm, told


def invite(form: UserForm) -> User:
    """Stores a new user, who cannot sign in before they chose a password."""
    with transaction.atomic():
        user: User = form.save(commit=False)
        user.set_unusable_password()
        user.save()
        form.save_m2m()
        audit("user.invited", user, changes={name: ["", value] for name, value in told(user).items() if value})
        send_password_link.enqueue(user.pk, str(acting().user or "Fedele"))
    return user


def change(form: UserForm, before: dict[str, Any]) -> User:
    """Stores the changes. A new address ends all sessions: whoever read mail at the old one may no longer come in."""
    with keeping_an_administrator():
        user: User = form.save()
        if before["email"] != user.email:
            EmailAddress.objects.filter(user=user).delete()
            end_sessions(user)
        edited("user.edited", user, before, told(user))
    return user


def deactivate(user: User) -> None:
    """Ends every way in at once. What the user did and owns stays."""
    if user == acting().user:
        raise Refused(_("You cannot switch off yourself. Ask another administrator."))
    with keeping_an_administrator():
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_sessions(user)
        audit("user.deactivated", user)


def activate(user: User) -> None:
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        audit("user.activated", user)


def send_link(user: User) -> None:
    """A link to choose a password: an invitation for who was never here, otherwise for who forgot it."""
    invited = not user.has_usable_password() and user.last_login is None
    with transaction.atomic():
        audit("user.sent_link", user)
        send_password_link.enqueue(user.pk, str(acting().user or "Fedele") if invited else "")


def clear_factors(user: User) -> int:
    """For who lost phone and recovery codes. Returns how many were removed."""
    with transaction.atomic():
        removed, _kinds = Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
        audit("user.cleared_factors", user)
    return removed


@dataclass(frozen=True)
class Owned:
    label: Any
    count: int
    url: str


def owned_by(user: User) -> list[Owned]:
    """How many records of each type belong to `user`, with the list that shows them and can hand them over."""
    found = []
    for record_type in registry:
        count = record_type.model.objects.filter(owner=user, trashed_at=None).count()
        if count:
            found.append(Owned(record_type.plural, count, f"{record_type.url()}?f=owner.in:{user.pk}"))
    return found
