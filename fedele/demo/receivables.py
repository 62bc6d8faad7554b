"""What customers owe: documents of the orders they gave, paid as each of them pays, and what some of them dispute."""

from __future__ import annotations

from collections.abc import Iterator
from json.encoder import encode_basestring_ascii as quoted
from random import Random
from typing import NamedTuple

from fedele.demo.companies import Company
from fedele.demo.days import DAY
from fedele.demo.opportunities import Opportunity
from fedele.demo.sheets import Sheets
from fedele.demo.world import BLOCK, opportunities_in

#: Documents and disputes a block has ids for.
ITEMS_IN_BLOCK, DISPUTES_IN_BLOCK = 3 * opportunities_in(BLOCK), BLOCK
SOURCE = "scadenzario_clienti.xlsx"
_VAT = 1.22
#: From this amount on in three instalments.
_LARGE = 20_000
#: How a company pays, in days after the due day: as often as they happen.
_PAYERS = ((-4, 3),) * 5 + ((0, 12),) * 8 + ((8, 35),) * 5 + ((30, 110),) * 2
_METHODS = ("transfer", "transfer", "transfer", "collection", "collection", "debit")
#: Documents that lie about for a year before they are paid.
_FORGOTTEN = 0.07
#: Of the orders of the last months more are disputed than of those before: that is settled by now.
_DISPUTED, _DISPUTED_LATELY, _LATELY = 0.03, 0.2, 150
#: Reason, what it is about, what comes next.
_DISPUTES = (
    ("goods", "Carter di protezione arrivato ammaccato", "Sentire il corriere e mandare le foto"),
    ("price", "Sconto concordato non riportato in fattura", "Controllare l'offerta firmata"),
    ("missing", "Manca un collo alla consegna", "Verificare la bolla con il magazzino"),
    ("service", "Ore di avviamento addebitate due volte", "Confrontare con i buoni d'intervento"),
    ("quality", "Tolleranze fuori specifica al collaudo", "Ripetere la prova con il tecnico"),
    ("payment", "Bonifico fatto ma non registrato", "Chiedere la contabile del bonifico"),
    ("document", "Codice destinatario sbagliato in fattura", "Riemettere il documento"),
)
_STATES = ("open", "open", "review", "review", "agreed", "credited", "rejected", "closed")


class Document(NamedTuple):
    number: str
    kind: str
    issued: int
    due: int
    amount: float


def bill(sheets: Sheets, all_made: list[Opportunity]) -> None:
    """Documents and disputes of a block. They have a chance of their own, so that nothing else depends on them."""
    random = Random(f"{sheets.world.seed} {sheets.world.today} {sheets.block} receivables")
    count, disputes, payers = 0, 0, {}
    for made in all_made:
        if made.outcome != "won":
            continue
        company = made.company
        low, high = payers.setdefault(company.id, random.choice(_PAYERS))
        items = []
        for document in _documents(sheets, random, made):
            count += 1
            delay = random.randint(low, high) + (400 if random.random() < _FORGOTTEN else 0)
            items.append((sheets.block * ITEMS_IN_BLOCK + count, document, delay))
        if disputes < DISPUTES_IN_BLOCK and random.random() < _chance_of_dispute(sheets, made):
            disputes += 1
            _dispute(sheets, random, company, disputes, items)
            continue
        for pk, document, delay in items:
            _write(sheets, random, company, made, pk, document, delay, None)


def _chance_of_dispute(sheets: Sheets, made: Opportunity) -> float:
    return _DISPUTED_LATELY if sheets.days.count - made.closed // DAY < _LATELY else _DISPUTED


def _documents(sheets: Sheets, random: Random, made: Opportunity) -> Iterator[Document]:
    """The invoice some weeks after the order, in instalments if it is large; now and then a credit note."""
    issued = made.closed // DAY + random.randint(5, 40)
    if issued >= sheets.days.count:
        return
    number, amount = f"{made.number[3:]}/A", made.amount * _VAT
    parts = 3 if amount >= _LARGE else 1
    for part in range(parts):
        yield Document(number, "invoice", issued, issued + 30 * (part + 1), round(amount / parts, 2))
    if random.random() < 0.03:
        yield Document(f"{made.number[3:]}/NC", "credit_note", issued, issued, round(amount * 0.05, 2))


