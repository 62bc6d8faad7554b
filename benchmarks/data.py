"""The data set other CRMs were measured with: 20,000 companies, 100,000 contacts, 50,000 opportunities, ten owners.

Invented by the vocabulary of the demo company, in its proportions only where the comparison says nothing else. Ten
times as much by `load_reference(scale=10)`; the same call always makes the same rows.
"""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from typing import Any

from fedele.demo.cast import SELLERS
from fedele.demo.days import DAY
from fedele.demo.digits import landline, mobile, vat_number
from fedele.demo.making import Made, finish
from fedele.demo.names import MEN, SURNAMES, WOMEN
from fedele.demo.naming import address, name_for
from fedele.demo.places import PLACES
from fedele.demo.products import TRADES
from fedele.demo.sheets import Sheets
from fedele.demo.stores import Constants
from fedele.demo.world import World
from fedele.people.identity.characters import fold

COMPANIES, CONTACTS, OPPORTUNITIES = 20_000, 100_000, 50_000
TODAY = dt.date(2026, 11, 21)
#: Companies made at once.
BLOCK = 500
#: Of ten opportunities, six are open.
_OUTCOMES = ("open",) * 6 + ("won",) * 2 + ("lost",) * 2


def load_reference(
    companies: int = COMPANIES, contacts: int = CONTACTS, opportunities: int = OPPORTUNITIES, *, scale: int = 1,
    progress: Any = None,
) -> dict[str, Any]:  # fmt: skip
    """Fills an empty database. Each opportunity has two journal entries, its opening and a note: 100,000 in all.

    Returns {"users": {key: User}, "companies", "contacts", "opportunities", "entries", "seconds"}. Measure as `roberto`,
    who sees by record rules what the teams below him have, which is everything; `giulia` sees her team's.
    """
    from fedele.base.models import Counter
    from fedele.demo import bulk, cast, stage

    started = time.monotonic()
    sizes = (companies * scale, contacts * scale, opportunities * scale)
    users = cast.install()
    world = stage.world_of(users, companies * scale, 1, TODAY)
    counts = bulk.load_many(
        partial(_make, world, sizes), -(-sizes[0] // BLOCK), progress or (lambda _what, _done, _of: None)
    )
    for record_type, year, last in (
        ("company", 0, sizes[0]), ("contact", 0, sizes[1]), ("opportunity", TODAY.year, sizes[2]),
    ):  # fmt: skip
        Counter.objects.update_or_create(record_type=record_type, year=year, defaults={"last": last})
    return {
        "users": users, "companies": counts["people_company"], "contacts": counts["people_contact"],
        "opportunities": counts["sales_opportunity"], "entries": counts["journal_entry"],
        "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip


def _make(world: World, sizes: tuple[int, int, int], vendor: str, constants: Constants, block: int) -> Made:
    sheets = Sheets(world, block)
    owners = [world.people[person.key] for person in SELLERS]
    for at in range(block * BLOCK, min((block + 1) * BLOCK, sizes[0])):
        owner, team = owners[at % len(owners)]
        _company(sheets, at, owner, team)
        contacts, opportunities = (range(*_share(at, sizes[0], size)) for size in sizes[1:])
        for contact in contacts:
            _contact(sheets, contact, at, owner, team)
        for opportunity in opportunities:
            _opportunity(sheets, opportunity, at, contacts, owner, team)
    return finish(sheets, vendor, constants)


def _share(at: int, companies: int, size: int) -> tuple[int, int]:
    return at * size // companies, (at + 1) * size // companies


def _company(sheets: Sheets, at: int, owner: int, team: int | None) -> None:
    place, trade = sheets.pick(PLACES), sheets.pick(TRADES)
    _brand, name, _form = name_for(sheets, place, trade)
    stamp, vat = _some_moment(sheets), vat_number(at, place)
    sheets.rows["people_company"].append((
        at + 1, f"AZ-{at + 1:05}", owner, team, 1, stamp, stamp, name, sheets.pick(("customer", "prospect")), None,
        False, trade.name, "small", "", "", "", "", "", None, "",
        address(sheets, place), place.postcode, place.city, place.province, "IT", vat, vat, landline(sheets.random, place),
        f"info@azienda-{at + 1}.example", "", "", f"www.azienda-{at + 1}.example", "",
    ))  # fmt: skip


def _contact(sheets: Sheets, at: int, company: int, owner: int, team: int | None) -> None:
    place, stamp = sheets.pick(PLACES), _some_moment(sheets)
    first_name, last_name = sheets.pick(MEN if at % 2 else WOMEN), sheets.pick(SURNAMES)
    sheets.rows["people_contact"].append((
        at + 1, f"CO-{at + 1:05}", owner, team, 1, stamp, stamp, first_name, last_name, company + 1, "Acquisti",
        f"{fold(first_name)}.{fold(last_name)}.{at + 1}@azienda-{company + 1}.example",
        landline(sheets.random, place), mobile(sheets.random), "", "phone", "it",
        place.postcode, place.city, place.province, "IT",
    ))  # fmt: skip


def _opportunity(sheets: Sheets, at: int, company: int, contacts: range, owner: int, team: int | None) -> None:
    world, days, outcome = sheets.world, sheets.days, sheets.pick(_OUTCOMES)
    product, contact = sheets.pick(sheets.pick(TRADES).wants), contacts[at % len(contacts)] + 1 if contacts else None
    created = days.at_work(sheets.random, int(sheets.random.random() * (days.count - 60)))
    closed = None if outcome == "open" else days.isos[created // DAY + 50]
    stage, stamp, name = world.stages[at % len(world.stages)], days.stamp(created), f"{product.name} {at + 1}"
    amount = int(product.low + sheets.random.random() * (product.high - product.low))
    sheets.rows["sales_opportunity"].append((
        at + 1, f"TR-{TODAY.year}-{at + 1:04}", owner, team, 1, stamp, stamp, world.process_id, stage.id, stamp,
        {"open": stage.probability, "won": 100, "lost": 0}[outcome], days.isos[days.count + at % 120], outcome, closed,
        "price" if outcome == "lost" else "", "", "", name, company + 1, contact, None, amount, world.currency, "", None, "", "",
    ))  # fmt: skip
    links = (("company", company + 1), *((("contact", contact),) if contact else ()))
    sheets.tell(created, "opportunity.created", at + 1, name, by=owner, links=links)
    text = "Sentito al telefono: aspetta l'offerta aggiornata."
    sheets.note(created + 3_600, "opportunity", at + 1, name, text, by=owner, links=links)


def _some_moment(sheets: Sheets) -> str:
    return sheets.days.stamp(sheets.days.at_work(sheets.random, int(sheets.random.random() * (sheets.days.count - 40))))
