"""Opportunities: from the first request through the stages to the order, or to the reason why not."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii as quoted

from fedele.demo import talk
from fedele.demo.companies import Company
from fedele.demo.contacts import Contact
from fedele.demo.days import DAY
from fedele.demo.leads import Lead
from fedele.demo.products import ALWAYS, COMPETITORS, REASONS, Product
from fedele.demo.sheets import NOTHING, Sheets
from fedele.demo.world import BLOCK, opportunities_in

IN_BLOCK = opportunities_in(BLOCK)
_WON, _WON_BY_KNOWN = 0.43, 0.7
#: At which stage those that are lost are lost: an expected share at each.
_LOST_AT = (0, 0, 0, 1, 1, 2, 2, 2, 3, 3)
#: As often as they happen.
_LOSSES = (
    "price", "price", "competitor", "competitor", "timing", "postponed", "postponed", "no_answer", "no_answer", "features",
)  # fmt: skip
_PACES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.9, 1.0, 1.0, 1.1, 1.2, 1.4, 1.8)


class Opportunity:
    __slots__ = (
        "amount", "closed", "company", "competitor", "contact", "created", "ending", "id", "lead", "links", "loss",
        "name", "number", "outcome",
        "probability", "product", "since", "stage", "updated", "version",
    )  # fmt: skip
    product: Product
    links: tuple[tuple[str, int], ...]

    def __init__(self, number: str, company: Company, contact: Contact, lead: Lead | None, created: int) -> None:
        self.number, self.company, self.contact, self.lead = number, company, contact, lead
        self.created = self.since = self.updated = created
        self.version, self.stage, self.outcome, self.closed = 1, 0, "open", 0
        self.loss = self.competitor = self.ending = ""


def make_opportunity(sheets: Sheets, number: str, company: Company, lead: Lead | None, created: int) -> Opportunity:
    """A request of `company` at `created`, through somebody who was already known then."""
    random = sheets.random
    contact = sheets.pick([who for who in company.contacts if who.lead is lead] if lead else company.contacts)
    if contact.created > created:
        contact = company.contacts[0]
    made = Opportunity(number, company, contact, lead, created)
    # Those of the guide buy machines rather than spare parts.
    wants = company.trade.wants[:-ALWAYS] if company.known else company.trade.wants
    made.product = next((some for some in wants if lead and some.name == lead.interest), None) or sheets.pick(wants)
    made.name = f"{made.product.name} – {sheets.pick(REASONS)}" if random.random() < 0.45 else made.product.name
    price = made.product.low * (made.product.high / made.product.low) ** (random.random() ** 1.3)
    step = 1000 if price >= 50_000 else 500 if price >= 12_000 else 100
    made.amount = int(price) // step * step
    return made


def tell_opened(sheets: Sheets, made: Opportunity, batch: int | None) -> None:
    """Its first entry; what happened to the lead it comes from is now part of its past."""
    company, lead = made.company, made.lead
    made.links = (("company", company.id), ("contact", made.contact.id), *((("lead", lead.id),) if lead else ()))
    data = f'{{"lead": "{lead.number}"}}' if lead else NOTHING
    sheets.tell(
        made.created,
        "opportunity.created",
        made.id,
        made.name,
        by=company.owner,
        data=data,
        batch=batch,
        links=made.links,
    )
    if lead:
        sheets.link(lead.entries, "opportunity", made.id)


def live(sheets: Sheets, made: Opportunity) -> None:
    """Moves it through the stages until it is won, lost, or until today."""
    random, days, stages = sheets.random, sheets.days, sheets.world.stages
    wins = random.random() < (_WON_BY_KNOWN if made.company.known else _WON)
    ends_at = len(stages) - 1 if wins else min(sheets.pick(_LOST_AT), len(stages) - 1)
    if wins and random.random() < 0.3:
        ends_at = max(0, ends_at - 1)  # Signed on the spot, without a stage of its own for the order.
    made.probability, pace = stages[0].probability, sheets.pick(_PACES)
    while True:
        leaves = days.later(random, made.since, stages[made.stage].days * pace * (0.3 + 1.3 * random.random()))
        # Some of those that will be lost have gone quiet, and nobody has closed them yet.
        forgotten = not wins and leaves > days.end - 100 * DAY and random.random() < 0.15
        if leaves >= days.end or forgotten:
            return
        if made.stage >= ends_at:
            _close(sheets, made, "won" if wins else "lost", leaves)
            return
        _move(sheets, made, made.stage + (2 if made.stage + 1 < ends_at and random.random() < 0.18 else 1), leaves)


def _move(sheets: Sheets, made: Opportunity, stage: int, moment: int) -> None:
    days, stages = sheets.days, sheets.world.stages
    before, after = stages[made.stage], stages[stage]
    if sheets.random.random() < 0.07:
        _reprice(sheets, made, max(made.since + 60, moment - 7_200))
    changed = (
        f'{{"stage": [{before.id}, {after.id}], "stage_since": ["{days.iso(made.since)}", "{days.iso(moment)}"], '
        f'"probability": [{before.probability}, {after.probability}]}}'
    )
    data = f'{{"from": {quoted(before.name)}, "stage": {quoted(after.name)}, "seconds": {moment - made.since}}}'
    sheets.tell(
        moment,
        "opportunity.moved",
        made.id,
        made.name,
        by=made.company.owner,
        changes=changed,
        data=data,
        links=made.links,
    )
    made.stage, made.since, made.updated, made.probability = stage, moment, moment, after.probability
    made.version += 1


def _reprice(sheets: Sheets, made: Opportunity, moment: int) -> None:
    before = made.amount
    made.amount = min(480_000, max(3_000, int(before * sheets.pick((0.92, 0.95, 1.04, 1.09, 1.15))) // 100 * 100))
    if made.amount != before:
        made.version, made.updated = made.version + 1, moment
        changes = f'{{"amount": ["{before}", "{made.amount}"]}}'
        sheets.tell(
            moment, "opportunity.changed", made.id, made.name, by=made.company.owner, changes=changes, links=made.links
        )


def _close(sheets: Sheets, made: Opportunity, outcome: str, moment: int) -> None:
    probability = 100 if outcome == "won" else 0
    made.ending = sheets.pick(talk.ENDINGS[outcome])
    changes = (
        f'"outcome": ["open", "{outcome}"], "closed_on": [null, "{sheets.days.isos[moment // DAY]}"], '
        f'"probability": [{made.probability}, {probability}]'
    )
    if made.ending:
        changes += f', "outcome_note": ["", {quoted(made.ending)}]'
    data = f'"amount": "{made.amount}.00", '
    if outcome == "lost":
        made.loss = sheets.pick(_LOSSES)
        made.competitor = sheets.pick(COMPETITORS) if made.loss in ("price", "competitor") else ""
        changes += f', "loss_reason": ["", "{made.loss}"]'
        if made.competitor:
            changes += f', "competitor": ["", {quoted(made.competitor)}]'
        data += f'"reason": "{made.loss}", "competitor": {quoted(made.competitor)}, '
    else:
        data += f'"currency": "{sheets.world.currency}", '
    made.outcome, made.closed, made.updated, made.version = outcome, moment, moment, made.version + 1
    made.probability = probability
    sheets.tell(
        moment, f"opportunity.{outcome}", made.id, made.name, by=made.company.owner, changes=f"{{{changes}}}",
        data=f'{{{data}"note": {quoted(made.ending)}}}', links=made.links,
    )  # fmt: skip


def make_customers(sheets: Sheets, all_made: list[Opportunity]) -> None:
    """The first order of a company makes it a customer."""
    for made in sorted((made for made in all_made if made.outcome == "won"), key=lambda made: made.closed):
        company = made.company
        if company.kind in ("prospect", "former"):
            before, company.kind = company.kind, "customer"
            company.version, company.updated = company.version + 1, made.closed
            sheets.tell(
                made.closed, "company.became_customer", company.id, company.name, by=company.owner,
                links=company.links(),
                changes=f'{{"kind": ["{before}", "customer"]}}', data=f'{{"opportunity": "{made.number}"}}',
            )  # fmt: skip


def comment(sheets: Sheets, made: Opportunity) -> None:
    """Now and then somebody wrote down how it goes."""
    random, last = sheets.random, made.closed or sheets.days.end
    for share in (0.35, 0.1):
        if random.random() < share:
            moment = sheets.days.later(random, made.created, random.random() * (last - made.created) / DAY)
            if moment < last:
                text = talk.about_opportunity(sheets, made.contact, made.product.name)
                sheets.note(moment, "opportunity", made.id, made.name, text, by=made.company.owner, links=made.links)


def write_opportunity(sheets: Sheets, made: Opportunity) -> None:
    days, company, world, random = sheets.days, made.company, sheets.world, sheets.random
    step, step_on, closes = "", None, _closes(sheets, made)
    if made.outcome == "open" and random.random() < 0.85:
        step = sheets.pick(talk.STEPS)
        away = -random.randint(1, 9) if random.random() < 0.18 else int(random.random() ** 1.5 * 24)
        step_on = days.isos[days.working(days.count + away)]
    sheets.rows["sales_opportunity"].append((
        made.id, made.number, company.owner, company.team, made.version, days.stamp(made.created),
        days.stamp(made.updated), world.process_id,
        world.stages[made.stage].id, days.stamp(made.since), made.probability, closes, made.outcome,
        days.isos[made.closed // DAY] if made.closed else None, made.loss, made.competitor, made.ending, made.name,
        company.id, made.contact.id,
        made.lead.id if made.lead else None, made.amount, world.currency, step, step_on,
        sheets.pick(talk.NEEDS) if random.random() < 0.3 else "", "",
    ))  # fmt: skip


def _closes(sheets: Sheets, made: Opportunity) -> str:
    """The day it is expected to close: past ones were about right, one in eight of the open ones is late."""
    days, random = sheets.days, sheets.random
    if made.closed:
        return days.isos[
            max(
                made.created // DAY, min(days.working(made.closed // DAY + random.randint(-14, 14)), len(days.isos) - 1)
            )
        ]
    if random.random() < 0.12:
        return days.isos[days.working(max(made.created // DAY, days.count - random.randint(1, 25)))]
    left = sum(stage.days for stage in sheets.world.stages[made.stage :])
    return days.isos[days.working(days.count + 2 + int(left * (0.3 + 1.4 * random.random())))]
