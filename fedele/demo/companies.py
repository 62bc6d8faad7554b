"""Companies: what they are, where, who looks after them, and how important they are to us."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from fedele.demo import talk
from fedele.demo.cast import SELLER_OF
from fedele.demo.days import DAY
from fedele.demo.digits import SDI_CODES, landline, tax_code, vat_number
from fedele.demo.names import MEN, SURNAMES
from fedele.demo.naming import address, domain_of, name_for
from fedele.demo.places import ABROAD, BY_CITY, PLACES, Place
from fedele.demo.products import TRADE_OF, TRADES
from fedele.demo.sheets import Sheets
from fedele.demo.stories import KNOWN, Known
from fedele.demo.world import BLOCK, OLD_COMPANIES

_BRANCHES = ("Service", "Automazioni", "Logistica", "Components", "Trade", "Sud", "Engineering", "Ricambi")
_SIZES = ("micro",) * 4 + ("small",) * 9 + ("medium",) * 5 + ("large",)
_GREATNESS = {"micro": 0.5, "small": 1.0, "medium": 2.2, "large": 4.0}
_OLD_KINDS = ("customer",) * 20 + ("former",) * 6 + ("prospect",) * 20 + ("supplier", "partner", "agent", "supplier")
#: Kinds that do not buy.
NOT_BUYERS = ("supplier", "partner", "agent")


class Company:
    """A company while its block is made; its row is written when all that happened to it is known."""

    __slots__ = (
        "brand", "contacts", "created", "domain", "form", "growth", "id", "is_key", "kind", "known", "name", "old",
        "owner", "parent", "payment", "phone",
        "place", "size", "team", "trade", "twin", "updated", "version", "weight",
    )  # fmt: skip
    contacts: list[Any]

    def links(self) -> tuple[tuple[str, int], ...]:
        return (("company", self.parent.id),) if self.parent else ()


def make_company(sheets: Sheets, at: int, created: int, *, old: bool, others: list[Company]) -> Company:
    """The company of this place in the block; `old` ones came out of the archive used before."""
    company = Company()
    company.id = sheets.block * BLOCK + at + 1
    company.created = company.updated = created
    company.old, company.parent, company.contacts, company.version, company.is_key = old, None, [], 1, False
    #: Id of the company this one is, entered a second time; 0 for all but one.
    company.twin = 0
    company.known = KNOWN[at] if sheets.block == 0 and at < len(KNOWN) and old else None
    if company.known:
        _be_known(sheets, company, company.known)
    else:
        _be_anybody(sheets, company, others)
    key = SELLER_OF[company.place.province] if company.known else seller(sheets, company.place)
    company.owner, company.team = sheets.world.people[key]
    company.domain = domain_of(sheets, company.name, company.form, company.place)
    company.phone = landline(sheets.random, company.place)
    return company


def seller(sheets: Sheets, place: Place) -> str:
    """Key of who sells in this place; some of the largest are the sales director's own."""
    if place.country != "IT":
        return SELLER_OF["abroad"]
    return "roberto" if sheets.random.random() < 0.015 else SELLER_OF[place.province]


def _be_known(sheets: Sheets, company: Company, known: Known) -> None:
    company.name, company.brand, company.form = known.name, known.brand, known.form
    company.place, company.trade = BY_CITY[known.city], TRADE_OF[known.trade]
    company.size, company.kind, company.is_key = "medium", "customer", known.is_key
    company.weight = 40.0 if known.is_key else 15.0


def _be_anybody(sheets: Sheets, company: Company, others: list[Company]) -> None:
    random = sheets.random
    company.place = sheets.pick(ABROAD) if random.random() < 0.04 else sheets.pick(PLACES)
    company.trade = sheets.pick(TRADES)
    company.size = sheets.pick(_SIZES)
    company.kind = sheets.pick(_OLD_KINDS) if company.old else "prospect"
    company.weight = 0.0 if company.kind in NOT_BUYERS else (1.0 - random.random()) ** -0.75 * _GREATNESS[company.size]
    above = sheets.pick(others) if others and random.random() < 0.05 else None
    if above and above.size in ("medium", "large") and not above.parent and above.place.country == "IT":
        company.parent, company.brand, company.form = above, above.brand, "S.r.l."
        company.name = f"{above.brand} {sheets.pick(_BRANCHES)} S.r.l."
    else:
        company.brand, company.name, company.form = name_for(sheets, company.place, company.trade)


def identity(sheets: Sheets, company: Company) -> tuple[str, str, str, str]:
    """(VAT number, tax code, PEC, SDI code)"""
    place = company.place
    vat = vat_number((company.twin or company.id) + sheets.world.seed * 31, place)
    if place.country != "IT":
        return vat, "", "", "XXXXXXX"
    code = vat
    if not company.form:  # One person's own business pays taxes under that person's code.
        code = tax_code(sheets.random, sheets.pick(MEN), sheets.pick(SURNAMES), False, place)
    return vat, code, f"amministrazione@pec.{company.domain}", sheets.pick(SDI_CODES)


def tell_imported(sheets: Sheets, company: Company) -> None:
    by = sheets.world.people["sara"][0]
    data = f'{{"source": "{OLD_COMPANIES}", "line": {company.id + 1}}}'
    sheets.tell(
        company.created, "company.created", company.id, company.name, by=by, door="import", data=data,
        batch=sheets.world.batch + 1, links=company.links(),
    )  # fmt: skip


def correct(sheets: Sheets, company: Company) -> None:
    """Now and then somebody finds out how a company pays, or that it wants to grow."""
    random, days = sheets.random, sheets.days
    company.payment = company.growth = ""
    if random.random() < 0.35:
        company.payment = sheets.pick(talk.PAYMENTS)
    if random.random() < 0.3:
        company.growth = sheets.pick(("low", "medium", "medium", "high"))
    moment = days.later(random, company.created, random.random() * (days.end - company.created) / DAY)
    if random.random() < 0.4 and (company.payment or company.growth) and moment < days.end:
        name, value = ("payment_habits", company.payment) if company.payment else ("growth_potential", company.growth)
        company.version, company.updated = company.version + 1, max(company.updated, moment)
        changes = f'{{"{name}": ["", {quoted(value)}]}}'
        sheets.tell(
            moment,
            "company.changed",
            company.id,
            company.name,
            by=company.owner,
            changes=changes,
            links=company.links(),
        )


def write_company(sheets: Sheets, company: Company) -> None:
    random, days, place = sheets.random, sheets.days, company.place
    vat, code, pec, sdi = identity(sheets, company)
    well_known = company.kind == "customer" and random.random() < 0.6
    sheets.rows["people_company"].append((
        company.id, f"AZ-{company.id:05}", company.owner, company.team, company.version, days.stamp(company.created),
        days.stamp(company.updated),
        company.name, company.kind, company.parent.id if company.parent else None, company.is_key,
        company.trade.name, company.size if random.random() < 0.8 else "",
        sheets.pick(talk.BUSINESSES) if well_known else "",
        sheets.pick(talk.PURCHASES) if well_known else "", company.payment,
        sheets.pick(talk.NEEDS) if well_known else "", company.growth,
        int(random.random() * 20) * 5 if well_known else None,
        sheets.pick(("low", "medium", "high")) if well_known else "",
        address(sheets, place), place.postcode, place.city, place.province, place.country, vat, code, company.phone,
        f"info@{company.domain}" if random.random() < 0.9 else "", pec, sdi,
        f"www.{company.domain}" if random.random() < 0.8 else "", "",
    ))  # fmt: skip
