"""Codice fiscale: 16 characters for persons, 11 digits for companies and bodies. Elsewhere any tax number."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.people.identity.characters import compact, tidy
from fedele.people.identity.vat import check_eleven_digits, luhn_digit

MAX_LENGTH = 28
_MONTHS = "ABCDEHLMPRST"
#: Two people with the same code are told apart by letters in place of digits (omocodia), from the right.
_DIGIT_OF = str.maketrans("LMNPQRSTUV", "0123456789")
_SHAPE = re.compile(r"[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]")
_PERSON = re.compile(r"[A-Z]{6}[0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ODD_VALUES = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_ODD = {mark: _ODD_VALUES[i if i < 10 else i - 10] for i, mark in enumerate(_ALPHABET)}
_EVEN = {mark: i if i < 10 else i - 10 for i, mark in enumerate(_ALPHABET)}


class Person(NamedTuple):
    """What a personal code says. `birthplace` is the cadastral code of the town («B157») or country («Z112»)."""

    birth_date: dt.date
    gender: str
    birthplace: str


def clean_tax_code(value: Any, country: str = "IT") -> str:
    """Upper case without spaces; in Italy control letter or check digit, date and length are checked."""
    text = tidy(value)
    if not text:
        return ""
    if country != "IT":
        return _any_country(text)
    code = compact(text)
    if not code.isascii() or not code.isalnum():
        raise ValidationError(_("A tax code has only letters and digits."), code="characters")
    if code.isdigit():
        return _company(code)
    if code[:2] == "IT" and len(code) == 13 and code[2:].isdigit():
        return _company(code[2:])
    return _personal(code)


def show_tax_code(value: str) -> str:
    return value


def control_letter(code: str) -> str:
    """The sixteenth character, from the first fifteen."""
    total = sum(_ODD[mark] for mark in code[0:15:2]) + sum(_EVEN[mark] for mark in code[1:14:2])
    return chr(65 + total % 26)


def is_personal(code: str) -> bool:
    return len(code) == 16 and _SHAPE.fullmatch(code) is not None


def read_tax_code(code: str, today: dt.date | None = None) -> Person | None:
    """What a person's clean code says, None for any other. Of two possible centuries the nearer one is meant."""
    if not is_personal(code):
        return None
    year, month = int(code[6:8].translate(_DIGIT_OF)), _MONTHS.index(code[8]) + 1
    day = int(code[9:11].translate(_DIGIT_OF))
    today = today or timezone.localdate()
    century = today.year // 100 * 100
    try:
        birth_date = dt.date(century + year, month, day % 40)
        if birth_date > today:
            birth_date = dt.date(century - 100 + year, month, day % 40)
    except ValueError:
        return None
    return Person(birth_date, "F" if day > 40 else "M", code[11] + code[12:15].translate(_DIGIT_OF))


def _company(code: str) -> str:
    if 8 <= len(code) <= 10 and luhn_digit(code.zfill(11)) == int(code[-1]):
        return code.zfill(11)  # A spreadsheet that took it for a number dropped the zeros in front.
    if len(code) != 11:
        raise ValidationError(
            _("A company's tax code has 11 digits, a person's 16 characters; this has %(count)s."),
            code="length",
            params={"count": len(code)},
        )
    check_eleven_digits(code)
    return code


def _personal(code: str) -> str:
    if len(code) != 16:
        raise ValidationError(
            _("A company's tax code has 11 digits, a person's 16 characters; this has %(count)s."),
            code="length",
            params={"count": len(code)},
        )
    if not _PERSON.fullmatch(code):
        raise ValidationError(
            _("A person's tax code looks like RSSMRA80A01F205X: here letters and digits are in the wrong places."),
            code="shape",
        )
    expected = control_letter(code)
    if expected != code[15]:
        raise ValidationError(
            _("A character is mistyped: with these first fifteen the last should be %(expected)s, not %(found)s."),
            code="control_letter",
            params={"expected": expected, "found": code[15]},
        )
    if not _is_date(code):
        raise ValidationError(_("The date of birth in this tax code does not exist."), code="date")
    return code


def _is_date(code: str) -> bool:
    month = _MONTHS.find(code[8]) + 1
    day = int(code[9:11].translate(_DIGIT_OF)) % 40
    if not month or int(code[9:11].translate(_DIGIT_OF)) > 71 or day < 1:
        return False
    if day <= 28:
        return True
    year = int(code[6:8].translate(_DIGIT_OF))
    leap = year % 4 == 0  # 1900 was none, but nobody born then has a code to type today.
    return day <= (29 + leap - 1 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _any_country(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise ValidationError(
            _("A tax code has at most %(limit)s characters."), code="length", params={"limit": MAX_LENGTH}
        )
    return text.upper()
