import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from fedele.people.identity.countries import clean_country, country_choices, show_country
from fedele.people.identity.postcodes import clean_postcode, provinces_of
from fedele.people.identity.provinces import PROVINCES, REGIONS, clean_province, region_of, show_province


def refused(clean, value, country="IT"):
    with pytest.raises(ValidationError) as caught:
        clean(value, country)
    return caught.value.code


def test_the_provinces_of_istat_and_the_four_that_came_back():
    assert len(PROVINCES) == 107 + 4
    assert len({province.name for province in PROVINCES.values()}) == 111
    assert len(REGIONS) == 20


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("MI", "MI"), ("mi", "MI"), ("(MI)", "MI"), ("Milano", "MI"), ("MILANO ", "MI"), ("Provincia di Milano", "MI"),
        ("Città metropolitana di Milano", "MI"), ("prov. MI", "MI"), ("Forlì", "FC"), ("Forli'-Cesena", "FC"), ("FO",
        "FC"),
        ("PS", "PU"), ("Bolzano/Bozen", "BZ"), ("Südtirol", "BZ"), ("Valle d'Aosta/Vallée d'Aoste", "AO"),
        ("L’Aquila", "AQ"),
        ("Provincia dell'Aquila", "AQ"), ("Reggio Emilia", "RE"), ("Reggio di Calabria", "RC"), ("Monza e Brianza",
        "MB"),
        ("Verbano Cusio Ossola", "VB"), ("Olbia-Tempio", "OT"), ("Sud Sardegna", "SU"), ("Rome", "RM"), ("", ""),
    ],
)  # fmt: skip
def test_province_by_code_or_name(typed, code):
    assert clean_province(typed) == code


def test_every_province_is_found_by_its_own_name():
    assert [clean_province(province.name) for province in PROVINCES.values()] == list(PROVINCES)


def test_unknown_provinces():
    assert refused(clean_province, "XX") == "unknown"
    assert refused(clean_province, "Milno") == "unknown"
    assert refused(clean_province, "Lombardia") == "unknown"
    assert refused(clean_province, "y" * 61, "FR") == "length"
    assert clean_province("Bayern", "DE") == "Bayern"


def test_province_shown():
    assert [show_province("FC"), region_of("FC"), show_province("Bayern"), region_of("Bayern")] == [
        "Forlì-Cesena", "Emilia-Romagna", "Bayern", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("20121", "IT", "20121"), ("00154", "IT", "00154"), ("154", "IT", "00154"), (1014, "IT", "01014"),
        ("I-20121", "IT", "20121"),
        ("IT-20121", "IT", "20121"), ("CAP 20121", "IT", "20121"), ("20 121", "IT", "20121"), ("80331", "DE", "80331"),
        ("D-80331", "DE", "80331"), ("6900", "CH", "6900"), ("sw1a 1aa", "GB", "SW1A 1AA"), ("10001-1234", "US",
        "10001-1234"),
        ("47890", "SM", "47890"), ("", "IT", ""),
    ],
)  # fmt: skip
def test_postcode_stored(typed, country, stored):
    assert clean_postcode(typed, country) == stored
    assert clean_postcode(stored, country) == stored


@pytest.mark.parametrize(
    ("typed", "country", "code"),
    [
        ("201211", "IT", "length"), ("2012A", "IT", "letters"), ("49100", "IT", "unknown"), ("00000", "IT", "unknown"),
        ("8033", "DE", "length"), ("69000", "CH", "length"), ("<b>", "GB", "invalid"), ("12", "IT", "length"),
        ("２０１２１x", "IT", "letters"),
    ],
)  # fmt: skip
def test_postcode_refused(typed, country, code):
    assert refused(clean_postcode, typed, country) == code


def test_provinces_of_a_postcode():
    assert provinces_of("25121") == ("BS",)
    assert provinces_of("33170") == ("PN", "UD")
    assert "SS" in provinces_of("07026")
    assert "OT" in provinces_of("07026")
    assert provinces_of("SW1A 1AA") == ()


def test_every_province_has_postcodes():
    used = {code for tens in range(100) for code in provinces_of(f"{tens:02}100")}
    assert used == set(PROVINCES)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("IT", "IT"), ("it", "IT"), ("ITA", "IT"), ("Italia", "IT"), ("Italy", "IT"), ("germania", "DE"), ("DEU", "DE"),
        ("Olanda", "NL"),
        ("Stati Uniti", "US"), ("U.S.A.", "US"), ("United Kingdom", "GB"), ("Inghilterra", "GB"), ("Côte d'Ivoire",
        "CI"), ("Svizzera", "CH"),
        ("Cina", "CN"), ("Repubblica Ceca", "CZ"), ("San Marino", "SM"), ("GRC", "GR"), ("", ""),
    ],
)  # fmt: skip
def test_country_by_code_or_name(typed, code):
    assert clean_country(typed) == code


def test_what_is_no_country():
    assert {refused(clean_country, text) for text in ("XX", "EU", "ZZ", "Padania", "itallia")} == {"unknown"}


def test_country_names_in_the_readers_language():
    with translation.override("it"):
        assert show_country("DE") == "Germania"
        assert dict(country_choices())["US"] == "Stati Uniti"
    with translation.override("en"):
        assert show_country("DE") == "Germany"
    names = [name for _code, name in country_choices("it")]
    assert len(names) > 240
    assert names.index("Italia") < names.index("Lituania")
