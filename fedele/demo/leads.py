"""Leads: names on their way to become customers, or not. Each passage of their life has its entry."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii as quoted

from fedele.demo import talk
from fedele.demo.companies import Company, seller
from fedele.demo.contacts import Contact, person
from fedele.demo.days import DAY
from fedele.demo.digits import landline, mobile
from fedele.demo.naming import address, domain_of, name_for
from fedele.demo.places import PLACES, Place
from fedele.demo.products import TRADES, Trade
from fedele.demo.sheets import Sheets
from fedele.demo.world import BLOCK, LISTS, list_before, list_days
from fedele.people.identity.characters import fold

#: Where leads that came to nothing yet stand today, and how long ago they came: (stage, share, days from, days to).
_FATES = (
    ("suspect", 0.33, 1, 120),
    ("lead", 0.21, 2, 100),
    ("hot", 0.09, 5, 70),
    ("cold", 0.17, 70, 700),
    ("dead", 0.20, 40, 1000),
)
_SOURCES = (
    ("list",) * 6 + ("fair",) * 5 + ("web",) * 5 + ("email", "email", "phone", "phone") + ("newsletter",) * 2
    + ("press", "referral", "referral", "event", "other")
)  # fmt: skip
_DEATHS = (
    ("no_need", "nessun bisogno"), ("no_need", "nessun bisogno"), ("competitor", "ha scelto un concorrente"),
    ("unreachable", "non raggiungibile"),
    ("wrong", "dati sbagliati"), ("ceased", "attività cessata"), ("refused", "ha chiesto di non essere più contattato"),
)  # fmt: skip
_JOBS = (
    "Titolare",
    "Titolare",
    "Responsabile acquisti",
    "Responsabile produzione",
    "Direttore tecnico",
    "Capo officina",
    "",
)
IN_BLOCK = BLOCK
_KINDS = {"lead": "qualified", "hot": "warmed", "cold": "cooled", "dead": "died"}


class Lead:
    __slots__ = (
        "company_name", "contact", "converted", "created", "death", "email", "entries", "id", "interest", "job",
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
        self.entries: list[tuple[int, str]] = []

    @property
    def number(self) -> str:
        return f"NO-{self.id:05}"

    @property
    def title(self) -> str:
        return self.who.name if self.who else self.company_name


def make_lead(sheets: Sheets, fate: str, ago: tuple[int, int]) -> Lead:
    """Somebody who came between so many days ago and so many, and whose company we do not know yet."""
    random, days = sheets.random, sheets.days
    day = max(1, days.count - random.randint(*ago))
    lead = Lead(days.at_work(random, day), sheets.pick(_SOURCES), sheets.pick(PLACES), sheets.pick(TRADES))
    _, lead.company_name, form = name_for(sheets, lead.place, lead.trade)
    domain = domain_of(sheets, lead.company_name, form, lead.place)
    _introduce(sheets, lead, person(sheets, lead.place) if random.random() < 0.9 else None, domain)
    lead.owner, lead.team = sheets.world.people[seller(sheets, lead.place)]
    if fate == "suspect" and random.random() < 0.3:
        lead.owner = lead.team = None
    return lead


def lead_of(sheets: Sheets, company: Company, who: Contact, converted: int) -> Lead:
    """The name that a company of ours was, some weeks before it was converted at `converted`."""
    random, days = sheets.random, sheets.days
    created = days.at_work(random, max(1, int(converted // DAY - 4 - random.random() ** 2 * 110)))
    lead = Lead(min(created, converted - 7_200), sheets.pick(_SOURCES), company.place, company.trade)
    lead.company_name, lead.converted = company.name, converted
    lead.owner, lead.team = company.owner, company.team
    _introduce(sheets, lead, who, company.domain)
    lead.email, lead.mobile = who.email, who.mobile
    return lead


def _introduce(sheets: Sheets, lead: Lead, who: Contact | None, domain: str) -> None:
    """The rest of the business card, and how it came in."""
    random = sheets.random
    lead.who, lead.job = who, sheets.pick(_JOBS) if who else ""
    local = f"{fold(who.first_name)}.{fold(who.last_name)}" if who else "info"
    lead.email = f"{local}@{domain}" if random.random() < 0.8 or not who else ""
    lead.phone = landline(random, lead.place) if random.random() < 0.7 else ""
    lead.mobile = mobile(random) if who and lead.place.country == "IT" and random.random() < 0.5 else ""
    lead.website = f"www.{domain}" if random.random() < 0.35 else ""
    lead.interest = sheets.pick(lead.trade.wants).name if random.random() < 0.75 else ""
    lead.note = talk.first_words(sheets, lead.source, lead.interest) if random.random() < 0.4 else ""
    number = list_before(sheets.days, lead.created // DAY) if lead.source in ("list", "fair") else None
    if number is not None and lead.created - list_days(sheets.days)[number] * DAY < 90 * DAY:
        # It came with the list loaded last; what follows happened afterwards.
        lead.created = lead.since = lead.updated = list_days(sheets.days)[number] * DAY + 35_000
    elif lead.source == "list":
        lead.source = "other"


def live(sheets: Sheets, lead: Lead, fate: str) -> None:
    """Tells how the lead came and what became of it until today."""
    _tell_origin(sheets, lead)
    path = {
        "suspect": (),
        "lead": ("lead",),
        "hot": ("lead", "hot"),
        "cold": ("lead", "cold"),
        "dead": ("dead",),
        "converted": ("lead", "hot"),
    }[fate]
    if fate == "dead" and sheets.random.random() < 0.5:
        path = ("lead", "dead")
    latest = lead.converted or sheets.days.end
    for stage in path:
        moment = sheets.days.later(
            sheets.random, lead.since, sheets.random.random() * (30 if stage in ("cold", "dead") else 12)
        )
        if moment >= latest - 3_600:
            break
        _pass(sheets, lead, stage, moment)
    if lead.owner and sheets.random.random() < 0.3:
        moment = sheets.days.later(sheets.random, lead.since, sheets.random.random() * 8)
        if moment < latest - 1_800:
            text = talk.about_lead(sheets, lead)
            lead.entries.append(sheets.note(moment, "lead", lead.id, lead.title, text, by=lead.owner))


def _tell_origin(sheets: Sheets, lead: Lead) -> None:
    people, world = sheets.world.people, sheets.world
    list_days_ = list_days(sheets.days)
    at_list = [number for number, day in enumerate(list_days_) if lead.created == day * DAY + 35_000]
    if at_list:
        source = f'{{"source": "{LISTS[at_list[0]][1]}"}}'
        told = sheets.tell(
            lead.created,
            "lead.imported",
            lead.id,
            lead.title,
            by=people["anna"][0],
            door="import",
            data=source,
            batch=world.batch + 3 + at_list[0],
        )
    elif lead.source in ("web", "newsletter"):
        told = sheets.tell(lead.created, "lead.created", lead.id, lead.title, by=None, door="system")
    else:
        by = people["anna"][0] if lead.source in ("press", "event", "email") else lead.owner or people["anna"][0]
        told = sheets.tell(lead.created, "lead.created", lead.id, lead.title, by=by)
    lead.entries.append(told)


def _pass(sheets: Sheets, lead: Lead, stage: str, moment: int) -> None:
    days, before = sheets.days, lead.stage
    data = f'{{"from": "{before}", "to": "{stage}"}}'
    changes = f'"stage": ["{before}", "{stage}"], "stage_since": ["{days.iso(lead.since)}", "{days.iso(moment)}"]'
    if stage == "dead":
        lead.death, reason = sheets.pick(_DEATHS)
        changes += f', "dead_reason": ["", "{lead.death}"]'
        data = f'{{"from": "{before}", "to": "{stage}", "reason": {quoted(reason)}}}'
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


def fates(count: int) -> list[tuple[str, tuple[int, int]]]:
    """What becomes of `count` leads that are not converted: (stage, between how many days ago it came)."""
    found: list[tuple[str, tuple[int, int]]] = []
    reached = 0.0
    for stage, share, soonest, latest in _FATES:
        reached += share
        found += [(stage, (soonest, latest))] * (round(reached * count) - len(found))
    return found
