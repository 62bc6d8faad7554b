import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from fedele.people.identity.phones import clean_phone, is_mobile, phone_link, show_phone


def refused(value, country="IT"):
    with pytest.raises(ValidationError) as caught:
        clean_phone(value, country)
    return caught.value.code


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("030 3545678", "IT", "+390303545678"),
        ("030/354.56-78", "IT", "+390303545678"),
        ("(030) 3545678", "IT", "+390303545678"),
        ("+39 030 3545678", "IT", "+390303545678"),
        ("0039 030 3545678", "IT", "+390303545678"),
        ("Tel. 030 3545678", "IT", "+390303545678"),
        ("+39 (0)30 3545678", "IT", "+390303545678"),
        ("335 1234567", "IT", "+393351234567"),
        ("+39 335-1234567", "DE", "+393351234567"),
        ("02 12345678", "", "+390212345678"),
        ("800 123456", "IT", "+39800123456"),
        ("089 636480", "DE", "+4989636480"),
        ("+49 89 636480", "IT", "+4989636480"),
        ("030 3545678 int. 12", "IT", "+390303545678;ext=12"),
        ("030 3545678 interno 12", "IT", "+390303545678;ext=12"),
        ("+390303545678;ext=12", "IT", "+390303545678;ext=12"),
        ("\u202a030\u00a03545678\u202c", "IT", "+390303545678"),
        ("", "IT", ""),
    ],
)
def test_stored_form_is_stable(typed, country, stored):
    assert clean_phone(typed, country) == stored
    assert clean_phone(stored, country) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("030", "short"),
        ("not known", "invalid"),
        ("030 3545678 / 335 1234567", "many"),
        ("030 354567812345", "long"),
        ("+999 123456", "prefix"),
        ("030 3545678" * 20, "length"),
        ("0000000", "invalid"),
        ("=1+1", "invalid"),
    ],
)
def test_refused(typed, code):
    assert refused(typed) == code


def test_shown_as_people_write_them():
    assert show_phone("+390303545678", "IT") == "030 354 5678"
    assert show_phone("+390303545678", "DE") == "+39 030 354 5678"
    assert show_phone("+4989636480", "IT") == "+49 89 636480"
    assert show_phone("+4989636480", "DE") == "089 636480"
    assert show_phone("+390303545678;ext=12", "IT") == "030 354 5678 ext. 12"
    assert show_phone("what was stored before", "IT") == "what was stored before"


def test_link_and_mobile():
    assert phone_link("+390303545678;ext=12") == "tel:+390303545678;ext=12"
    assert [is_mobile("+393351234567"), is_mobile("+390303545678"), is_mobile("+447911123456")] == [True, False, True]


def by_the_library(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "IT")
    except phonenumbers.NumberParseException:
        return "refused"
    return phonenumbers.format_number(number, 0) if phonenumbers.is_valid_number(number) else "refused"


def ours(text: str) -> str:
    try:
        return clean_phone(text, "IT")
    except ValidationError:
        return "refused"


grouped = st.builds(
    lambda start, groups: start + "".join(mark + digits for mark, digits in groups),
    st.sampled_from(["", "+39", "+39 ", "0039", "0039 ", "39"]),
    st.lists(
        st.tuples(st.sampled_from(["", " ", "-", ".", "/"]), st.text("0123456789", min_size=1, max_size=4)),
        min_size=2,
        max_size=4,
    ),
)
ordinary = st.from_regex(r"(\+39 ?)?(0[1-9][0-9]{5,9}|3[0-9]{8,10})", fullmatch=True)


@settings(max_examples=600)
@given(grouped | ordinary)
def test_fast_path_agrees_with_the_library(text):
    assert ours(text) == by_the_library(text)


@settings(max_examples=600)
@given(ordinary)
def test_fast_formatting_agrees_with_the_library(text):
    stored = ours(text)
    if stored != "refused":
        assert show_phone(stored, "IT") == phonenumbers.format_number(
            phonenumbers.parse(stored), phonenumbers.PhoneNumberFormat.NATIONAL
        )
