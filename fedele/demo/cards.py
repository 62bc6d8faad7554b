"""Business cards: the names that come in, from lists, fairs, the web, and who they are."""

from __future__ import annotations

from fedele.demo import talk
from fedele.demo.companies import Company, seller
from fedele.demo.contacts import Contact, person
from fedele.demo.days import DAY
from fedele.demo.digits import landline, mobile
from fedele.demo.leads import Lead
from fedele.demo.naming import domain_of, name_for
from fedele.demo.places import PLACES
from fedele.demo.products import TRADES
from fedele.demo.sheets import Sheets
from fedele.demo.world import list_before, list_days
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
_JOBS = (
    "Titolare",
    "Titolare",
    "Responsabile acquisti",
    "Responsabile produzione",
    "Direttore tecnico",
    "Capo officina",
)


def make_lead(sheets: Sheets, fate: str, ago: tuple[int, int]) -> Lead:
    """Somebody who came between so many days ago and so many, and whose company we do not know yet."""
    random, days = sheets.random, sheets.days
    day = max(1, days.count - int(ago[0] + (ago[1] - ago[0]) * random.random() ** 2))
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
    lead.email, lead.mobile, lead.job = who.email, who.mobile, who.job
    lead.phone = who.phone or lead.phone
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
    number = list_before(sheets.days, lead.created // DAY, lead.source) if lead.source in ("list", "fair") else None
    if number is not None:
        # It came with the list loaded last; what follows happened afterwards.
        lead.list = number
        lead.created = lead.since = lead.updated = list_days(sheets.days)[number] * DAY + 35_000
    elif lead.source == "list":
        lead.source = "other"


def fates(count: int) -> list[tuple[str, tuple[int, int]]]:
    """What becomes of `count` leads that are not converted: (stage, between how many days ago it came)."""
    found: list[tuple[str, tuple[int, int]]] = []
    reached = 0.0
    for stage, share, soonest, latest in _FATES:
        reached += share
        found += [(stage, (soonest, latest))] * (round(reached * count) - len(found))
    return found
