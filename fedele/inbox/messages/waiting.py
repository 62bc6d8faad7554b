"""Which mail waits for an answer, and of whom. Beside the menu entry, on Today and in the list it is the same number."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Thread


def waiting_for(user: Any) -> Any:
    """What was given to this person, and what nobody has taken in the mailboxes they read."""
    return Thread.objects.filter(_of(user), waiting_since__isnull=False, is_parked=False)


def waiting_for_others(user: Any) -> Any:
    """What this person sees and colleagues are to answer: given to one, or come to one about a customer of both."""
    found = Thread.objects.visible_to(user).filter(waiting_since__isnull=False, is_parked=False)
    return found.exclude(_of(user))


def _of(user: Any) -> Q:
    return Q(assigned_to=user) | Q(assigned_to=None, mailbox__in=Mailbox.objects.visible_to(user))
