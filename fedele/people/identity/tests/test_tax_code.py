import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum.it import codicefiscale

from fedele.people.identity.tax_code import Person, clean_tax_code, control_letter, read_tax_code
from fedele.people.identity.vat import luhn_digit


def coded(first_fifteen: str) -> str:
    return first_fifteen + control_letter(first_fifteen)


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("rssmra80a01f205x", "IT", "RSSMRA80A01F205X"),
        ("RSS MRA 80A01 F205X", "IT", "RSSMRA80A01F205X"),
        (coded("RSSMRA80A01F20R"), "IT", coded("RSSMRA80A01F20R")),
        (coded("RSSMRAU0A01FNLR"), "IT", coded("RSSMRAU0A01FNLR")),
        ("01234567897", "IT", "01234567897"),
        ("IT01234567897", "IT", "01234567897"),
        ("1234567897", "IT", "01234567897"),
        ("80127450585", "IT", "80127450585"),
        ("", "IT", ""),
        ("12 345 678 901", "DE", "12 345 678 901"),
        ("x1234567l", "ES", "X1234567L"),
    ],
)
def test_stored_form_is_stable(typed, country, stored):
    assert clean_tax_code(typed, country) == stored
    assert clean_tax_code(stored, country) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("RSSMRA80A01F205A", "control_letter"),
        ("RSSMRA80A01F205", "length"),
        ("0123456789", "length"),
        ("01234567890", "check_digit"),
        ("RSSMRA80A01F2O5X", "shape"),
        ("RSSMRA80F01F205X", "control_letter"),
        (coded("RSSMRA80B30F205"), "date"),
        (coded("RSSMRA80A72F205"), "date"),
        (coded("RSSMRA80A40F205"), "date"),
        (coded("RSSMRA80F01F205"), "date"),
        ("RSSMRA80A01F205à", "characters"),
    ],
)
def test_refused(typed, code):
    with pytest.raises(ValidationError) as caught:
        clean_tax_code(typed)
    assert caught.value.code == code


def test_wrong_letter_names_the_right_one():
    with pytest.raises(ValidationError, match="should be X, not A"):
        clean_tax_code("RSSMRA80A01F205A")


def test_reads_birth_and_gender():
    today = dt.date(2026, 11, 21)
    assert read_tax_code("RSSMRA80A01F205X", today) == Person(dt.date(1980, 1, 1), "M", "F205")
    assert read_tax_code(coded("BNCGLI05D41B157"), today) == Person(dt.date(2005, 4, 1), "F", "B157")
    assert read_tax_code(coded("BNCGLIL5D41BMRT"), today) == Person(dt.date(2005, 4, 1), "F", "B157")
    assert read_tax_code(coded("BNCGLI27D41B157"), today) == Person(dt.date(1927, 4, 1), "F", "B157")
    assert read_tax_code("01234567897") is None


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=6, max_size=6),
    st.text("0123456789LMNPQRSTUV", min_size=2, max_size=2),
    st.sampled_from("ABCDEHLMPRST"),
    st.integers(1, 71),
    st.text("0123456789LMNPQRSTUV", min_size=3, max_size=3),
)
def test_agrees_with_stdnum(letters, year, month, day, town):
    code = coded(f"{letters}{year}{month}{day:02}F{town}")
    try:
        clean_tax_code(code)
        accepted = True
    except ValidationError:
        accepted = False
    assert accepted == codicefiscale.is_valid(code)
    if accepted:
        person = read_tax_code(code)
        assert person is not None
        assert person.gender == codicefiscale.get_gender(code)
        assert person.birth_date.replace(year=2000) == codicefiscale.get_birth_date(code).replace(year=2000)


@given(st.text("0123456789", min_size=10, max_size=10))
def test_company_codes_agree_with_stdnum(digits):
    code = digits + str(luhn_digit(digits))
    assert codicefiscale.is_valid(code) <= (clean_tax_code(code) == code)


@given(st.text(max_size=30))
def test_any_text_is_stored_or_refused(text):
    try:
        stored = clean_tax_code(text)
    except ValidationError:
        return
    assert clean_tax_code(stored) == stored
