"""Whether two are one: the bits of all that is known, weighed against who else it could be.

A stranger who shares all this by chance is only one other explanation. Somebody of the same family shares surname and
address, a colleague shares firm, switchboard and mailbox, a branch shares the name, a tenant the door: what they share
anyway says nothing against them. The score is the probability that none of these explains it, so that a father and his
son, or two people behind one switchboard, stay two however much of their data agrees.
"""

from __future__ import annotations

from typing import NamedTuple

from fedele.people.duplicates.engine import organisations, people
from fedele.people.duplicates.engine import weights as w
from fedele.people.duplicates.engine.evidence import compare_identifiers, compare_mail, compare_phones
from fedele.people.duplicates.engine.identity import Identity
from fedele.people.duplicates.engine.places import compare_streets, compare_towns
from fedele.people.duplicates.engine.profile import Profile
from fedele.people.duplicates.engine.rarity import USUAL, Rarity
from fedele.people.duplicates.engine.reasons import Reason

SAME, ASK, NO = "same", "ask", "no"
#: The highest score of what a person must look at.
_ASK_AT_MOST = w.SAME - 0.01


_CERTAIN_DOUBT = 2.0**60
#: Bits against an explanation there is no sign of.
_NOBODY = 60.0


class Match(NamedTuple):
    """`score`, 0 to 1, is the probability that the two are one; `verdict` SAME, ASK or NO; `reasons` say why."""

    score: float
    verdict: str
    reasons: list[Reason]


class _Sum(NamedTuple):
    #: Bits against each explanation, a stranger first.
    against: tuple[float, ...]
    #: Bits that do not come from the name.
    support: float
    may_be_sure: bool
    at_least: float = 0.0


def compare(a: Identity | Profile, b: Identity | Profile, rarity: Rarity = USUAL) -> Match:
    """Compares two and says why; the order does not matter."""
    one, other = profile_of(a), profile_of(b)
    why: list[Reason] = []
    score, verdict = _judge(_add_up(one, other, rarity, why), why)
    return Match(score, verdict, why)


def judge(a: Profile, b: Profile, rarity: Rarity = USUAL) -> tuple[float, str]:
    """(score, verdict) without the reasons: for many, of which most are different."""
    return _judge(_add_up(a, b, rarity, None), None)


def profile_of(one: Identity | Profile) -> Profile:
    return one if isinstance(one, Profile) else Profile(one)


def _add_up(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None) -> _Sum:
    if a.is_person and b.is_person:
        return _people(a, b, rarity, why)
    if a.is_person != b.is_person:
        return _person_and_organisation(a, b, rarity, why)
    return _organisations(a, b, rarity, why)


def _people(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None) -> _Sum:
    given, surname = people.compare_names(a, b, rarity, why)
    phones = compare_phones(a, b, rarity, why)
    mail = compare_mail(a, b, rarity, why)
    codes = compare_identifiers(a, b, rarity, why)
    own, shared = phones.own + mail.own + codes.own, phones.shared + mail.shared + codes.shared
    if why is None and rarity.prior + given + surname + own + shared + _home_at_most(a, b) < 0:
        return _Sum((-20.0,), 0.0, may_be_sure=False, at_least=_at_least(a, b))
    home = compare_streets(a, b, rarity, why) + compare_towns(a, b, rarity, why)
    firm = organisations.compare_names(a, b, rarity, why, "company")
    firm = min(firm, w.COMPANY_AT_MOST) if firm > 0 else max(firm, w.OTHER_COMPANY)
    stranger = rarity.prior + given + surname + own + shared + home + firm
    family = w.FAMILY + given + min(surname, 0.0) + own + min(phones.shared, 0.0) + min(mail.shared, 0.0)
    at_work = firm > 0 or phones.shared > 0 or mail.shared > 0 or codes.shared > 0
    # Relatives work together: of colleagues the surname says little.
    colleague = w.COLLEAGUE + given + min(surname, w.RELATIVE) + own + min(home, 0.0) if at_work else _NOBODY
    support = _gains(phones.own, phones.shared, mail.own, mail.shared, codes.own, codes.shared, home, firm)
    # One name may be quite another, as after a wedding, where an identifier and the rest are the same.
    others = (given <= w.OTHER_GIVEN) + (surname <= w.OTHER_SURNAME)
    sure = not codes.is_contradicted and (not others or (others == 1 and own >= w.IDENTIFIED))
    return _Sum((stranger, family, colleague), support, sure, _at_least(a, b))


def _organisations(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None) -> _Sum:
    name = organisations.compare_names(a, b, rarity, why)
    phones = compare_phones(a, b, rarity, why)
    mail = compare_mail(a, b, rarity, why)
    codes = compare_identifiers(a, b, rarity, why)
    street = compare_streets(a, b, rarity, why, premises=True)
    home = street + compare_towns(a, b, rarity, why)
    phone = phones.own + (phones.shared if phones.shared > 0 else phones.shared * w.ONE_PHONE)
    reach = phone + mail.own + mail.shared
    own = codes.own + codes.shared
    stranger = rarity.prior + name + reach + own + home
    branch = w.BRANCH + phone + own + home
    tenant = w.TENANT + name + own
    support = _gains(phones.own, phones.shared, mail.own, mail.shared, own, home)
    return _Sum((stranger, branch, tenant), support, not codes.is_contradicted and name > -4, _at_least(a, b))


def _person_and_organisation(a: Profile, b: Profile, rarity: Rarity, why: list[Reason] | None) -> _Sum:
    """A lead may be of a company that is known already: never certain, and only by more than the name."""
    person = a if a.is_person else b
    if not person.for_company or not (a.company and b.company):
        return _Sum((-20.0,), 0.0, may_be_sure=False)
    found = _organisations(a, b, rarity, why)
    if found.support < w.SUPPORT:
        return _Sum((-20.0,), 0.0, may_be_sure=False)
    if why is not None:
        why.append(Reason("person_of_company", person.identity.surname, person.identity.company))
    return found._replace(may_be_sure=False)


def _at_least(a: Profile, b: Profile) -> float:
    """People of one firm may all be written down with its VAT number; a tax code is of one person."""
    if (a.tax_code and a.tax_code == b.tax_code) or (a.vat and a.vat == b.vat and not (a.is_person and b.is_person)):
        return w.IDENTIFIER_IN_COMMON
    return 0.0


def _home_at_most(a: Profile, b: Profile) -> float:
    """More than address and employer can say: what is not reached with it need not be looked at further."""
    return 15.0 + w.COMPANY_AT_MOST + (28.0 if a.street.name and b.street.name else 8.0)


def _gains(*bits: float) -> float:
    return sum(some for some in bits if some > 0)


def _judge(found: _Sum, why: list[Reason] | None) -> tuple[float, str]:
    doubt = 0.0
    for bits in found.against:
        doubt += 2.0**-bits if bits > -60 else _CERTAIN_DOUBT
    score = max(1.0 / (1.0 + doubt), found.at_least)
    if score < w.ASK:
        return score, NO
    if found.support <= 0 and why is not None:
        why.append(Reason("only_name"))
    if score >= w.SAME and found.may_be_sure and found.support >= w.SUPPORT:
        return score, SAME
    return min(score, _ASK_AT_MOST), ASK
