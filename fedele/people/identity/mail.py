"""E-mail addresses: stored in lower case, because two people writing to one mailbox must be seen to do so."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from fedele.people.identity.characters import tidy

MAX_LENGTH = 254
_ORDINARY = re.compile(
    r"[a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.ASCII
)
_WITH_NAME = re.compile(r"[^<>]*<([^<>]+)>")
#: Letters that the old rules of Python's codec would turn into others, and so into somebody else's domain.
_DEVIATING = frozenset("ßς\u200c\u200d")
#: Providers of certified mail whose domains do not say «pec».
_PEC_DOMAINS = (
    "legalmail.it", "postecert.it", "sicurezzapostale.it", "cert.legalmail.it", "registerpec.it", "cgn.legalmail.it",
    "ordineavvocatiroma.org", "postacertificata.gov.it", "casellapec.com", "mypec.eu", "ticertifica.it", "lamiapec.it",
    "certificatamail.it",
)  # fmt: skip
_PEC_LABEL = re.compile(r"(?:^|[.-])(?:[a-z]*pec|cert[a-z]*|postacert[a-z]*|legalmail)(?=[.-])")
_valid = EmailValidator()


def clean_email(value: Any, country: str = "") -> str:
    """The address alone, lower case, an international domain in its «xn--» form. `country` plays no part."""
    text = tidy(value)
    if not text:
        return ""
    address = text.lower()
    if len(address) <= MAX_LENGTH and _ORDINARY.fullmatch(address):
        return address
    return _unusual(text)


def show_email(value: str) -> str:
    """The domain as its owner writes it: «info@caffè.it» for «info@xn--caff-8oa.it»."""
    if "xn--" not in value:
        return value
    local, _at, domain = value.rpartition("@")
    try:
        return f"{local}@{domain.encode('ascii').decode('idna')}"
    except UnicodeError:
        return value


def looks_certified(address: str) -> bool:
    """Whether the domain is that of Italian certified mail (PEC). A hint: only the provider knows for sure."""
    domain = address.rpartition("@")[2]
    return bool(_PEC_LABEL.search(domain)) or domain.endswith(_PEC_DOMAINS)


def _unusual(text: str) -> str:
    if len(text) > 2 * MAX_LENGTH:
        raise ValidationError(_("This is too long for an e-mail address."), code="length")
    if text.count("@") > 1 and re.search(r"[;, /]", text):
        raise ValidationError(_("There is more than one e-mail address here: keep one."), code="many")
    if named := _WITH_NAME.fullmatch(text):
        text = named[1]
    address = text.strip().removeprefix("mailto:").strip(" ;,").lower()
    local, at, domain = address.rpartition("@")
    if not at:
        raise ValidationError(
            _("“%(value)s” is not an e-mail address: there is no @ in it."), code="at", params={"value": text[:80]}
        )
    address = f"{local}@{_ascii_domain(domain)}"
    if len(address) > MAX_LENGTH:
        raise ValidationError(_("This is too long for an e-mail address."), code="length")
    try:
        _valid(address)
    except ValidationError:
        raise ValidationError(
            _("“%(value)s” is not an e-mail address."), code="invalid", params={"value": text[:80]}
        ) from None
    return address


def _ascii_domain(domain: str) -> str:
    if domain.isascii() or _DEVIATING & set(domain):
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
