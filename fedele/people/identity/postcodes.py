"""Postcodes: «CAP» in Italy, where the first two digits also say which provinces it may be in.

The table was checked against all 8,000 postcodes of the communes of January 2026: no commune is outside it, and the
two communes whose post comes from over the border (Briga Alta, Massimino) are in it. Sardinia, whose provinces were
redrawn twice, answers with all of its provinces.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.people.identity.characters import tidy

MAX_LENGTH = 12
_S = "CA CI NU OG OR OT SS SU VS"
_BY_TENS = f"""
00 RM|01 VT|02 RI|03 FR|04 LT|05 TR|06 PG|07 {_S}|08 {_S}|09 {_S}|10 TO|11 AO|12 CN SV|13 BI VC
14 AT|15 AL|16 GE|17 SV|18 CN IM|19 SP|20 MB MI|21 VA|22 CO|23 LC SO|24 BG|25 BS|26 CR LO|27 PV
28 NO VB|29 PC|30 VE|31 TV|32 BL|33 PN UD|34 GO TS|35 PD|36 VI|37 VR|38 TN|39 BZ|40 BO|41 MO|42 RE
43 PR|44 FE|45 RO|46 MN|47 FC RN|48 RA|50 FI|51 PT|52 AR|53 SI|54 MS|55 LU|56 PI|57 LI|58 GR|59 PO
60 AN|61 PU|62 MC|63 AP FM|64 TE|65 PE|66 CH|67 AQ|70 BA|71 FG|72 BR|73 LE|74 TA|75 MT|76 BT|80 NA
81 CE|82 BN|83 AV|84 SA|85 PZ|86 CB IS|87 CS|88 CZ KR|89 RC VV|90 PA|91 TP|92 AG|93 CL|94 EN|95 CT
96 SR|97 RG|98 ME
"""
#: First two digits of an Italian postcode → codes of the provinces where it is used.
PROVINCES_BY_PREFIX: dict[str, tuple[str, ...]] = {
    entry[:2]: tuple(entry[3:].split()) for entry in _BY_TENS.strip().replace("\n", "|").split("|")
}

#: How many digits a postcode has, for the countries whose postcodes are nothing but digits.
_DIGITS = dict.fromkeys(["DE", "FR", "ES", "FI", "HR", "EE", "UA", "TR", "SM", "VA", "MC"], 5) | dict.fromkeys(
    ["AT", "CH", "LI", "BE", "DK", "NO", "HU", "SI", "BG", "LU", "CY", "AU", "NZ"], 4
)
_TEXT = re.compile(r"[A-Z0-9][A-Z0-9 -]*")


def clean_postcode(value: Any, country: str = "IT") -> str:
    """Five digits in Italy; a number that lost its zeros in front to a spreadsheet («1014») gets them back."""
    text = tidy(value).upper()
    if not text:
        return ""
    if text[:1].isalpha():
        text = text.removeprefix("CAP ").removeprefix(f"{country}-").removeprefix(f"{country[:1]}-")
    if country == "IT":
        return _italian(text.replace(" ", ""))
    digits = _DIGITS.get(country)
    if digits:
        return _of_digits(text.replace(" ", ""), digits)
    if len(text) > MAX_LENGTH or not _TEXT.fullmatch(text):
        raise ValidationError(_("“%(value)s” is not a postcode."), code="invalid", params={"value": text[:40]})
    return text


def show_postcode(value: str) -> str:
    return value


def provinces_of(postcode: str) -> tuple[str, ...]:
    """Codes of the provinces where a clean Italian postcode is used; nothing for any other."""
    return PROVINCES_BY_PREFIX.get(postcode[:2], ()) if len(postcode) == 5 else ()


def _italian(text: str) -> str:
    if 3 <= len(text) <= 4 and text.isdigit():
        text = text.zfill(5)
    text = _of_digits(text, 5)
    if text[:2] not in PROVINCES_BY_PREFIX or text < "00010":
        raise ValidationError(
            _("No Italian postcode begins with %(prefix)s."), code="unknown", params={"prefix": text[:2]}
        )
    return text


def _of_digits(text: str, count: int) -> str:
    if text.isascii() and text.isdigit() and len(text) == count:
        return text
    if text.isascii() and text.isdigit():
        raise ValidationError(
            _("The postcode has %(count)s digits, this has %(found)s."),
            code="length",
            params={"count": count, "found": len(text)},
        )
    raise ValidationError(
        _("The postcode has %(count)s digits and nothing else."), code="letters", params={"count": count}
    )
