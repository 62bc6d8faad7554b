"""Five hundred companies with all that belongs to them: made alone, in any order, always the same."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii as quoted

from fedele.demo import companies, contacts, leads, opportunities, receivables, sayings, talk
from fedele.demo.companies import Company
from fedele.demo.contacts import Contact
from fedele.demo.days import DAY
from fedele.demo.opportunities import Opportunity
from fedele.demo.plan import Plan
from fedele.demo.sheets import Sheets
from fedele.demo.world import World

#: Of the people, so many also work somewhere else.
_SECOND_ROLES = 0.03


def make_block(world: World, number: int) -> Sheets:
    """The rows of one block. They depend on seed, day, number of customers and of the block, on nothing else."""
    sheets = Sheets(world, number)
    plan = Plan(sheets)
    for at, who in enumerate(plan.contacts, 1):
        who.id = number * contacts.IN_BLOCK + at
    for at, (lead, fate) in enumerate(plan.leads, 1):
        lead.id = number * leads.IN_BLOCK + at
        leads.live(sheets, lead, fate)
    _tell_how_they_came(sheets, plan)
    for made in plan.opportunities:
        _open(sheets, made)
        opportunities.live(sheets, made)
        opportunities.comment(sheets, made)
    opportunities.make_customers(sheets, plan.opportunities)
    for company in plan.companies:
        _talk_to(sheets, company)
        companies.correct(sheets, company)
    _give_second_roles(sheets, plan)
    receivables.bill(sheets, plan.opportunities)
    sayings.say(sheets, plan.companies)
    _write(sheets, plan)
    sheets.check()
    return sheets


def _tell_how_they_came(sheets: Sheets, plan: Plan) -> None:
    """Companies and people out of the old archive, or typed in. Those out of a lead are told with its conversion."""
    for company in plan.companies:
        if company.old:
            companies.tell_imported(sheets, company)
        elif not company.contacts[0].lead:
            sheets.tell(company.created, "company.created", company.id, company.name, by=company.owner)
    for who in plan.contacts:
        if not who.lead:
            contacts.tell_origin(sheets, who)


def _open(sheets: Sheets, made: Opportunity) -> None:
    """Its first entry; with a lead, the whole conversion in one batch."""
    lead, company, who = made.lead, made.company, made.contact
    if lead is None:
        opportunities.tell_opened(sheets, made, None)
        return
    batch = sheets.open_batch(made.created, "conversion", "lead", lead.title, company.owner, f'{{"lead": {lead.id}}}')
    data = f'{{"lead": {quoted(lead.number)}}}'
    if not company.old and who is company.contacts[0]:
        sheets.tell(made.created, "company.created", company.id, company.name, by=company.owner, data=data, batch=batch)
    sheets.tell(
        made.created,
        "contact.created",
        who.id,
        who.name,
        by=company.owner,
        data=data,
        batch=batch,
        links=(("company", company.id),),
    )
    leads.convert(sheets, lead, who, made.name, made.amount, batch)
    opportunities.tell_opened(sheets, made, batch)


def _talk_to(sheets: Sheets, company: Company) -> None:
    """What colleagues noted about a company beside its opportunities; more about those that matter."""
    days, random = sheets.days, sheets.random
    wanted = 3 if company.is_key or company.known else int(random.random() * (2.2 if company.weight > 2 else 1.5))
    for _note in range(wanted):
        moment = days.later(random, company.created, random.random() ** 0.6 * (days.end - company.created) / DAY)
        if moment < days.end:
            key, text = talk.about_company(sheets, company.contacts[0], sheets.pick(company.trade.wants).name)
            by = sheets.world.people[key][0] if key else company.owner
            sheets.note(moment, "company", company.id, company.name, text, by=by, links=company.links())


def _give_second_roles(sheets: Sheets, plan: Plan) -> None:
    days, random = sheets.days, sheets.random
    for who in plan.contacts:
        if random.random() < _SECOND_ROLES:
            other: Company = sheets.pick(plan.companies)
            moment = days.later(random, max(who.created, other.created), random.random() * 400)
            if other is not who.company and moment < days.end:
                contacts.write_second_role(sheets, who, other, moment)


def _write(sheets: Sheets, plan: Plan) -> None:
    for company in plan.companies:
        companies.write_company(sheets, company)
    who: Contact
    for who in plan.contacts:
        contacts.write_contact(sheets, who)
    for lead, _fate in plan.leads:
        leads.write_lead(sheets, lead)
    for made in plan.opportunities:
        opportunities.write_opportunity(sheets, made)
