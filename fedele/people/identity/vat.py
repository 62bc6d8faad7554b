"""VAT numbers: «partita IVA» of Italy, the numbers of the European Union, and whatever other countries use."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError as WrongNumber

from fedele.people.identity.characters import compact, tidy

#: Prefix of a VAT number in the Union by ISO country; Greece alone writes another than its code.
EU_PREFIXES = {code.upper(): code.upper() for code in eu_vat.MEMBER_STATES} | {"GR": "EL"}
_PREFIXES = frozenset(EU_PREFIXES.values())
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_LABEL = re.compile(r"(?:p(?:artita)?\.? ?iva|p\.i\.|vat(?: (?:no|number))?)[ .:]*", re.IGNORECASE)
_TAX_CODE = re.compile(r"[A-Z]{6}[0-9L-V]{2}[A-Z][0-9L-V]{2}[A-Z][0-9L-V]{3}[A-Z]")
MAX_LENGTH = 20


def clean_vat(value: Any, country: str = "IT") -> str:
    """The stored form: 11 digits in Italy, prefix and number in the Union («DE136695976»), elsewhere the text."""
    text = tidy(value)
    if not text:
        return ""
    if not text[0].isdigit() and (label := _LABEL.match(text)):
        text = text[label.end() :]
    code = compact(text)
    if country == "IT" and code.isdigit():
        return _italian(code)
    prefix = code[:2]
    if prefix == "IT" and code[2:].isdigit():
        return _italian(code[2:]) if country == "IT" else prefix + _italian(code[2:])
    if country == "IT" and prefix not in _PREFIXES:
        return _italian(code)
    if prefix in _PREFIXES and (country in EU_PREFIXES or _is_european(code)):
        return _european(code)
    if country in EU_PREFIXES:
        return _european(EU_PREFIXES[country] + code)
    return _any_country(text)


def show_vat(value: str) -> str:
    """«IT 01234567897» is how Italy writes it abroad; the digits alone are how it is written at home."""
    return f"{value[:2]} {value[2:]}" if value[:2] in _PREFIXES else value


def luhn_digit(digits: str) -> int:
    """Check digit of an Italian VAT number (or company tax code) from its first ten digits."""
    odd = sum(map(int, digits[0:10:2]))
    even = sum(_DOUBLED[int(digit)] for digit in digits[1:10:2])
    return -(odd + even) % 10


def check_eleven_digits(digits: str) -> None:
    """Raises when the last of eleven digits is not the check digit of the others."""
    expected = luhn_digit(digits)
    if expected != int(digits[10]):
        raise ValidationError(
            _("A digit is mistyped: with these first ten the check digit should be %(expected)s, not %(found)s."),
            code="check_digit",
            params={"expected": expected, "found": digits[10]},
        )


def _italian(code: str) -> str:
    if not (code.isascii() and code.isdigit()):
        raise _not_digits(code)
    if 8 <= len(code) <= 10 and _is_whole(code.zfill(11)):
        return code.zfill(11)  # A spreadsheet that took it for a number dropped the zeros in front.
    if len(code) != 11:
        raise ValidationError(
            _("An Italian VAT number has 11 digits, this has %(count)s."), code="length", params={"count": len(code)}
        )
    check_eleven_digits(code)
    if code == "00000000000":
        raise ValidationError(_("A VAT number is not all zeros."), code="zeros")
    return code


def _is_whole(code: str) -> bool:
    """Whether a number without its zeros is certain: the check digit fits and digits 8–10 name a tax office."""
    office = code[7:10]
    return luhn_digit(code) == int(code[10]) and ("001" <= office <= "100" or office in ("120", "121", "888", "999"))


def _not_digits(code: str) -> ValidationError:
    if _TAX_CODE.fullmatch(code):
        return ValidationError(_("This is a person's tax code (codice fiscale), not a VAT number."), code="tax_code")
    return ValidationError(_("An Italian VAT number has only digits, 11 of them."), code="letters")


def _is_european(code: str) -> bool:
    return eu_vat.is_valid(code)


def _european(code: str) -> str:
    try:
        return str(eu_vat.validate(code))
    except WrongNumber:
        raise ValidationError(
            _("“%(value)s” is not a VAT number of %(prefix)s: its length or its check digit is wrong."),
            code="invalid",
            params={"value": code, "prefix": code[:2]},
        ) from None


def _any_country(text: str) -> str:
    # Capital letters may be more than the small ones were: ß, ﬁ.
    text = text.upper()
    if len(text) > MAX_LENGTH:
        raise ValidationError(
            _("A VAT number has at most %(limit)s characters."), code="length", params={"limit": MAX_LENGTH}
        )
    return text
