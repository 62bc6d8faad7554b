"""Model fields of identity data. `clean()` gives the stored form, by the rules of the record's own `country`.

`kind` tells generic code what a value is: what can be dialled, mailed or looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.people.identity import countries, iban, mail, phones, postcodes, provinces, sdi, tax_code, vat
from fedele.people.identity.checking import check_identity

__all__ = [
    "CountryField", "EmailField", "IbanField", "IdentityField", "PecField", "PhoneField", "PostcodeField",
    "ProvinceField",
    "SdiCodeField", "TaxCodeField", "VatNumberField", "check_identity",
]  # fmt: skip


class IdentityField(models.CharField):
    """Text with a stored form. An instance given to `clean` needs no more than a `country`; without one it is ours."""

    kind: ClassVar[str]
    #: Fields of the same record whose values must be known before this one can be cleaned.
    needs: ClassVar[tuple[str, ...]] = ("country",)
    longest: ClassVar[int]
    cleaner: ClassVar[Callable[[Any, str], str]]
    shower: ClassVar[Callable[[str], str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", self.longest)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: Any) -> Any:
        stored = type(self).cleaner(value, _country_of(model_instance))
        if stored and len(stored) <= (self.max_length or 0) and not self.choices and len(self.validators) == 1:
            return stored  # What Django would check again, a hundred thousand times in an import.
        return super().clean(stored, model_instance)

    def show(self, value: str) -> str:
        """As people read it."""
        return type(self).shower(value) if value else ""

    def formfield(self, **kwargs: Any) -> Any:
        # What is typed may be longer than what is stored: spaces, points, a «tel.» in front.
        return super().formfield(**{"max_length": 2 * (self.max_length or 0) + 20, **kwargs})


def _country_of(instance: Any) -> str:
    """ISO code of the record's country, which may not have been cleaned itself yet."""
    country = getattr(instance, "country", "") or settings.COUNTRY
    if len(country) == 2 and country.isupper():
        return country
    try:
        return countries.clean_country(country)
    except ValidationError:
        return ""  # Its own field says what is wrong with it.


class VatNumberField(IdentityField):
    description = _("VAT number")
    kind, longest, cleaner, shower = "vat", vat.MAX_LENGTH, vat.clean_vat, vat.show_vat


class TaxCodeField(IdentityField):
    description = _("Tax code")
    kind, longest, cleaner, shower = "tax_code", tax_code.MAX_LENGTH, tax_code.clean_tax_code, tax_code.show_tax_code


class ProvinceField(IdentityField):
    description = _("Province")
    kind, longest, cleaner, shower = "province", provinces.MAX_LENGTH, provinces.clean_province, provinces.show_province


class PostcodeField(IdentityField):
    description = _("Postcode")
    kind, longest, cleaner, shower = "postcode", postcodes.MAX_LENGTH, postcodes.clean_postcode, postcodes.show_postcode


class PhoneField(IdentityField):
    description = _("Telephone number")
    kind, longest, cleaner, shower = "phone", phones.MAX_LENGTH, phones.clean_phone, phones.show_phone


class EmailField(IdentityField):
    description = _("E-mail address")
    needs = ()
    kind, longest, cleaner, shower = "email", mail.MAX_LENGTH, mail.clean_email, mail.show_email


class PecField(EmailField):
    description = _("Certified e-mail address (PEC)")


class SdiCodeField(IdentityField):
    description = _("Recipient code of e-invoices")
    kind, longest, cleaner, shower = "sdi", 7, sdi.clean_sdi, sdi.show_sdi


class CountryField(IdentityField):
    description = _("Country")
    needs = ()
    kind, longest, cleaner, shower = "country", 2, countries.clean_country, countries.show_country


class IbanField(IdentityField):
    description = _("IBAN")
    kind, longest, cleaner, shower = "iban", 34, iban.clean_iban, iban.show_iban
