"""What this department knows of a customer: who they are, whom to speak to, what was said last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fedele.journal.models import Entry
from fedele.journal.sentences import sentence_of
from fedele.people.consents.words import Channel, Stand
from fedele.people.contacts.models import Contact
from fedele.people.handovers.briefing import Line, Lines, adds_briefing, is_handing_over
from fedele.people.identity.phones import show_phone
from fedele.records.page.telling import tell
from fedele.records.registry import registry

EVENTS, NOTES = 5, 3
CHANNELS = (Channel.EMAIL, Channel.PHONE, Channel.POST)
#: What a company has to say of itself, in this order, as far as it was filled in.
PROFILE = ("business", "needs", "purchase_habits", "payment_habits")


@adds_briefing("company", "lead", "contact", label=_("In short"), order=10, phone=85)
def in_short(records: Sequence[Any], _reader: Any) -> Lines:
    found = {}
    for record in records:
        first = [
            record.place,
            getattr(record, "sector", ""),
            show_phone(getattr(record, "call_number", "")),
            record.email,
        ]
        lines = [" · ".join(str(one) for one in first if one), str(getattr(record, "interest", "") or "")]
        known = [(name, str(getattr(record, name, "") or "")) for name in PROFILE]
        lines += [
            f"{str(record._meta.get_field(name).verbose_name).capitalize()}: {text}" for name, text in known if text
        ]
        found[record.pk] = [*lines, str(record.notes or "")]
    return found


@adds_briefing("company", label=_("Whom to speak to"), order=20, phone=90)
def people(records: Sequence[Any], reader: Any) -> Lines:
    found: Lines = defaultdict(list)
    url = registry.by_key("contact").url
    contacts = Contact.objects.visible_to(reader).filter(company__in=[record.pk for record in records])
    for one in contacts.order_by("company_id", "last_name", "pk"):
        parts = (str(one), one.job, show_phone(one.call_number), one.email)
        found[one.company_id].append(Line(" · ".join(part for part in parts if part), url(one.pk)))
    return found


@adds_briefing("company", "lead", "contact", label=_("Consents"), order=45)
def consents(records: Sequence[Any], reader: Any) -> Lines:
    """What each said of being contacted; of a company also what its people said."""
    found: Lines = {record.pk: [line] if (line := _said(record)) else [] for record in records}
    companies = [record.pk for record in records if record.record_type == "company"]
    for one in Contact.objects.visible_to(reader).filter(company__in=companies).order_by("last_name", "pk"):
        if line := _said(one):
            found[one.company_id].append(f"{one}: {line}")
    return found


def _said(record: Any) -> str:
    stands = {one: getattr(record, f"{one}_marketing") for one in CHANNELS}
    return ", ".join(f"{Channel(one).label} {Stand(said).label}" for one, said in stands.items() if said)


@adds_briefing("company", "lead", "contact", label=_("Notes"), order=60, phone=75)
def notes(records: Sequence[Any], reader: Any) -> Lines:
    return {
        record.pk: [
            f"{_day(one.at)}, {one.actor}: {one.text}" if one.actor else f"{_day(one.at)}: {one.text}"
            for one in tell(_entries(record).filter(kind__endswith=".noted", undone_by=None)[:NOTES], record, reader)
        ]
        for record in records
    }


@adds_briefing("company", "lead", "contact", label=_("What happened last"), order=70)
def last_events(records: Sequence[Any], reader: Any) -> Lines:
    """Of other records only those the reader may see, or will have."""
    return {record.pk: _events(record, reader) for record in records}


def _events(record: Any, reader: Any) -> list[str]:
    entries = _entries(record).exclude(kind__endswith=".noted")[: 2 * EVENTS]
    if is_handing_over():
        known = [one for one in entries if reader.rights.may("view", one.record_type)]
        lines = [f"{_day(one.at)}: {one.title} – {sentence_of(one.kind, one.data)}" for one in known]
    else:
        lines = [f"{_day(one.at)}: {one.other or record} – {one.sentence}" for one in tell(entries, record, reader)]
    return lines[:EVENTS]


def _entries(record: Any) -> Any:
    return Entry.objects.about(record.record_type, record.pk).order_by("-at", "-id")


def _day(at: Any) -> str:
    return date_format(timezone.localdate(at), "SHORT_DATE_FORMAT")
