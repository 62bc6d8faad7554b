"""Numbers that are right by their own rules: VAT numbers, tax codes, telephones. All are invented."""

from __future__ import annotations

from random import Random

from stdnum.at import uid as austrian
from stdnum.ch import uid as swiss
from stdnum.iso7064 import mod_11_10

from fedele.demo.places import Place
from fedele.people.identity.characters import fold
from fedele.people.identity.tax_code import control_letter
from fedele.people.identity.vat import luhn_digit

#: Numbers run through their seven digits in steps of this, which has no divisor in common with how many there are.
_STEP, _MOST = 6_180_341, 9_999_990
_MONTHS = "ABCDEHLMPRST"
_MOBILES = ("320", "328", "329", "333", "334", "335", "338", "339", "340", "346", "347", "348", "349", "366")
#: Codes of providers that receive e-invoices for their customers.
SDI_CODES = (
    "M5UXCR1",
    "KRRH6B9",
    "SUBM70N",
    "T04ZHR3",
    "W7YVJK9",
    "USAL8PV",
    "BA6ET11",
    "A4707H7",
    "0000000",
    "0000000",
)


def vat_number(number: int, place: Place) -> str:
    """The VAT number of the demo's company `number`: every company has another."""
    if place.country != "IT":
        return _ABROAD[place.country](f"{number * _STEP % _MOST + 1:08}")
    ten = f"{number * _STEP % _MOST + 1:07}{place.office}"
    return f"{ten}{luhn_digit(ten)}"


def _german(digits: str) -> str:
    nine = f"{1 + int(digits[0]) % 9}{digits[1:8]}"
    return f"DE{nine}{mod_11_10.calc_check_digit(nine)}"


def _austrian(digits: str) -> str:
    return f"ATU{digits[:7]}{austrian.calc_check_digit(digits[:7])}"


def _swiss(digits: str) -> str:
    for last in "0123456789":
        eight = f"{digits[:7]}{last}"
        check = swiss.calc_check_digit(eight)
        if check in "0123456789":
            return f"CHE{eight}{check}MWST"
    raise AssertionError(digits)


def _french(digits: str) -> str:
    """A SIREN with its Luhn digit, behind the key made of it."""
    total = sum(sum(divmod(int(digit) * (2 if at % 2 else 1), 10)) for at, digit in enumerate(digits))
    siren = f"{digits}{-total % 10}"
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


_ABROAD = {"DE": _german, "AT": _austrian, "CH": _swiss, "FR": _french}


def tax_code(random: Random, first_name: str, last_name: str, woman: bool, place: Place) -> str:
    """The personal tax code of somebody born in `place` between 1958 and 2000."""
    year, month, day = random.randint(58, 99), random.randint(0, 11), random.randint(1, 28)
    fifteen = (
        f"{_three(last_name)}{_three(first_name, first=True)}{year:02}{_MONTHS[month]}"
        f"{day + (40 if woman else 0):02}{place.cadastral}"
    )
    return fifteen + control_letter(fifteen)


def _three(name: str, *, first: bool = False) -> str:
    letters = fold(name).upper()
    consonants = [letter for letter in letters if letter not in "AEIOU"]
    if first and len(consonants) > 3:
        del consonants[1]
    vowels = [letter for letter in letters if letter in "AEIOU"]
    return "".join([*consonants, *vowels, "X", "X"])[:3]


def landline(random: Random, place: Place) -> str:
    """A number of the town's own area code, E.164; ten digits in Italy."""
    if place.country == "IT":
        digits = 10 - len(place.area)
        return f"+39{place.area}{random.randint(2, 8)}{random.randrange(10 ** (digits - 1)):0{digits - 1}}"
    digits = {"DE": 7, "CH": 7}.get(place.country, 6)
    return f"{place.area}{random.randint(2, 7)}{random.randrange(10 ** (digits - 1)):0{digits - 1}}"


def mobile(random: Random) -> str:
    return f"+39{_MOBILES[int(random.random() * len(_MOBILES))]}{int(random.random() * 10_000_000):07}"
