"""Who came in twice, spelled otherwise, as in every archive: the queue of duplicates has work from the first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fedele.demo.companies import Company
from fedele.demo.contacts import Contact
from fedele.demo.leads import Lead
from fedele.demo.naming import domain_of
from fedele.demo.places import BY_CITY

if TYPE_CHECKING:
    from fedele.demo.plan import Plan

#: Two spellings of one company, and where it is.
_SPELLINGS, _CITY = ("Meccanica Bresciana S.r.l.", "Mecc. Bresciana srl"), "Gussago"
#: Leads who are people of the guide's companies: company, first and last name as they were typed, how the company was, and
#: what is the same on both cards.
_KNOWN_ALREADY = (
    ("Colombo", "Ilaria", "Conti", "Torneria Colombo", "email"),
    ("Orobie", "Marta", "Beloti", "Caseificio Orobie srl", "mobile"),
    ("Adda", "Riva", "Nicola", "Plastiche Adda", "email"),
)
#: The card of this company's switchboard, with nobody's name on it.
_SWITCHBOARD = "Emiliane"


def spell_twice(plan: Plan, made: list[Company]) -> None:
    """Two companies of the old archive are one: same VAT number, same switchboard."""
    alone = [one for one in made if not one.known and not one.parent and one.kind == "prospect" and one.weight < 5]
    if plan.sheets.block or len(alone) < 2:
        return
    first, second = alone[0], alone[1]
    for company, name in zip((first, second), _SPELLINGS, strict=True):
        company.name, company.brand, company.form, company.place = name, "Meccanica Bresciana", "S.r.l.", BY_CITY[_CITY]
        company.domain = domain_of(plan.sheets, _SPELLINGS[0], "S.r.l.", company.place)
    second.phone, second.domain, second.twin = first.phone, first.domain, first.id


def meet_twice(plan: Plan) -> None:
    """Names that came in lately are people we know, a company we know, and once the same name twice."""
    lately = [lead for lead, fate in plan.leads if fate in ("suspect", "lead") and lead.who and lead.owner]
    if plan.sheets.block or len(lately) < len(_KNOWN_ALREADY) + 3:
        return
    companies = {company.known.brand: company for company in plan.companies if company.known}
    for lead, (brand, first_name, last_name, called, same) in zip(lately, _KNOWN_ALREADY, strict=False):
        _be(lead, companies[brand], first_name, last_name, called)
        person = next(who for who in companies[brand].contacts if who.last_name in (last_name, first_name, "Belotti"))
        lead.email, lead.mobile, lead.phone = "", "", ""
        setattr(lead, same, getattr(person, same))
    switchboard, again, once = lately[len(_KNOWN_ALREADY) :][:3]
    company = companies[_SWITCHBOARD]
    _be(switchboard, company, "", "", company.name)
    switchboard.who, switchboard.job, switchboard.email, switchboard.phone = None, "", "", company.phone
    _be_again(again, once)


def _be(lead: Lead, company: Company, first_name: str, last_name: str, called: str) -> None:
    lead.who, lead.company_name = Contact(first_name, last_name, False), called
    lead.place, lead.trade, lead.website = company.place, company.trade, ""
    lead.owner, lead.team = company.owner, company.team


def _be_again(lead: Lead, other: Lead) -> None:
    """The same card typed in a second time: a letter of the name is wrong, the rest is there."""
    assert other.who is not None
    name = other.who.last_name
    lead.who = Contact(other.who.first_name, name[:-2] + name[-1] + name[-2], other.who.woman)
    for field in ("company_name", "place", "trade", "email", "mobile", "phone", "job", "website", "owner", "team"):
        setattr(lead, field, getattr(other, field))