def _write(
    sheets: Sheets, random: Random, company: Company, made: Opportunity, pk: int, document: Document, delay: int,
    dispute: int | None,
) -> None:  # fmt: skip
    days = sheets.days
    today, paid_day = days.count - 1, document.due + delay
    is_paid = dispute is None and paid_day <= today
    is_part = not is_paid and dispute is None and document.due < today and random.random() < 0.1
    paid = document.amount if is_paid else round(document.amount * 0.4, 2) if is_part else 0
    sign = -1 if document.kind == "credit_note" else 1
    late = today - document.due
    is_promised = not is_paid and late > 20 and random.random() < 0.3
    moment = document.issued * DAY + 30_000
    sheets.rows["billing_openitem"].append((
        pk, f"PT-{pk:06}", company.owner, company.team, 1, days.stamp(moment), days.stamp(moment),
        document.number, document.kind, company.id, document.amount, paid, round(sign * (document.amount - paid), 2),
        days.isos[document.issued], days.isos[document.due], days.isos[paid_day] if is_paid else None,
        "settled" if is_paid else "part" if is_part else "open",
        paid_day - document.issued if is_paid else None, delay if is_paid else None, sheets.world.currency,
        random.choice(_METHODS), made.number, 0 if is_paid or late < 15 else min(1 + late // 30, 3),
        days.isos[days.working(days.count + random.randint(1, 12))] if is_promised else None,
        dispute,
    ))  # fmt: skip
    data = f'{{"source": "{SOURCE}", "line": {pk + 1}}}'
    sheets.tell(
        moment, "openitem.created", pk, document.number, by=sheets.world.people["sara"][0], door="import", data=data
    )


def _dispute(sheets: Sheets, random: Random, company: Company, at: int, items: list[tuple[int, Document, int]]) -> None:
    """About the documents of one order, which stay unpaid while it lasts; old ones are over."""
    days = sheets.days
    invoices = [document for _pk, document, _delay in items if document.kind == "invoice"]
    if not invoices:
        return
    opened = min(days.working(invoices[0].issued + random.randint(6, 30)), days.count - 1)
    is_old = days.count - opened > 120
    state = random.choice(_STATES[5:] if is_old else _STATES)
    is_over = state in _STATES[5:]
    reason, subject, step = random.choice(_DISPUTES)
    pk = sheets.block * DISPUTES_IN_BLOCK + at
    year = days.isos[opened][:4]
    amount = round(invoices[0].amount * random.choice((0.1, 0.2, 0.5, 1)), 2)
    step_on = None if is_over else days.isos[days.working(days.count + random.randint(-4, 12))]
    moment = opened * DAY + 40_000
    title = f"{subject} ({invoices[0].number})"
    sheets.rows["billing_dispute"].append((
        pk, f"CT-{year}-{pk:03}", company.owner, company.team, 1, days.stamp(moment), days.stamp(moment),
        title, company.id, company.contacts[0].id, reason, amount, sheets.world.currency, days.isos[opened], state,
        None if state == "open" else days.isos[opened], days.isos[min(opened + 20, days.count - 1)] if is_over else None,
        "" if is_over else step, step_on,
    ))  # fmt: skip
    sheets.tell(
        moment, "dispute.created", pk, title, by=company.owner, links=(("company", company.id),),
        data=f'{{"reason": {quoted(reason)}}}',
    )  # fmt: skip
    made = Opportunity("", company, company.contacts[0], None, 0)
    for item, document, delay in items:
        made.number = f"TR-{document.number.partition('/')[0]}"
        _write(sheets, random, company, made, item, document, delay, None if is_over else pk)
