"""An identity made ready to be compared: read once, compared often."""

from __future__ import annotations

from fedele.people.duplicates.engine.addresses import NOWHERE, street_of
from fedele.people.duplicates.engine.company_names import company_words
from fedele.people.duplicates.engine.dates import date_digits
from fedele.people.duplicates.engine.identity import PERSON, Identity
from fedele.people.duplicates.engine.letters import code, words
from fedele.people.duplicates.engine.personal_names import name_words
from fedele.people.duplicates.engine.reach import email_parts, is_mobile, is_shared, phone_key, web_domain

_NONE: dict[str, str] = {}


class Profile:
    """The parts of an identity in the form in which equal means equal."""

    __slots__ = (
        "born", "city", "company", "company_name", "country", "domains", "emails", "for_company", "form", "given",
        "given_name", "identity", "ids", "is_person", "locality", "mobiles", "phones", "postcode", "province", "shared",
        "street", "surname", "surname_name", "tax_code", "telling", "vat",
    )  # fmt: skip

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        #: Its keys, once they were asked for: see keys.py.
        self.telling: tuple[frozenset[int], frozenset[int]] | None = None
        self.is_person = identity.kind == PERSON
        self.for_company = identity.for_company
        self.given = name_words(identity.given) if identity.given else ()
        self.surname = name_words(identity.surname) if identity.surname else ()
        self.given_name, self.surname_name = "".join(self.given), "".join(self.surname)
        self.company, self.form = company_words(identity.company) if identity.company else ((), "")
        self.company_name = "".join(self.company)
        self._read_reach(identity)
        self.vat = _vat(identity.vat) if identity.vat else ""
        self.tax_code = _vat(identity.tax_code) if identity.tax_code else ""
        has_street = identity.street or identity.house
        self.street = street_of(identity.street, identity.house) if has_street else NOWHERE
        self.locality = "".join(words(identity.locality)) if identity.locality else ""
        self.postcode = _postcode(identity.postcode) if identity.postcode else ""
        self.city = "".join(words(identity.city)) if identity.city else ""
        self.province = "".join(words(identity.province)) if identity.province else ""
        self.country = identity.country.upper()
        self.born = date_digits(identity.born) if identity.born else ""
        self.ids = (
            {name: found for name, value in identity.ids.items() if (found := code(value))} if identity.ids else _NONE
        )

    def _read_reach(self, identity: Identity) -> None:
        phones, mobiles, emails, shared, domains = [], [], [], [], []
        for text in identity.phones:
            if text and (key := phone_key(text)):
                phones.append(key)
                if is_mobile(text):
                    mobiles.append(key)
        for text in identity.emails:
            if text:
                local, domain = email_parts(text)
                if local:
                    emails.append(f"{local}@{domain}")
                    if is_shared(local):
                        shared.append(f"{local}@{domain}")
                    if found := web_domain(domain):
                        domains.append(found)
        if identity.website and (found := web_domain(identity.website)):
            domains.append(found)
        self.phones, self.mobiles, self.emails, self.shared = phones, mobiles, emails, shared
        self.domains = domains

    def values(self) -> dict[str, tuple[str, ...] | list[str]]:
        """What is counted to know how rare each value is, by kind."""
        found: dict[str, tuple[str, ...] | list[str]] = {}
        if self.is_person:
            # Given and surname are often exchanged: each is counted as what it is written as.
            found["given"] = {self.given_name, *self.given} - {""}  # type: ignore[assignment]
            found["surname"] = {self.surname_name, *self.surname} - {""}  # type: ignore[assignment]
        found["company"] = self.company
        for kind in ("city", "postcode", "locality", "province", "born"):
            if value := getattr(self, kind):
                found[kind] = (value,)
        if self.street.name:
            found["street"] = (self.street.name,)
        if self.street.number:
            found["number"] = (self.street.number,)
        if self.city and self.postcode:
            found["place"] = (self.city + self.postcode,)
        found["phone"], found["email"], found["domain"] = self.phones, self.emails, self.domains
        found["id"] = [*self.ids.values(), *filter(None, (self.vat, self.tax_code))]
        return found


def _vat(text: str) -> str:
    """Without the country, and with the zeros a spreadsheet dropped: IT01234567897 and 1234567897 are one number."""
    found = code(text)
    if len(found) > 8 and found[:2].isalpha() and found[2:].isdigit():
        found = found[2:]
    return found.zfill(11) if found.isdigit() and 8 <= len(found) <= 10 else found


def _postcode(text: str) -> str:
    return code(text).lstrip("0")
