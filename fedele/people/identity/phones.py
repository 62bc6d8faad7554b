"""Telephone numbers: stored as E.164 («+390303545678», with «;ext=12» for an extension), shown as people write them.

Ordinary Italian numbers, nine in ten of what is typed here, are recognised by one regular expression made from
phonenumbers' own tables; everything else goes through phonenumbers itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat, ValidationResult

from fedele.people.identity.characters import tidy

MAX_LENGTH = 32
_ITALY = phonenumbers.PhoneMetadata.metadata_for_region("IT")
_ORDINARY = re.compile(
    rf"(?:(?:\+|00)39)?(3[2-8][0-9]{{8}}|(?=0[0-9]{{7,10}}\Z)(?:{_ITALY.fixed_line.national_number_pattern}))", re.ASCII
)
_PUNCTUATION = {ord(mark): None for mark in " -./()"}
_FORMATS = [
    (re.compile(rule.leading_digits_pattern[-1]), re.compile(rule.pattern), rule.format)
    for rule in _ITALY.number_format
]
_TWO_NUMBERS = re.compile(r"[0-9]{5,}\s*(?:[/;,]|\bo\b|\bor\b)\s*[+0-9]")
_BEFORE_THE_NUMBER = re.compile(r"(?:tel|phone|cell|mob|fax)[a-z]*[.: ]*(?=[+0-9(])", re.IGNORECASE)
_INTERNAL = re.compile(r"\b(?:int|interno)\b\.?(?=\s*[0-9])", re.IGNORECASE)


def clean_phone(value: Any, country: str = "") -> str:
    """The E.164 form. Without `country` numbers not beginning with + are taken as of the company's own country."""
    text = tidy(value)
    if not text:
        return ""
    if (country or settings.COUNTRY) == "IT":
        ordinary = _ORDINARY.fullmatch(text.translate(_PUNCTUATION))
        if ordinary:
            return f"+39{ordinary[1]}"
    if len(text) > 100:
        raise ValidationError(_("This is too long for a telephone number."), code="length")
    return _any_number(text, country or settings.COUNTRY)


def show_phone(value: str, country: str = "") -> str:
    """«030 354 5678» at home, «+49 89 636480» abroad, the extension behind."""
    number, _ext, extension = value.partition(";ext=")
    shown = _shown(number, country or settings.COUNTRY)
    if extension:
        return gettext("%(number)s ext. %(extension)s") % {"number": shown, "extension": extension}
    return shown


def phone_link(value: str) -> str:
    """The address that makes a telephone dial: «tel:+390303545678;ext=12»."""
    return f"tel:{value}" if value else ""


def is_mobile(value: str) -> bool:
    """Whether a clean number can get a text message; in countries that do not tell the two apart, it is assumed."""
    if value.startswith("+393"):
        return True
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return False
    return kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


@lru_cache(maxsize=20_000)
def _any_number(text: str, country: str) -> str:
    text = _INTERNAL.sub("ext.", _BEFORE_THE_NUMBER.sub("", text, count=1))
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as wrong:
        raise _unreadable(text, wrong) from None
    if not phonenumbers.is_valid_number(number):
        raise _invalid(text, number)
    clean = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{clean};ext={number.extension}" if number.extension else clean


@lru_cache(maxsize=20_000)
def _shown(number: str, country: str) -> str:
    if country == "IT" and number.startswith("+39") and (national := _italian(number[3:])):
        return national
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    home = phonenumbers.country_code_for_region(country) == parsed.country_code
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def _italian(digits: str) -> str:
    for leading, pattern, template in _FORMATS:
        if leading.match(digits) and (match := pattern.fullmatch(digits)):
            return match.expand(template)
    return digits


def _unreadable(text: str, wrong: phonenumbers.NumberParseException) -> ValidationError:
    if _TWO_NUMBERS.search(text):
        return _two_numbers()
    if wrong.error_type == wrong.INVALID_COUNTRY_CODE:
        return ValidationError(_("No country has the prefix this telephone number begins with."), code="prefix")
    return ValidationError(_("“%(value)s” is not a telephone number."), code="invalid", params={"value": text[:40]})


def _invalid(text: str, number: phonenumbers.PhoneNumber) -> ValidationError:
    if _TWO_NUMBERS.search(text):
        return _two_numbers()
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == ValidationResult.TOO_SHORT:
        return ValidationError(_("This telephone number is too short: are digits missing?"), code="short")
    if reason == ValidationResult.TOO_LONG:
        return ValidationError(_("This telephone number is too long."), code="long")
    country = phonenumbers.region_code_for_country_code(number.country_code)
    return ValidationError(
        _("No telephone number of %(country)s looks like this: check the area code and the number of digits."),
        code="invalid",
        params={"country": country},
    )


def _two_numbers() -> ValidationError:
    return ValidationError(_("There is more than one telephone number here: keep one."), code="many")
