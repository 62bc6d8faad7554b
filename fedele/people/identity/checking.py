"""What no field can see alone: whether the identity data of one record fit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from fedele.people.identity import sdi
from fedele.people.identity.postcodes import provinces_of
from fedele.people.identity.provinces import PROVINCES, show_province
from fedele.people.identity.tax_code import is_personal


def check_identity(record: Any) -> dict[str, list[str]]:
    """{"field": [what is wrong]} among the clean values of a record or mapping; fields it has not are not asked for.

    Reads `country`, `vat_number`, `tax_code`, `province`, `postcode`, `sdi_code`.
    """
    value = _reader(record)
    country = value("country") or settings.COUNTRY
    found: dict[str, list[str]] = {}
    if country == "IT":
        _check_postcode(value, found)
    elif value("sdi_code") not in ("", sdi.ABROAD, sdi.WITHOUT_CODE) and not value("vat_number").startswith("IT"):
        found["sdi_code"] = [_("Customers abroad have no recipient code; e-invoices to them carry XXXXXXX.")]
    return found


def identity_hints(record: Any) -> dict[str, list[str]]:
    """Like `check_identity`, for what is odd but may be right: shown, never refused."""
    value = _reader(record)
    found: dict[str, list[str]] = {}
    vat, code = value("vat_number"), value("tax_code")
    if (value("country") or settings.COUNTRY) == "IT" and vat and code and not is_personal(code) and vat != code:
        found["tax_code"] = [
            _("It differs from the VAT number: correct for few companies, such as members of a VAT group.")
        ]
    return found


def _reader(record: Any) -> Any:
    if isinstance(record, Mapping):
        return lambda name: record.get(name) or ""
    return lambda name: getattr(record, name, "") or ""


def _check_postcode(value: Any, found: dict[str, list[str]]) -> None:
    province, postcode = value("province"), value("postcode")
    if not province or not postcode or province not in PROVINCES:
        return
    possible = provinces_of(postcode)
    if possible and province not in possible:
        names = ", ".join(show_province(code) for code in possible)
        found["postcode"] = [
            _("Postcode %(postcode)s is not in the province of %(province)s but in %(names)s.")
            % {"postcode": postcode, "province": show_province(province), "names": names}
        ]
