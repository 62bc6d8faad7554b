"""A lead out of a mail: the name from the sender, company and phone from the signature, the text as what they ask."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from fedele.inbox.filing.telling import tell_received
from fedele.inbox.filing.threads import take_places
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message
from fedele.people.identity.personal_names import split_name
from fedele.people.identity.phones import clean_phone, is_mobile
from fedele.people.leads.models import Lead, Source
from fedele.records.assigning import assign

#: Mailboxes of people, not of their firms.
PROVIDERS = frozenset(
    "gmail.com googlemail.com outlook.com outlook.it hotmail.com hotmail.it live.com live.it msn.com yahoo.com "
    "yahoo.it ymail.com libero.it virgilio.it inwind.it iol.it alice.it tim.it tin.it tiscali.it fastwebnet.it "
    "aruba.it email.it icloud.com me.com mac.com protonmail.com proton.me gmx.com gmx.net gmx.de pec.it "
    "legalmail.it".split()
)
_FIRM = re.compile(
    r"\b(?:s\.?\s?r\.?\s?l\.?(?:s\.?)?|s\.?\s?p\.?\s?a\.?|s\.?\s?n\.?\s?c\.?|s\.?\s?a\.?\s?s\.?|soc\. ?coop\.?"
    r"|gmbh|ltd\.?|inc\.?|s\.?a\.?r\.?l\.?)(?![a-z])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\+|00)?\d[\d \-./()]{6,18}\d")
#: What is asked, as far as it fits the lead's page; the mail itself stands on the timeline.
MOST_TEXT = 4000


def is_provider(address: str) -> bool:
    return address.rpartition("@")[2] in PROVIDERS


def proposed(message: Message) -> dict[str, str]:
    """The fields of the lead this mail would become."""
    first, last = split_name(message.sender_name) if message.sender_name else ("", "")
    phones = _phones(message.signature or message.text)
    return {
        "first_name": first[:80],
        "last_name": last[:80],
        "company_name": _firm(message),
        "email": message.sender,
        "phone": next((one for one in phones if not is_mobile(one)), ""),
        "mobile": next((one for one in phones if is_mobile(one)), ""),
        "interest": message.subject[:200],
        "notes": message.text[:MOST_TEXT],
    }


def _firm(message: Message) -> str:
    """By a line of the signature with a legal form; else by the domain, unless that is a provider's."""
    line = next(
        (one.strip(" -–|*") for one in message.signature.split("\n") if _FIRM.search(one) and len(one) < 100), ""
    )
    domain = message.sender.rpartition("@")[2]
    if line or not domain or domain in PROVIDERS:
        return line[:300]
    labels = domain.split(".")
    return labels[-2].replace("-", " ").title() if len(labels) > 1 else ""


def _phones(text: str) -> list[str]:
    found = []
    for match in _NUMBER.finditer(text[-2000:]):
        try:
            found.append(clean_phone(match[0], "IT"))
        except ValidationError:
            continue
    return list(dict.fromkeys(one for one in found if one))


def make_lead(message: Message, user: Any, **given: Any) -> Lead:
    """Assigned by the rules unless somebody is named; the mail stands on it, and its owner hears of it."""
    lead = Lead(source=Source.EMAIL, **{**proposed(message), **given})
    if lead.owner_id is None:
        assign("lead", [lead], user)
        # Whom no rule gives to anybody is whose hands it is in, so that they can open what they made.
        lead.owner = lead.owner or user
    lead.save()
    file_on(message, lead)
    return lead


def file_on(message: Message, record: Any) -> None:
    """The message, and with it its thread, on a record; what waited there with it goes along."""
    together = [
        message,
        *message.thread.messages.exclude(pk=message.pk).filter(state__in=(State.PARKED, State.IGNORED)),
    ]
    for one in together:
        one.place_on(record)
        one.state = State.FILED
        one.notes.pop("why", None)
        one.save(update_fields=["company", "contact", "lead", "about_type", "about_id", "state", "notes"])
    thread = message.thread
    take_places(thread, message)
    thread.is_parked = False
    thread.save(update_fields=["company", "contact", "lead", "about_type", "about_id", "is_parked"])
    for one in sorted(together, key=lambda each: each.at):
        tell_received(one)
