"""IBAN: the international form of a bank account's number."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength
from stdnum.exceptions import ValidationError as WrongNumber

from fedele.people.identity.characters import compact, tidy


def clean_iban(value: Any, country: str = "") -> str:
    """Upper case without spaces. The country is in the number itself."""
    code = compact(tidy(value)).removeprefix("IBAN")
    if not code:
        return ""
    if not code.isascii() or not code.isalnum():
        raise ValidationError(_("An IBAN has only letters and digits."), code="characters")
    if code[:2] == "IT" and len(code) != 27:
        raise ValidationError(
            _("An Italian IBAN has 27 characters, this has %(count)s."), code="length", params={"count": len(code)}
        )
    try:
        return str(iban.validate(code))
    except InvalidChecksum:
        raise ValidationError(
            _("The check digits of this IBAN are wrong: a character was mistyped."), code="check"
        ) from None
    except InvalidComponent:
        raise ValidationError(
            _("“%(country)s” at the beginning is no country with IBANs."), code="country", params={"country": code[:2]}
        ) from None
    except InvalidLength:
        raise ValidationError(
            _("This is not the length of an IBAN of %(country)s."), code="length", params={"country": code[:2]}
        ) from None
    except WrongNumber:
        raise ValidationError(_("This is not an IBAN."), code="invalid") from None


def show_iban(value: str) -> str:
    """In groups of four, as banks print it."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
