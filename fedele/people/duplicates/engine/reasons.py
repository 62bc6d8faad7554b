"""Why two are taken for one, or not: a code with the two values, in words for who reads it."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

#: `%(a)s` and `%(b)s` are the two values as they were written, `%(share)s` per cent alike.
WORDS = {
    "same_email": _("same e-mail"),
    "same_shared_email": _("same shared mailbox"),
    "same_phone": _("same phone"),
    "same_vat": _("same VAT number"),
    "same_tax_code": _("same tax code"),
    "same_id": _("same %(share)s"),
    "same_name": _("same name"),
    "same_given": _("same first name"),
    "same_surname": _("same last name"),
    "same_company": _("same company"),
    "same_street": _("same street"),
    "same_address": _("same address"),
    "same_city": _("same city"),
    "same_postcode": _("same postcode"),
    "same_born": _("same date of birth"),
    "same_website": _("same web site"),
    "given_alike": _("first name %(share)s %% alike"),
    "surname_alike": _("last name %(share)s %% alike"),
    "name_alike": _("name %(share)s %% alike"),
    "company_alike": _("company %(share)s %% alike"),
    "street_alike": _("street %(share)s %% alike"),
    "city_alike": _("city %(share)s %% alike"),
    "email_alike": _("e-mail %(share)s %% alike"),
    "given_short": _("“%(a)s” can be short for “%(b)s”"),
    "names_exchanged": _("first and last name exchanged"),
    "phone_alike": _("phone differs by one digit"),
    "vat_alike": _("VAT number differs by one character"),
    "tax_code_alike": _("tax code differs by one character"),
    "id_alike": _("%(share)s differs by one character"),
    "postcode_alike": _("postcode differs by one digit"),
    "born_alike": _("date of birth differs by one digit"),
    "born_turned": _("day and month of birth exchanged"),
    "other_given": _("different first name"),
    "other_surname": _("different last name"),
    "other_name": _("different name"),
    "other_company": _("different company"),
    "other_form": _("different legal form"),
    "other_street": _("different street"),
    "other_number": _("different house number"),
    "other_city": _("different city"),
    "other_postcode": _("different postcode"),
    "other_province": _("different province"),
    "other_country": _("different country"),
    "other_email": _("different e-mail"),
    "other_phone": _("different phone"),
    "other_vat": _("different VAT number"),
    "other_tax_code": _("different tax code"),
    "other_id": _("different %(share)s"),
    "other_born": _("different date of birth"),
    "only_name": _("nothing but the name in common"),
    "person_of_company": _("a person of that company"),
}


class Reason(NamedTuple):
    code: str
    a: str = ""
    b: str = ""
    share: object = ""

    @property
    def is_against(self) -> bool:
        return self.code.startswith("other_") or self.code == "only_name"

    @property
    def text(self) -> str:
        """In the reader's language: «same phone», «last name 92 % alike»."""
        return str(WORDS[self.code]) % {"a": self.a, "b": self.b, "share": self.share}
