"""What the engine says of two people or two organisations, tolerance by tolerance."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from fedele.people.duplicates.engine import ASK, NO, ORGANISATION, SAME, Identity, compare, keys_of, profile_of


def person(**known) -> Identity:
    return Identity(**known)


def firm(name: str, **known) -> Identity:
    return Identity(ORGANISATION, company=name, **known)


def verdict(a: Identity, b: Identity) -> str:
    return compare(a, b).verdict


def codes(a: Identity, b: Identity) -> list[str]:
    return [reason.code for reason in compare(a, b).reasons]


HOME = {"street": "via Mazzini 12", "city": "Brescia", "postcode": "25121"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param({"given": "Giuseppe"}, {"given": "Giusepe"}, id="a slip of the keys"),
        pytest.param({"given": "Giuseppe"}, {"given": "G."}, id="an initial"),
        pytest.param({"given": "Giuseppe"}, {"given": "Beppe"}, id="a nickname"),
        pytest.param({"given": "Robert"}, {"given": "Bob"}, id="an English nickname"),
        pytest.param({"given": "Maria Grazia"}, {"given": "Maria"}, id="the second name left out"),
        pytest.param({"given": "Niccolò"}, {"given": "NICCOLO'"}, id="an apostrophe for an accent"),
        pytest.param({"surname": "D'Angelo"}, {"surname": "Dangelo"}, id="an apostrophe left out"),
        pytest.param({"surname": "De Santis"}, {"surname": "DESANTIS"}, id="a surname in one word"),
        pytest.param({"surname": "Zanghellini"}, {"surname": "Zangelini"}, id="a surname misheard"),
        pytest.param(
            {"given": "Giuseppe", "surname": "Belotti"}, {"given": "Belotti", "surname": "Giuseppe"}, id="exchanged"
        ),
        pytest.param(
            {"given": "Mario", "surname": "Belotti"}, {"given": "", "surname": "Belotti Mario"}, id="in one field"
        ),
        pytest.param({}, {"phones": ["+39 030 354 5678"]}, id="a prefix and spaces"),
        pytest.param({}, {"phones": ["0039030/3545678"]}, id="the other prefix"),
        pytest.param({}, {"phones": []}, id="no phone"),
        pytest.param({}, {"street": "V. Mazzini, 12"}, id="via shortened"),
        pytest.param(
            {"street": "viale G. Marconi 3"}, {"street": "V.le Guglielmo Marconi, n. 3"}, id="a shortened street name"
        ),
        pytest.param({"street": "via Mazzini 12/A"}, {"street": "Via Mazzini 12 a"}, id="a letter at the number"),
        pytest.param({}, {"street": "", "postcode": ""}, id="no street"),
        pytest.param({"city": "Forlì"}, {"city": "FORLI'"}, id="a town with an accent"),
    ],
)
def test_the_same_person_written_differently_is_known(a, b):
    known = {"given": "Giuseppe", "surname": "Belotti", "phones": ["0303545678"], **HOME}
    assert verdict(person(**known | a), person(**known | b)) == SAME


@pytest.mark.parametrize(
    "other",
    [
        "ROSSETTI MECCANICA SRL", "Rossetti Meccanica società a responsabilità limitata", "Rossetti Mecc. S.R.L.",
        "Rosetti Meccanica", "Meccanica Rossetti s.r.l.", "Rossetti Meccanica S.r.l. in liquidazione", "RossettiMeccanica srl",
    ],
)  # fmt: skip
def test_the_same_company_written_differently_is_known(other):
    where = {"phones": ["030 3545678"], "city": "Brescia"}
    assert verdict(firm("Rossetti Meccanica S.r.l.", **where), firm(other, **where)) == SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller GmbH", "MULLER Gesellschaft mit beschränkter Haftung"), ("Ashworth Ltd", "Ashworth Limited")],
)
def test_legal_forms_of_other_countries_are_known(one, other):
    assert "same_name" in codes(firm(one), firm(other))
    assert "other_form" not in codes(firm(one), firm(other))


def test_equal_names_alone_are_never_certain():
    rare = person(given="Ermenegildo", surname="Zanghellini")
    assert verdict(rare, rare) == ASK
    assert codes(rare, rare) == ["same_name", "only_name"]
    assert verdict(firm("Officine Zanghellini srl"), firm("Officine Zanghellini S.r.l.")) == ASK


def test_a_frequent_name_alone_says_nothing():
    common = person(given="Mario", surname="Rossi")
    assert verdict(common, common) == NO
    assert compare(common, common).score < compare(*[person(given="Ermenegildo", surname="Zanghellini")] * 2).score


def test_father_and_son_stay_two():
    father = person(given="Carlo", surname="Belotti", phones=["0303545678"], **HOME)
    son = person(given="Luca", surname="Belotti", phones=["0303545678"], **HOME)
    assert verdict(father, son) == NO
    # With nothing but the address to go by, a person is asked, and told what is different.
    father.phones = son.phones = []
    assert verdict(father, son) == ASK
    assert "other_given" in codes(father, son)


def test_grandfather_and_grandson_of_one_name_are_never_certain():
    old = person(given="Carlo", surname="Belotti", born="1940-03-02", **HOME)
    young = person(given="Carlo", surname="Belotti", born="1998-11-21", **HOME)
    assert verdict(old, young) != SAME


def test_brother_and_sister_are_not_a_slip_of_the_keys():
    shared = {"surname": "Belotti", "phones": ["0303545678"], **HOME}
    assert verdict(person(given="Silvio", **shared), person(given="Silvia", **shared)) != SAME
    assert verdict(person(given="Marco", **shared), person(given="Mario", **shared)) != SAME


def test_colleagues_behind_one_switchboard_and_mailbox_stay_two():
    office = {"company": "Acme srl", "phones": ["030 3545678"], "emails": ["info@acme.it"]}
    one, other = person(given="Carlo", surname="Belotti", **office), person(given="Luca", surname="Verdi", **office)
    assert verdict(one, other) == NO
    assert verdict(one, person(given="C.", surname="Belotti", **office)) != NO


def test_a_personal_mailbox_says_more_than_a_shared_one():
    def score(email: str) -> float:
        return compare(
            person(surname="Belotti", emails=[email]), person(given="Carlo", surname="Belotti", emails=[email])
        ).score

    assert score("carlo.belotti@acme.it") > score("info@acme.it")


def test_branches_are_two_and_one_with_the_same_vat_number():
    here = firm("Acme Utensili srl", city="Brescia", street="via Roma 1", phones=["030123456"])
    there = firm("Acme Utensili srl", city="Milano", street="via Dante 4", phones=["02765432"])
    assert verdict(here, there) == NO
    here.vat, there.vat = "01234567897", "IT 01234567897"
    assert verdict(here, there) == SAME


def test_a_vat_number_in_common_is_asked_about_whatever_the_names():
    assert verdict(firm("Acme srl", vat="01234567897"), firm("Gamma Servizi spa", vat="IT01234567897")) == ASK


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("tax_code", "BLTCRL80A01B157X", "BLTCRL44B12F205Z"),
        ("vat", "01234567897", "09876543217"),
        ("ids", {"document": "YA1234567"}, {"document": "CC9900881"}),
    ],
)
def test_an_identifier_that_differs_counts_against(kind, one, other):
    known = {"given": "Carlo", "surname": "Belotti", **HOME}
    a, b = person(**known, **{kind: one}), person(**known, **{kind: other})
    assert verdict(a, b) != SAME
    assert compare(a, b).score < compare(person(**known), person(**known)).score


def test_a_mistyped_identifier_does_not():
    a = person(given="Carlo", surname="Belotti", tax_code="BLTCRL80A01B157X")
    b = person(given="Carlo", surname="Belotti", tax_code="BLTCRL80A01B175X")
    assert verdict(a, b) == SAME
    assert "tax_code_alike" in codes(a, b)


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ("1980-03-04", "same_born"),
        ("04/03/1980", "same_born"),
        ("1980-04-03", "born_turned"),
        ("1980-03-14", "born_alike"),
        ("1971-12-30", "other_born"),
    ],
)
def test_dates_of_birth(born, code):
    assert code in codes(person(surname="Belotti", born="19800304"), person(surname="Belotti", born=born))


def test_a_lead_of_a_known_company_is_asked_about():
    lead = person(given="Luca", surname="Neri", company="Acme Utensili srl", phones=["030 3545678"], for_company=True)
    assert verdict(lead, firm("Acme Utensili", phones=["0303545678"])) == ASK
    assert verdict(lead, firm("Acme Utensili")) == NO
    lead.for_company = False
    assert verdict(lead, firm("Acme Utensili", phones=["0303545678"])) == NO


def test_reasons_are_words():
    a = person(given="G.", surname="Bellotti", phones=["030 3545678"], tax_code="BLTCRL80A01B157X")
    b = person(given="Giuseppe", surname="Belotti", phones=["+390303545678"], tax_code="BLTCRL44B12F205Z")
    with translation.override("en"):
        said = [reason.text for reason in compare(a, b).reasons]
    assert said == [
        "last name 88 % alike", "“G” can be short for “Giuseppe”", "same phone", "different tax code",
    ]  # fmt: skip
    assert [reason.is_against for reason in compare(a, b).reasons] == [False, False, False, True]


NAMES = st.sampled_from(
    ["", "Mario", "M.", "Rossi", "De Luca", "Zanghellini", "Ånders", "李", "x", "'", "A B C", "srl", "1"]
)
TEXTS = st.one_of(NAMES, st.text(max_size=12))


@st.composite
def identities(draw) -> Identity:
    return Identity(
        draw(st.sampled_from(["person", "organisation"])), given=draw(NAMES), surname=draw(TEXTS), company=draw(TEXTS),
        emails=draw(st.lists(st.sampled_from(["info@acme.it", "a.b@gmail.com", "x", "@", "ab@x.it"]), max_size=2)),
        phones=draw(st.lists(st.sampled_from(["030 3545678", "+39 333 1234567", "0", "call", "0303545679"]), max_size=2)),
        vat=draw(st.sampled_from(["", "01234567897", "IT01234567897", "1"])), tax_code=draw(st.sampled_from(["", "BLTCRL80A01B157X"])),
        street=draw(TEXTS), house=draw(st.sampled_from(["", "12", "12/A", "snc"])), postcode=draw(st.sampled_from(["", "25121", "00100", "SW1A 1AA"])),
        city=draw(TEXTS), province=draw(st.sampled_from(["", "BS", "Milano"])), country=draw(st.sampled_from(["", "IT", "DE"])),
        born=draw(st.sampled_from(["", "1980-03-04", "04.03.80", "never"])), ids=draw(st.sampled_from([{}, {"document": "A1"}])),
        for_company=draw(st.booleans()),
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(identities(), identities())
def test_the_order_does_not_matter_and_scores_are_probabilities(a, b):
    one, other = compare(a, b), compare(b, a)
    assert 0 <= one.score <= 1
    assert one.score == pytest.approx(other.score)
    assert one.verdict == other.verdict
    assert all(reason.text for reason in one.reasons)
    assert not (one.verdict == SAME and one.score < 0.9)


@settings(max_examples=200, deadline=None)
@given(identities())
def test_keys_are_the_same_each_time_and_fit_the_table(one):
    keys = keys_of(profile_of(one))
    assert keys == keys_of(profile_of(one))
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert verdict(one, one) in (SAME, ASK, NO)


#: What is stored in every installation; a change needs all keys made anew.
EMAIL_KEY = 87913661706558852


def test_keys_are_the_same_in_every_version():
    assert sorted(keys_of(profile_of(person(emails=["a.rossi@acme.it"])))) == [EMAIL_KEY]


def test_who_is_known_well_is_the_same_as_themselves():
    one = person(given="Ermenegildo", surname="Zanghellini", phones=["0303545678"], **HOME)
    assert compare(one, one).verdict == SAME
