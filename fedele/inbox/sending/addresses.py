"""Addresses as people type them into one line, and the people whose addresses are at hand."""

from __future__ import annotations

from email.utils import formataddr, getaddresses
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from fedele.inbox.messages.models import Message
from fedele.people.contacts.models import Contact

#: One letter to more people than these is a mailing.
MOST = 50
OFFERED = 12


def read_addresses(line: str) -> list[tuple[str, str]]:
    """(name, address) of each; ValidationError names the one that is none."""
    text = line.replace(";", ",").replace("\r", " ").replace("\n", " ").strip(" ,")
    if not text:
        return []
    found: dict[str, str] = {}
    for name, address in getaddresses([text]):
        try:
            validate_email(address)
        except ValidationError:
            wrong = {"address": address or name or text}
            raise ValidationError(_("“%(address)s” is not an e-mail address.") % wrong) from None
        found.setdefault(address.lower(), " ".join(name.split())[:120])
    if len(found) > MOST:
        raise ValidationError(_("At most %(n)s people; for more, make a mailing.") % {"n": MOST})
    return [(name, address) for address, name in found.items()]


def shown(people: Any) -> str:
    return ", ".join(formataddr((name, address)) if name else address for name, address in people)


def first_of(record: Any) -> list[tuple[str, str]]:
    """Whom a letter from this record's page is to."""
    for one in (record, getattr(record, "contact", None), getattr(record, "company", None)):
        if one is not None and getattr(one, "email", ""):
            return [(str(one), one.email)]
    return []


def offered(record: Any, user: Any) -> list[tuple[str, str]]:
    """Further people of the same customer, to add with one click."""
    company = record if record.record_type == "company" else getattr(record, "company", None)
    if company is None or not user.rights.may("view", "contact") or user.rights.hides("contact", "email"):
        return []
    people = Contact.objects.visible_to(user).filter(company=company).exclude(email="").order_by("last_name", "pk")
    found = [(str(one), one.email) for one in people[:OFFERED]]
    return [*([(str(company), company.email)] if company.email else []), *found]


def to_answer(message: Message, own: set[str], *, everybody: bool) -> tuple[list[Any], list[Any]]:
    """To whom an answer goes, and who gets a copy: never ourselves."""
    if message.is_ours:
        to, cc = message.recipients.get("to", []), message.recipients.get("cc", [])
    else:
        to = message.recipients.get("reply_to") or [[message.sender_name, message.sender]]
        cc = [*message.recipients.get("to", []), *message.recipients.get("cc", [])]
    known = {address.lower() for _name, address in to} | own
    others = [one for one in cc if one[1].lower() not in known]
    return [one for one in to if one[1].lower() not in own] or list(to), others if everybody else []
