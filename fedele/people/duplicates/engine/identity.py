"""What is known about who somebody is, in one shape for records, rows of a file and half-typed forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PERSON = "person"
ORGANISATION = "organisation"


@dataclass(slots=True)
class Identity:
    """A person or an organisation as written, spelled in any way; what is not known stays empty.

    `company` is the name of the organisation, or where the person works. `ref` is the caller's own.
    """

    kind: str = PERSON
    ref: Any = None
    given: str = ""
    surname: str = ""
    company: str = ""
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    vat: str = ""
    tax_code: str = ""
    street: str = ""
    #: House number, where it is not part of the street.
    house: str = ""
    #: Second line of the address: hamlet, building, floor.
    locality: str = ""
    postcode: str = ""
    city: str = ""
    province: str = ""
    country: str = ""
    #: Date of birth, YYYY-MM-DD or the eight digits in any order.
    born: str = ""
    website: str = ""
    #: Other identifiers by their name: {"passport": "YA1234567"}.
    ids: Mapping[str, str] = field(default_factory=dict)
    #: A person who also stands for the whole company, as a lead does: compared with organisations too.
    for_company: bool = False
