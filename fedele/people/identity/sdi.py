"""«Codice destinatario»: the mailbox of the Italian exchange system (SDI) where a customer's e-invoices go."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fedele.people.identity.characters import compact, tidy

#: Given to who has no code of their own (the invoice goes to the PEC or to the tax drawer), and to who is abroad.
WITHOUT_CODE, ABROAD = "0000000", "XXXXXXX"


def clean_sdi(value: Any, country: str = "IT") -> str:
    """Seven letters or digits, six for public offices (IPA), upper case."""
    code = compact(tidy(value))
    if not code:
        return ""
    if code.isdigit() and set(code) == {"0"}:
        return WITHOUT_CODE
    if not re.fullmatch(r"[A-Z0-9]*", code):
        raise ValidationError(_("The recipient code of e-invoices has only letters and digits."), code="characters")
    if len(code) not in (6, 7):
        raise ValidationError(
            _("The recipient code of e-invoices has 7 characters, 6 for public offices; this has %(count)s."),
            code="length",
            params={"count": len(code)},
        )
    return code


def show_sdi(value: str) -> str:
    return value


def is_public_office(code: str) -> bool:
    return len(code) == 6
