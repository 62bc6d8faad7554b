"""Leads: names on their way to become customers, or not. Each passage of their life has its entry."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii as quoted

from fedele.demo import talk
from fedele.demo.contacts import Contact
from fedele.demo.naming import address
from fedele.demo.places import Place
from fedele.demo.products import Trade
from fedele.demo.sheets import Sheets
from fedele.demo.world import BLOCK, LISTS

#: As often as they happen.
_DEATHS = ("no_need", "no_need", "competitor", "unreachable", "wrong", "ceased", "refused")
IN_BLOCK = BLOCK
_PATHS = {
    "suspect": (), "lead": ("lead",), "hot": ("lead", "hot"), "cold": ("lead", "cold"), "dead": ("dead",),
    "converted": ("lead", "hot"),
}  # fmt: skip
_KINDS = {"lead": "qualified", "hot": "warmed", "cold": "cooled", "dead": "died"}


class Lead:
    __slots__ = (
        "company_name", "contact", "converted", "created", "death", "email", "entries", "id", "interest", "job", "list",
        "mobile", "note", "owner", "phone",
        "place", "since", "source", "stage", "team", "trade", "updated", "version", "website", "who",
    )  # fmt: skip
    who: Contact | None
    contact: Contact | None

    def __init__(self, created: int, source: str, place: Place, trade: Trade) -> None:
        self.created = self.since = self.updated = created
        self.source, self.place, self.trade = source, place, trade
        self.stage, self.death, self.version = "suspect", "", 1
        self.contact, self.converted = None, 0
        #: Which of the lists that were loaded it was on.
        self.list: int | None = None
        self.entries: list[tuple[int, str]] = []

    @property
    def number(self) -> str:
        return f"NO-{self.id:05}"

    @property
    def title(self) -> str:
        return self.who.name if self.who else self.company_name


def live(sheets: Sheets, lead: Lead, fate: str) -> None:
    """Tells how the lead came and what became of it until today."""
    _tell_origin(sheets, lead)
    path = _PATHS[fate]
    if fate == "dead" and sheets.random.random() < 0.5:
        path = ("lead", "dead")
    latest = lead.converted or sheets.days.end
    for stage in path:
        patience = 30 if stage in ("cold", "dead") else 12
        moment = sheets.days.later(sheets.random, lead.since, sheets.random.random() * patience)
        if moment >= latest - 3_600:
            break
        _pass(sheets, lead, stage, moment)
    if lead.owner and sheets.random.random() < 0.3:
        moment = sheets.days.later(sheets.random, lead.since, sheets.random.random() * 8)
        if moment < latest - 1_800:
            text = talk.about_lead(sheets, lead)
            lead.entries.append(sheets.note(moment, "lead", lead.id, lead.title, text, by=lead.owner))


def _tell_origin(sheets: Sheets, lead: Lead) -> None:
    anna = sheets.world.people["anna"][0]
    if lead.list is not None:
        data = f'{{"source": "{LISTS[lead.list][1]}", "line": {lead.id + 1}}}'
        told = sheets.tell(
            lead.created, "lead.created", lead.id, lead.title, by=anna, door="import", data=data,
            batch=sheets.world.batch + 3 + lead.list,
        )  # fmt: skip
    elif lead.source in ("web", "newsletter"):
        told = sheets.tell(lead.created, "lead.created", lead.id, lead.title, by=None, door="system")
    else:
        by = anna if lead.source in ("press", "event", "email") else lead.owner or anna
        told = sheets.tell(lead.created, "lead.created", lead.id, lead.title, by=by)
    lead.entries.append(told)


def _pass(sheets: Sheets, lead: Lead, stage: str, moment: int) -> None:
    days, before = sheets.days, lead.stage
    data = f'{{"from": "{before}", "to": "{stage}"}}'
    changes = f'"stage": ["{before}", "{stage}"], "stage_since": ["{days.iso(lead.since)}", "{days.iso(moment)}"]'
    if stage == "dead":
        lead.death = sheets.pick(_DEATHS)
        changes += f', "dead_reason": ["", "{lead.death}"]'
        data = f'{{"from": "{before}", "to": "{stage}", "reason": "{lead.death}"}}'
    by = lead.owner or sheets.world.people["anna"][0]
    lead.stage, lead.since, lead.updated, lead.version = stage, moment, moment, lead.version + 1
    told = sheets.tell(moment, f"lead.{_KINDS[stage]}", lead.id, lead.title, by=by, changes=f"{{{changes}}}", data=data)
    lead.entries.append(told)


def convert(sheets: Sheets, lead: Lead, contact: Contact, opportunity: str, amount: int, batch: int) -> None:
    """Tells the conversion; company, contact and opportunity were told by who made them, in the same batch."""
    days, company, before = sheets.days, contact.company, lead.stage
    for heir, key in (("company", company.id), ("contact", contact.id)):
        sheets.link(lead.entries, heir, key)
    now = days.iso(lead.converted)
    changes = (
        f'{{"stage": ["{before}", "converted"], "stage_since": ["{days.iso(lead.since)}", "{now}"], '
        f'"company": [null, {company.id}], "contact": [null, {contact.id}], "converted_at": [null, "{now}"]}}'
    )
    wanted = f'{{"name": {quoted(opportunity)}, "amount": "{amount}"}}'
    told = sheets.tell(
        lead.converted, "lead.converted", lead.id, lead.title, by=lead.owner, changes=changes, batch=batch,
        data=f'{{"company": {quoted(company.name)}, "opportunity": {wanted}}}',
        links=(("company", company.id), ("contact", contact.id)),
    )  # fmt: skip
    lead.entries.append(told)
    lead.stage, lead.contact, lead.version = "converted", contact, lead.version + 1
    lead.since = lead.updated = lead.converted


def write_lead(sheets: Sheets, lead: Lead) -> None:
    days, who, contact, place = sheets.days, lead.who, lead.contact, lead.place
    sheets.rows["people_lead"].append((
        lead.id, lead.number, lead.owner, lead.team, lead.version, days.stamp(lead.created), days.stamp(lead.updated),
        lead.stage,
        days.stamp(lead.since), lead.death, contact.company.id if contact else None, contact.id if contact else None,
        days.stamp(lead.converted) if contact else None, who.first_name if who else "", who.last_name if who else "",
        lead.company_name, lead.job,
        lead.email, lead.phone, lead.mobile, lead.website, lead.trade.name, lead.source, lead.interest, lead.note,
        address(sheets, place) if sheets.random.random() < 0.4 else "", place.postcode, place.city, place.province,
        place.country,
    ))  # fmt: skip
