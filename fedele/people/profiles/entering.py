"""A line becomes an observation or an agreement, and what the company's own fields say of it follows."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.journal.writing import on, open_batch
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.profiles.kinds import FactKind, level_of
from fedele.people.profiles.models import Agreement, Observation, Side
from fedele.people.profiles.parsing import Line


def enter(user: Any, about: Any, line: Line, *, said_by: str = "", source: str = "") -> tuple[Any, Batch]:
    """Keeps the line as something said of `about`, a company, contact or lead; returns it and the batch that undoes it."""
    subject = {about.record_type: about, "said_by": said_by, "source": source, "owner": user, "team": user.team}
    if line.is_agreement:
        side = Side.THEM if line.kind == "theirs" else Side.US
        made: Any = Agreement(subject=line.text, side=side, formal=line.in_writing, due_on=line.until, **subject)
    else:
        made = Observation(kind=line.kind, text=line.text, valid_until=line.until, **subject)
    made.full_clean(exclude=["company", "contact", "lead", "owner", "team", "number"])
    with transaction.atomic():
        batch = open_batch("act", record_type=about.record_type, title=str(about)[:200])
        with act_as(user, batch=batch):
            made.save()
    return made, batch


@on("observation.created")
def bring_fields_up_to_date(entry: Entry) -> None:
    """The newest saying holds: where the company or the contact has a field for it, that follows, told in its own entry."""
    said = entry.record
    if said is None or _is_superseded(said):
        return
    company = _company_values(said)
    if company and said.company_id:
        _put(Company.objects.select_for_update(of=("self",)).get(pk=said.company_id), company)
    if said.contact_id and said.kind == FactKind.CHANNEL and (channel := _channel(said.text)):
        _put(Contact.objects.select_for_update(of=("self",)).get(pk=said.contact_id), {"preferred_channel": channel})


def _company_values(said: Observation) -> dict[str, Any]:
    match said.kind:
        case FactKind.SHARE:
            return {"share_of_wallet": int(said.value)} if said.value is not None else {}
        case FactKind.READINESS:
            level = level_of(said.text)
            return {"readiness": level} if level else {}
        case FactKind.POTENTIAL:
            level = level_of(said.text)
            return {"growth_potential": level} if level else {}
    return {}


def _is_superseded(said: Observation) -> bool:
    """Somebody wrote down today what was heard last year: what was heard since holds."""
    if said.noted_on >= timezone.localdate() or not said.company_id:
        return False
    newer = Observation.objects.filter(
        trashed_at=None, company_id=said.company_id, kind=said.kind, noted_on__gt=said.noted_on
    )
    return newer.exists()


def _put(record: Any, values: dict[str, Any]) -> None:
    record.put(values)
    record.save()


#: Words by which a preferred channel is told, in either language.
_CHANNELS = {
    "phone": ("telefon", "phone", "chiama", "call", "cell"), "email": ("mail", "posta elettronica"),
    "visit": ("visit", "persona"),
    "event": ("event", "fier"), "webinar": ("webinar", "online"), "post": ("posta", "letter"),
}  # fmt: skip


def _channel(text: str) -> str:
    said = text.casefold()
    return next((key for key, words in _CHANNELS.items() if any(word in said for word in words)), "")


@on("lead.converted")
def follow_lead(entry: Entry) -> None:
    """What was said of the lead is said of the company and the person it became; in the conversion's own batch."""
    lead = entry.record
    if lead is None or not (lead.company_id or lead.contact_id):
        return
    for model in (Observation, Agreement):
        said = model.objects.filter(lead=lead, trashed_at=None, company=None, contact=None)
        said.bulk_change(company=lead.company, contact=lead.contact)
