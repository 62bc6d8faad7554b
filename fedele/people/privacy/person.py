"""One person, in all the records that are known to be about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.merging.models import MergedRecord

#: Shorter texts are too common to be looked for elsewhere.
SHORTEST = 6
NAMES = ("email", "phone", "mobile", "tax_code")


@dataclass
class Person:
    """A contact with the leads it came from, or a lead that became nobody yet."""

    contacts: list[Contact] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)

    def __str__(self) -> str:
        return str(self.records[0])

    @property
    def records(self) -> list[Any]:
        return [*self.contacts, *self.leads]

    @property
    def main(self) -> Any:
        return self.records[0]

    @property
    def ids(self) -> dict[str, list[int]]:
        found = {"contact": [one.pk for one in self.contacts], "lead": [one.pk for one in self.leads]}
        return {key: ids for key, ids in found.items() if ids}

    @property
    def words(self) -> list[str]:
        """What others may have written of them: full name both ways round, addresses, numbers, tax code."""
        found: set[str] = set()
        for one in self.records:
            if one.first_name and one.last_name:
                found |= {f"{one.first_name} {one.last_name}", f"{one.last_name} {one.first_name}"}
            found |= {getattr(one, name, "") for name in NAMES}
            found |= {number.removeprefix("+39") for name in ("phone", "mobile") if (number := getattr(one, name, ""))}
        return sorted(word for word in found if len(word) >= SHORTEST)


def person_of(record_type: str, pk: int, user: Any, right: str = "view") -> Person:
    """Everything known to be this person. Raises Http404 for what is not there, or not for this user."""
    if record_type == "contact":
        contact = Contact.objects.visible_to(user, right).filter(pk=pk).first()
        if contact is None:
            raise Http404
        contacts = [contact, *merged_into(contact)]
        leads = list(Lead.objects.filter(contact__in=contacts).order_by("pk"))
        return Person(contacts, _with_merged(leads))
    if record_type != "lead":
        raise Http404
    lead = Lead.objects.visible_to(user, right).filter(pk=pk).select_related("contact").first()
    if lead is None:
        raise Http404
    if lead.contact is not None and not lead.contact.is_trashed:
        return person_of("contact", lead.contact_id, user, right)
    return Person([], _with_merged([lead]))


def merged_into(record: Any) -> list[Any]:
    """The records that went into this one: they lie beside the trash with all they said."""
    rows = MergedRecord.objects.filter(record_type=record.record_type, survivor_id=record.pk)
    return list(type(record).objects.filter(pk__in=rows.values("record_id")).order_by("pk"))


def _with_merged(leads: list[Lead]) -> list[Lead]:
    found = {one.pk: one for lead in leads for one in (lead, *merged_into(lead))}
    return list(found.values())
