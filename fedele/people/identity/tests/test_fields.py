from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from fedele.people.identity import check_identity, fields, identity_hints

ALL = [
    fields.VatNumberField, fields.TaxCodeField, fields.ProvinceField, fields.PostcodeField, fields.PhoneField,
    fields.EmailField,
    fields.PecField, fields.SdiCodeField, fields.CountryField, fields.IbanField,
]  # fmt: skip


@pytest.mark.parametrize("field_class", ALL)
def test_migrations_rebuild_the_field(field_class):
    field = field_class("label", blank=True)
    _name, path, args, kwargs = field.deconstruct()
    again = field_class(*args, **kwargs)
    assert path == f"fedele.people.identity.fields.{field_class.__name__}"
    assert (again.max_length, again.blank, again.kind) == (field.max_length, True, field.kind)
    assert isinstance(again, models.CharField)


@pytest.mark.parametrize("field_class", ALL)
def test_empty_where_allowed(field_class):
    assert field_class(blank=True).clean("", None) == ""
    with pytest.raises(ValidationError):
        field_class().clean("", None)


def test_the_country_of_the_record_decides():
    germany = SimpleNamespace(country="DE")
    assert fields.PhoneField().clean("089 636480", germany) == "+4989636480"
    assert fields.PhoneField().clean("030 3545678", None) == "+390303545678"
    assert fields.VatNumberField().clean("136695976", germany) == "DE136695976"
    assert fields.VatNumberField().clean("136695976", SimpleNamespace(country="Germania")) == "DE136695976"
    assert fields.PostcodeField().clean("80331", SimpleNamespace(country="DE")) == "80331"
    assert fields.ProvinceField().clean("Milano", SimpleNamespace(country="")) == "MI"


def test_what_is_typed_may_be_longer_than_what_is_stored():
    assert (
        fields.IbanField().formfield().clean("IT60 X054 2811 1010 0000 0123 456  ")
        == "IT60 X054 2811 1010 0000 0123 456"
    )
    assert fields.CountryField().formfield().clean("Stati Uniti d'America") == "Stati Uniti d'America"


def test_choices_and_longer_limits_still_count():
    with pytest.raises(ValidationError):
        fields.EmailField(max_length=10).clean("somebody@example.it", None)
    with pytest.raises(ValidationError):
        fields.CountryField(choices=[("IT", "Italy")]).clean("DE", None)


def test_shown():
    assert fields.PhoneField().show("+390303545678") == "030 354 5678"
    assert fields.ProvinceField().show("") == ""


def test_postcode_and_province_must_fit():
    assert check_identity({"country": "IT", "province": "BS", "postcode": "25121"}) == {}
    assert check_identity({"country": "IT", "province": "UD", "postcode": "33170"}) == {}
    assert check_identity({"country": "IT", "province": "OT", "postcode": "07026"}) == {}
    assert check_identity({"country": "DE", "province": "BS", "postcode": "20121"}) == {}
    assert check_identity({"postcode": "20121"}) == {}
    assert check_identity(SimpleNamespace(country="", province="BS", postcode="20121")) == {
        "postcode": ["Postcode 20121 is not in the province of Brescia but in Monza e della Brianza, Milano."]
    }


def test_no_recipient_code_abroad():
    assert list(check_identity({"country": "DE", "sdi_code": "M5UXCR1"})) == ["sdi_code"]
    assert check_identity({"country": "DE", "sdi_code": "XXXXXXX"}) == {}
    assert check_identity({"country": "DE", "sdi_code": "M5UXCR1", "vat_number": "IT01234567897"}) == {}


def test_two_codes_that_differ_are_worth_a_look():
    assert identity_hints({"vat_number": "01234567897", "tax_code": "01234567897"}) == {}
    assert identity_hints({"vat_number": "01234567897", "tax_code": "RSSMRA80A01F205X"}) == {}
    assert list(identity_hints({"vat_number": "01234567897", "tax_code": "80127450585"})) == ["tax_code"]
