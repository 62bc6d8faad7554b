"""What phones, mailboxes, identifiers and dates say about two."""

from __future__ import annotations

from typing import NamedTuple

from fedele.people.duplicates.engine import weights as w
from fedele.people.duplicates.engine.dates import are_turned
from fedele.people.duplicates.engine.likeness import is_slip, share
from fedele.people.duplicates.engine.profile import Profile
from fedele.people.duplicates.engine.rarity import Rarity
from fedele.people.duplicates.engine.reasons import Reason

Why = list[Reason] | None


class Weighed(NamedTuple):
    """Bits by whose they are: `own` of this one alone, `shared` with whoever sits behind the same door."""

    own: float = 0.0
    shared: float = 0.0
    #: An identifier says that these are two.
    is_contradicted: bool = False


def compare_phones(a: Profile, b: Profile, rarity: Rarity, why: Why) -> Weighed:
    if not a.phones or not b.phones:
        return Weighed()
    for phone in a.mobiles + a.phones:
        if phone in b.phones:
            if why is not None:
                why.append(Reason("same_phone", phone, phone))
            bits = min(rarity.phone[phone], 19.0)
            personal = phone in a.mobiles and phone in b.mobiles
            if personal:
                return Weighed(own=bits * 0.75, shared=bits * 0.25)
            apart = a.mobiles and b.mobiles and not any(mobile in b.mobiles for mobile in a.mobiles)
            return Weighed(own=w.OTHER_MOBILE if apart else 0.0, shared=bits)
    for one in a.phones:
        for other in b.phones:
            if (
                len(one) >= 7
                and len(other) >= 7
                and (is_slip(one, other) or one.endswith(other) or other.endswith(one))
            ):
                if why is not None:
                    why.append(Reason("phone_alike", one, other))
                return Weighed(shared=6.0)
    if why is not None:
        why.append(Reason("other_phone", a.phones[0], b.phones[0]))
    return Weighed(shared=w.OTHER_PHONE)


def compare_mail(a: Profile, b: Profile, rarity: Rarity, why: Why) -> Weighed:
    """Mailboxes, and where there are none in common, the domains of mail and web site."""
    found = Weighed()
    if a.emails and b.emails:
        found = _mailboxes(a, b, rarity, why)
        if found.own > 0 or found.shared > 0:
            return found
    if a.domains and b.domains:
        if common := next((domain for domain in a.domains if domain in b.domains), ""):
            if why is not None:
                why.append(Reason("same_website", common, common))
            return Weighed(shared=min(rarity.domain[common], 9.0))
        if not a.emails or not b.emails:
            return Weighed(shared=w.OTHER_DOMAIN)
    return found


def _mailboxes(a: Profile, b: Profile, rarity: Rarity, why: Why) -> Weighed:
    for email in a.emails:
        if email in b.emails:
            shared = email in a.shared
            if why is not None:
                why.append(Reason("same_shared_email" if shared else "same_email", email, email))
            bits = min(rarity.email[email], 19.0)
            return Weighed(shared=bits * 0.75) if shared else Weighed(own=bits * 0.75, shared=bits * 0.25)
    for one in a.emails:
        for other in b.emails:
            if is_slip(one, other) and one not in a.shared and one[0] == other[0]:
                if why is not None:
                    why.append(Reason("email_alike", one, other, share(one, other)))
                return Weighed(own=5.0, shared=3.0)
    if why is not None:
        why.append(Reason("other_email", a.emails[0], b.emails[0]))
    return Weighed(shared=w.OTHER_EMAIL)


def compare_identifiers(a: Profile, b: Profile, rarity: Rarity, why: Why) -> Weighed:
    """Tax code, VAT number, birth and whatever else there is only one of."""
    own = shared = 0.0
    contradicted = False
    if a.tax_code and b.tax_code:
        bits, against = _code(a.tax_code, b.tax_code, "tax_code", w.OTHER_TAX_CODE, rarity, why)
        own, contradicted = own + bits, contradicted or against
    if a.vat and b.vat:
        bits, against = _code(a.vat, b.vat, "vat", w.OTHER_VAT, rarity, why)
        # Everybody in a firm may be written down with its number.
        own, shared = (own, shared + bits) if a.is_person and b.is_person and bits > 0 else (own + bits, shared)
        contradicted = contradicted or against
    elif (a.vat and a.vat == b.tax_code) or (b.vat and b.vat == a.tax_code):
        own += min(rarity.id[a.vat or b.vat], 20.0)
        if why is not None:
            why.append(Reason("same_vat", a.vat or a.tax_code, b.vat or b.tax_code))
    for name, one in a.ids.items():
        if other := b.ids.get(name):
            bits, against = _code(one, other, "id", w.OTHER_ID, rarity, why, name)
            own, contradicted = own + bits, contradicted or against
    if a.born and b.born:
        bits = _birth(a.born, b.born, rarity, why)
        own, contradicted = own + bits, contradicted or bits <= w.OTHER_BIRTH
    return Weighed(own, shared, contradicted)


def _code(
    one: str, other: str, kind: str, otherwise: float, rarity: Rarity, why: Why, name: str = ""
) -> tuple[float, bool]:
    if one == other:
        bits, how = min(rarity.id[one], 22.0), "same_"
    elif is_slip(one, other):
        bits, how = max(2.0, min(rarity.id[one], rarity.id[other], 16.0) + w.SLIP_IN_CODE), ""
    else:
        bits, how = otherwise, "other_"
    if why is not None:
        why.append(Reason(f"{how}{kind}" if how else f"{kind}_alike", one, other, name))
    return bits, how == "other_"


def _birth(one: str, other: str, rarity: Rarity, why: Why) -> float:
    bits = min(rarity.born[one], rarity.born[other], 14.0)
    if one == other:
        how = "same_born"
    elif are_turned(one, other):
        how, bits = "born_turned", max(2.0, bits + w.SLIP_IN_BIRTH)
    elif is_slip(one, other):
        how, bits = "born_alike", max(2.0, bits + w.SLIP_IN_BIRTH)
    else:
        same_year = len(one) == len(other) == 8 and (one[:4] == other[:4] or one[4:] == other[4:])
        how, bits = "other_born", w.OTHER_BIRTH / 2 if same_year else w.OTHER_BIRTH
    if why is not None:
        why.append(Reason(how, one, other))
    return bits
