"""Who comes when: the companies, people, leads and opportunities of a block, before anything is written down."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from fedele.demo import cards, companies, contacts, opportunities, twins
from fedele.demo.companies import Company
from fedele.demo.contacts import Contact
from fedele.demo.days import DAY
from fedele.demo.leads import Lead
from fedele.demo.opportunities import Opportunity
from fedele.demo.sheets import Sheets
from fedele.demo.stories import KNOWN
from fedele.demo.world import numbers_of, opportunities_in, people_in

#: Of the companies of a block, so many were leads, and so many were typed in when they first asked for something.
_FROM_LEADS, _TYPED_IN = 0.2, 0.2
#: So many further leads turned out to be somebody at a company already known.
_KNOWN_AFTER_ALL = 0.03
#: Seconds into the first working day when the old archive was loaded.
_LOADED = 33_000
#: What is still going on most likely.
_JUST_NOW = 75 * DAY
#: A lead needs some weeks to become a customer: nobody did in the first days of the three years.
_FIRST_CONVERSION = 21 * DAY


class Plan:
    """All that lives in one block. Companies, people and leads have their ids in the order in which they came."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.size = sheets.world.size(sheets.block)
        days = sheets.days
        #: The moments at which somebody asked for something, in order.
        self.requests = sorted(days.at_work(sheets.random, day) for day in days.demand(opportunities_in(self.size)))
        self.origins = self._origins()
        self.companies, self.newcomers = self._companies()
        self.contacts = self._contacts()
        #: Each with the stage it is to end in.
        self.leads: list[tuple[Lead, str]] = []
        self.opportunities = self._opportunities()
        self.leads += self._other_leads()
        twins.meet_twice(self)
        self.contacts.sort(key=lambda who: who.created)
        self.leads.sort(key=lambda pair: pair[0].created)

    def _origins(self) -> dict[int, str]:
        """Position of a request → how its company was met: "lead", "typed", or "known" for a new face at an old one."""
        first = bisect_right(self.requests, _FIRST_CONVERSION)
        kinds = ["lead"] * int(self.size * _FROM_LEADS) + ["typed"] * int(self.size * _TYPED_IN)
        kinds += ["known"] * int(self.size * _KNOWN_AFTER_ALL)
        chosen = self.sheets.random.sample(range(first, len(self.requests)), len(kinds))
        return dict(sorted(zip(chosen, kinds, strict=True)))

    def _companies(self) -> tuple[list[Company], dict[int, Company]]:
        """Those of the old archive, then those that came with a request of theirs, by the position of that."""
        sheets, newcomers = self.sheets, {}
        asked = [at for at, kind in self.origins.items() if kind != "known"]
        made: list[Company] = []
        start = sheets.days.working(0) * DAY + _LOADED
        for at in range(self.size - len(asked)):
            made.append(companies.make_company(sheets, at, start + at // 40, old=True, others=made))
        for at in asked:
            created = self.requests[at] - (300 if self.origins[at] == "typed" else 0)
            newcomers[at] = companies.make_company(sheets, len(made), created, old=False, others=[])
            made.append(newcomers[at])
        twins.spell_twice(self, made)
        great = [company for company in made if company.kind == "customer" and company.size in ("medium", "large")]
        for company in sorted(great, key=lambda company: -company.weight)[: max(1, self.size // 50)]:
            company.is_key = True
        return made, newcomers

    def _contacts(self) -> list[Contact]:
        """As many people as a company is important; the first came with it, of the others some came later."""
        sheets, random, made = self.sheets, self.sheets.random, []
        ranked = sorted(self.companies, key=lambda company: company.weight * (0.5 + random.random()))
        for company, count in zip(ranked, people_in(self.size), strict=True):
            made.append(contacts.first_contact(sheets, company))
            for number in range(1, count):
                who = contacts.further_contact(sheets, company, number)
                if not company.known and random.random() < (0.4 if company.old else 0.7):
                    left = (sheets.days.end - company.created) / DAY
                    moment = sheets.days.later(random, company.created, random.random() * left)
                    who.created = moment if moment < sheets.days.end else company.created
                made.append(who)
        return made

    def _opportunities(self) -> list[Opportunity]:
        """Gives every request to a company that was there then: a newcomer's first to itself, others by importance."""
        sheets, numbers, made = self.sheets, numbers_of(self.sheets.world), []
        totals = list(accumulate(company.weight for company in self.companies))
        day = given = -1
        for at, moment in enumerate(self.requests):
            day, given = (day, given + 1) if moment // DAY == day else (moment // DAY, 1)
            company = self.newcomers.get(at) or self._well_known(at, moment) or self._somebody(totals, moment)
            lead = self._lead(company, moment, self.origins[at]) if at in self.origins else None
            number = f"TR-{sheets.days.dates[day].year}-{numbers.first(sheets.block, day) + given:04}"
            opportunity = opportunities.make_opportunity(sheets, number, company, lead, moment)
            opportunity.id = sheets.block * opportunities.IN_BLOCK + at + 1
            made.append(opportunity)
        return made

    def _well_known(self, at: int, moment: int) -> Company | None:
        """The companies of the guide have something going on just now: every fourth request of the last weeks."""
        known = [company for company in self.companies[: len(KNOWN)] if company.known]
        recent = moment > self.sheets.days.end - _JUST_NOW and at % 4 == 0 and at not in self.origins
        return known[at // 4 % len(known)] if known and recent else None

    def _somebody(self, totals: list[float], moment: int) -> Company:
        random = self.sheets.random
        for _try in range(20):
            company = self.companies[bisect_right(totals, random.random() * totals[-1])]
            if company.created < moment:
                return company
        return next(company for company in self.companies if company.weight)

    def _lead(self, company: Company, moment: int, origin: str) -> Lead | None:
        """The lead this request came from; it becomes a person of the company at that moment."""
        if origin == "lead":
            who = company.contacts[0]
        else:
            # Of an old company, somebody who would have become known later anyway.
            unknown = [who for who in company.contacts[1:] if who.created > moment and not who.lead]
            if origin == "typed" or not unknown:
                return None
            who = unknown[0]
        who.created, who.lead = moment, cards.lead_of(self.sheets, company, who, moment)
        self.leads.append((who.lead, "converted"))
        return who.lead

    def _other_leads(self) -> list[tuple[Lead, str]]:
        wanted = cards.fates(self.size - len(self.leads))
        return [(cards.make_lead(self.sheets, fate, ago), fate) for fate, ago in wanted]
