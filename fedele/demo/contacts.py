"""Contacts: the people in the companies, what they do there, and what they decide."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING

from fedele.demo.companies import Company
from fedele.demo.days import DAY
from fedele.demo.digits import mobile, tax_code
from fedele.demo.names import FRENCH, GERMAN, MEN, SURNAMES, WOMEN
from fedele.demo.places import Place
from fedele.demo.sheets import Sheets
from fedele.demo.world import BLOCK, OLD_PEOPLE, people_in
from fedele.people.identity.characters import fold

if TYPE_CHECKING:
    from fedele.demo.leads import Lead

#: Who decides, by the size of the company; and who else one talks to, with their part in decisions.
_HEADS = {
    "micro": ("Titolare", "Titolare", "Socio"),
    "small": ("Titolare", "Amministratore unico", "Socio", "Amministratore delegato"),
    "medium": ("Amministratore delegato", "Direttore generale", "Direttore di stabilimento"),
    "large": ("Direttore operativo", "Direttore di stabilimento"),
}  # fmt: skip
_HELPERS = (
    ("Responsabile acquisti", "buys"), ("Responsabile produzione", "influences"),
    ("Responsabile manutenzione", "uses"), ("Capo officina", "uses"),
    ("Ufficio acquisti", "buys"), ("Amministrazione", ""), ("Responsabile qualità", "influences"),
    ("Direttore tecnico", "decides"),
    ("Progettista", "influences"), ("Responsabile finanziario", "blocks"), ("Responsabile logistica", "influences"),
    ("Segreteria", ""),
)  # fmt: skip
_HEADS_ABROAD = {
    "FR": ("Directeur général", "Gérant"),
    "AT": ("Geschäftsführer",),
    "DE": ("Geschäftsführer",),
    "CH": ("Direktor", "Direttore"),
}
_HELPERS_ABROAD = {"FR": "Responsable achats", "AT": "Einkaufsleiter", "DE": "Einkaufsleiter", "CH": "Leiter Einkauf"}
_CHANNELS = ("phone", "phone", "email", "email", "visit", "event", "webinar", "")
IN_BLOCK = sum(people_in(BLOCK))


class Contact:
    __slots__ = (
        "company",
        "created",
        "decision",
        "email",
        "first_name",
        "id",
        "job",
        "last_name",
        "lead",
        "mobile",
        "name",
        "phone",
        "woman",
    )
    company: Company
    created: int
    id: int
    #: The lead this person was, if any.
    lead: Lead | None

    def __init__(self, first_name: str, last_name: str, woman: bool) -> None:
        self.first_name, self.last_name, self.woman, self.lead = first_name, last_name, woman, None
        self.name = f"{first_name} {last_name}"

    @property
    def dear(self) -> str:
        """As a colleague speaks of them: «la sig.ra Rinaldi»."""
        return f"la sig.ra {self.last_name}" if self.woman else f"il sig. {self.last_name}"


def person(sheets: Sheets, place: Place, surname: str = "") -> Contact:
    """Somebody of that place, of that family when one is given."""
    woman = sheets.random.random() < 0.33
    if place.country == "IT":
        return Contact(sheets.pick(WOMEN if woman else MEN), surname or sheets.pick(SURNAMES), woman)
    names = FRENCH if place.country == "FR" else GERMAN
    return Contact(sheets.pick(names[1 if woman else 0]), surname or sheets.pick(names[2]), woman)


def first_contact(sheets: Sheets, company: Company) -> Contact:
    """Who decides; in small companies it is the family whose name the company has."""
    if company.known:
        first_name, last_name, woman, job = company.known.people[0]
        return settle(sheets, Contact(first_name, last_name, woman), company, job, "decides", company.created)
    family = (
        company.brand.removeprefix("F.lli ")
        if company.size in ("micro", "small") and company.brand in _FAMILIES
        else ""
    )
    head = person(sheets, company.place, family)
    jobs = _HEADS[company.size] if company.place.country == "IT" else _HEADS_ABROAD[company.place.country]
    return settle(sheets, head, company, _in_gender(sheets.pick(jobs), head.woman), "decides", company.created)


def further_contact(sheets: Sheets, company: Company, number: int) -> Contact:
    if company.known and number < len(company.known.people):
        first_name, last_name, woman, job = company.known.people[number]
        return settle(sheets, Contact(first_name, last_name, woman), company, job, "influences", company.created)
    who = person(sheets, company.place)
    job, decision = sheets.pick(_HELPERS)
    if company.place.country != "IT":
        job, decision = _HELPERS_ABROAD[company.place.country], "buys"
    return settle(sheets, who, company, _in_gender(job, who.woman), decision, company.created)


_FAMILIES = frozenset(SURNAMES) | {f"F.lli {surname}" for surname in SURNAMES} | {*GERMAN[2], *FRENCH[2]}
_FEMININE = {
    "Socio": "Socia", "Amministratore unico": "Amministratrice unica",
    "Amministratore delegato": "Amministratrice delegata",
    "Direttore generale": "Direttrice generale", "Direttore di stabilimento": "Direttrice di stabilimento",
    "Direttore operativo": "Direttrice operativa", "Direttore tecnico": "Direttrice tecnica",
    "Geschäftsführer": "Geschäftsführerin",
    "Directeur général": "Directrice générale", "Gérant": "Gérante", "Einkaufsleiter": "Einkaufsleiterin",
    "Direktor": "Direktorin", "Direttore": "Direttrice",
}  # fmt: skip


def _in_gender(job: str, woman: bool) -> str:
    return _FEMININE.get(job, job) if woman else job


def settle(sheets: Sheets, who: Contact, company: Company, job: str, decision: str, created: int) -> Contact:
    """Gives a person a place in a company."""
    who.company, who.job, who.decision, who.created = company, job, decision, created
    who.email = f"{fold(who.first_name)}.{fold(who.last_name)}@{company.domain}"
    who.phone = company.phone if sheets.random.random() < 0.5 else ""
    who.mobile = mobile(sheets.random) if sheets.random.random() < 0.72 and company.place.country == "IT" else ""
    company.contacts.append(who)
    return who


def tell_origin(sheets: Sheets, who: Contact) -> None:
    """The entry of somebody who came with the old archive or was typed in."""
    company, links = who.company, (("company", who.company.id),)
    if company.old and who.created == company.created:
        data = f'{{"source": "{OLD_PEOPLE}", "line": {who.id + 1}}}'
        sheets.tell(
            who.created, "contact.created", who.id, who.name, by=sheets.world.people["sara"][0], door="import", data=data,
            batch=sheets.world.batch + 2, links=links,
        )  # fmt: skip
    else:
        sheets.tell(who.created, "contact.created", who.id, who.name, by=company.owner, links=links)


def write_contact(sheets: Sheets, who: Contact) -> None:
    """The row of a contact and, of most who decide, their place in the company."""
    company, place, random = who.company, who.company.place, sheets.random
    italian = place.country == "IT"
    code = (
        tax_code(random, who.first_name, who.last_name, who.woman, place) if italian and random.random() < 0.06 else ""
    )
    stamp = sheets.days.stamp(who.created)
    sheets.rows["people_contact"].append((
        who.id, f"CO-{who.id:05}", company.owner, company.team, 1, stamp, stamp, who.first_name, who.last_name,
        company.id, who.job, who.email,
        who.phone, who.mobile, code, sheets.pick(_CHANNELS), "it" if italian else "", place.postcode, place.city,
        place.province, place.country,
    ))  # fmt: skip
    if who.decision and random.random() < 0.5:
        since = sheets.days.isos[who.created // DAY] if random.random() < 0.3 else None
        sheets.rows["people_role"].append((who.id, company.id, who.job, who.decision, since))


def write_second_role(sheets: Sheets, who: Contact, company: Company, moment: int) -> None:
    """The same person also works for another company: an adviser, a partner, somebody of the group."""
    job = sheets.pick(("Consulente di produzione", "Socio", "Consigliere", "Responsabile tecnico"))
    sheets.rows["people_role"].append((who.id, company.id, job, "influences", sheets.days.isos[moment // DAY]))
    sheets.tell(
        moment,
        "contact.took_role",
        who.id,
        who.name,
        by=company.owner,
        links=(("company", who.company.id),),
        data=f'{{"company": {quoted(company.name)}, "job": "{job}"}}',
    )
