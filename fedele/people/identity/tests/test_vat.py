import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum.it import iva

from fedele.people.identity.vat import clean_vat, luhn_digit, show_vat


def refusal(value: str, country: str = "IT") -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        clean_vat(value, country)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("01234567897", "IT", "01234567897"),
        ("IT01234567897", "IT", "01234567897"),
        (" it 012.345.678-97 ", "IT", "01234567897"),
        ("P.IVA: 01234567897", "IT", "01234567897"),
        ("P. IVA IT 01234567897", "IT", "01234567897"),
        ("\u200e01234567897\u00a0", "IT", "01234567897"),
        ("1853350567", "IT", "01853350567"),
        (1853350567, "IT", "01853350567"),
        ("", "IT", ""),
        (None, "IT", ""),
        ("DE136695976", "IT", "DE136695976"),
        ("136 695 976", "DE", "DE136695976"),
        ("ATU13585627", "AT", "ATU13585627"),
        ("094259216", "GR", "EL094259216"),
        ("IT01234567897", "DE", "IT01234567897"),
        ("che-107.787.577 mwst", "CH", "CHE-107.787.577 MWST"),
        ("51 824 753 556", "AU", "51 824 753 556"),
        ("12-3456789", "US", "12-3456789"),
    ],
)
def test_stored_form_is_stable(typed, country, stored):
    assert clean_vat(typed, country) == stored
    assert clean_vat(stored, country) == stored


def test_wrong_check_digit_names_the_right_one():
    error = refusal("01234567890")
    assert error.code == "check_digit"
    assert "should be 7, not 0" in error.messages[0]


def test_wrong_length_is_counted():
    assert "this has 12" in refusal("012345678971").messages[0]
    assert "this has 5" in refusal("IT12345").messages[0]


@pytest.mark.parametrize(
    ("typed", "country", "code"),
    [
        ("0123456789X", "IT", "letters"),
        ("٠١٢٣٤٥٦٧٨٩٧", "IT", "letters"),
        ("RSSMRA80A01F205X", "IT", "tax_code"),
        ("00000000000", "IT", "zeros"),
        ("1853350568", "IT", "length"),
        ("1234567897", "IT", "length"),
        ("DE136695978", "IT", "invalid"),
        ("136695978", "DE", "invalid"),
        ("X" * 21, "US", "length"),
    ],
)
def test_refused(typed, country, code):
    assert refusal(typed, country).code == code


@given(st.text("0123456789", min_size=11, max_size=11))
def test_agrees_with_stdnum(digits):
    whole = digits[:10] + str(luhn_digit(digits))
    for number in (digits, whole):
        try:
            assert clean_vat(number) == number
            accepted = True
        except ValidationError:
            accepted = False
        assert iva.is_valid(number) <= accepted <= (luhn_digit(number) == int(number[10]))


@given(st.text(max_size=40), st.sampled_from(["IT", "DE", "US", ""]))
def test_any_text_is_stored_or_refused(text, country):
    try:
        stored = clean_vat(text, country)
    except ValidationError:
        return
    assert clean_vat(stored, country) == stored


def test_shown_with_the_prefix_apart():
    assert [show_vat("01234567897"), show_vat("DE136695976")] == ["01234567897", "DE 136695976"]
