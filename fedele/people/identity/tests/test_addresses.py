import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from fedele.people.identity.iban import clean_iban, show_iban
from fedele.people.identity.mail import clean_email, looks_certified, show_email
from fedele.people.identity.sdi import clean_sdi, is_public_office


def refused(clean, value):
    with pytest.raises(ValidationError) as caught:
        clean(value)
    return caught.value.code


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Giulia.Rossi@Example.IT", "giulia.rossi@example.it"),
        (" mailto:info@example.it ", "info@example.it"),
        ("Giulia Rossi <g.rossi@example.it>", "g.rossi@example.it"),
        ("info@example.it;", "info@example.it"),
        ("info@caffè.it", "info@xn--caff-8oa.it"),
        ("o'neill@example.ie", "o'neill@example.ie"),
        ("a+b_c@sub.example-site.museum", "a+b_c@sub.example-site.museum"),
        ("", ""),
    ],
)
def test_mail_stored(typed, stored):
    assert clean_email(typed) == stored
    assert clean_email(stored) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("info.example.it", "at"),
        ("info@", "invalid"),
        ("@example.it", "invalid"),
        ("info@example", "invalid"),
        ("in fo@example.it", "invalid"),
        ("info..x@example.it", "invalid"),
        ("a@example.it; b@example.it", "many"),
        ("info@example.it\nBcc: x@example.it", "many"),
        ("a@a." * 25_000, "length"),
        ("x" * 250 + "@example.it", "length"),
    ],
)
def test_mail_refused(typed, code):
    assert refused(clean_email, typed) == code


@given(st.emails())
def test_real_addresses_are_stored_stably(address):
    try:
        stored = clean_email(address)
    except ValidationError:
        return
    assert clean_email(stored) == stored == stored.lower()


def test_mail_shown():
    assert show_email("info@xn--caff-8oa.it") == "info@caffè.it"
    assert show_email("info@example.it") == "info@example.it"


def test_certified_mail_is_guessed_from_the_domain():
    certified = [
        "a@pec.it",
        "a@pec.comune.brescia.it",
        "a@legalmail.it",
        "a@arubapec.it",
        "a@cert.example.it",
        "a@postecert.it",
    ]
    assert [looks_certified(address) for address in certified] == [True] * 6
    assert [looks_certified(address) for address in ["a@example.it", "pec@example.it", "a@pecorini.it"]] == [False] * 3


def test_recipient_codes():
    assert [clean_sdi(code) for code in ("m5uxcr1", " M5U XCR1", "0000000", "0", "xxxxxxx", "UFABCD", "")] == [
        "M5UXCR1", "M5UXCR1", "0000000", "0000000", "XXXXXXX", "UFABCD", "",
    ]  # fmt: skip
    assert [refused(clean_sdi, code) for code in ("M5UXCR", "M5UXC", "M5UXCR12", "M5UXCRÈ")[1:]] == [
        "length",
        "length",
        "characters",
    ]
    assert [is_public_office("UFABCD"), is_public_office("M5UXCR1")] == [True, False]


def test_iban():
    assert clean_iban("it60 x054 2811 1010 0000 0123 456") == "IT60X0542811101000000123456"
    assert clean_iban("IBAN DE89370400440532013000") == "DE89370400440532013000"
    assert show_iban("IT60X0542811101000000123456") == "IT60 X054 2811 1010 0000 0123 456"
    assert refused(clean_iban, "IT61X0542811101000000123456") == "check"
    assert refused(clean_iban, "IT60X05428111010000001234") == "length"
    assert refused(clean_iban, "XX60X0542811101000000123456") in ("country", "check")
    assert refused(clean_iban, "IT60X05428111010000001234è6") == "characters"
