"""Whose an address is: ours, or which of our records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from fedele.access.models import User
from fedele.inbox.mailboxes.models import Mailbox, Rule
from fedele.inbox.messages.models import Message
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead

#: Of so many records with one address the last is taken; nobody has more by right.
MOST = 20


def bare(address: str) -> str:
    """Without what stands after a plus: info+a1b2@aurora.example is info@aurora.example."""
    local, at, domain = address.partition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def colleague_of(address: str) -> User | None:
    """Who of us writes from there: by their own address, or by their mailbox."""
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        box = Mailbox.objects.filter(address=address, owner__is_active=True).select_related("owner").first()
        user = box.owner if box else None
    return user


def our_addresses() -> set[str]:
    """Of all mailboxes; mail from there is never a customer's."""
    found: set[str] = set()
    for address, aliases in Mailbox.objects.values_list("address", "aliases"):
        found |= {address, *(str(one).lower() for one in aliases)}
    return found


def is_ours(address: str) -> bool:
    return bool(address) and (bare(address) in our_addresses() or User.objects.filter(email=address).exists())


def customer_of(address: str) -> Any | None:
    """The contact, lead or company with this address; of several the one somebody wrote to or heard from last."""
    if not address:
        return None
    people: list[Any] = list(Contact.objects.filter(email=address, trashed_at=None).order_by("-updated_at")[:MOST])
    people += Lead.objects.filter(email=address, trashed_at=None).exclude(stage="dead").order_by("-updated_at")[:MOST]
    if len(people) > 1:
        last = (
            Message.objects.filter(Q(contact__isnull=False) | Q(lead__isnull=False), sender=address)
            .order_by("-at")
            .first()
        )
        known = [one for one in people if last and one.pk in (last.contact_id, last.lead_id)]
        people = known or [one for one in people if isinstance(one, Contact)] or people
    return _converted(people[0]) if people else _company_of(address)


def _converted(person: Any) -> Any:
    """A lead that became a customer writes as one."""
    if isinstance(person, Lead):
        return person.contact or person.company or person
    return person


def _company_of(address: str) -> Company | None:
    found = Company.objects.filter(email=address, trashed_at=None).order_by("-updated_at").first()
    return found or Company.objects.filter(pec=address, trashed_at=None).order_by("-updated_at").first()


def customers_among(addresses: Iterable[str]) -> Any | None:
    """The first of several receivers who is a customer."""
    ours = our_addresses()
    return next((found for one in addresses if bare(one) not in ours and (found := customer_of(one)) is not None), None)


def rule_for(sender: str) -> str:
    """What was decided of this sender or of all of their domain: "ignore", "person", "" for nothing."""
    domain = f"@{sender.rpartition('@')[2]}"
    rules = dict(
        Rule.objects.filter(sender__in=(sender, domain), does__in=("ignore", "person")).values_list("sender", "does")
    )
    return rules.get(sender) or rules.get(domain) or ""
