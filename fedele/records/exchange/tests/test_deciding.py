"""Rows that are like others: decided one by one or all at once, by two people, and done as was said."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.exchange.decided import Decision
from fedele.records.exchange.models import Import
from fedele.records.exchange.tests.test_check import check, fates, prepared
from fedele.records.likeness import Likeness

PAIRS = "Nome;Città\nOfficine Brambilla;Brescia\nTorneria Galli;Milano\n"
TWO = {"a": "name", "b": "city"}


def stored(cast: dict[str, Any], *made: Any) -> None:
    with act_as(cast["sara"], door="screen"):
        for record in made:
            record.owner, record.team = cast["giulia"], cast["giulia"].team
            record.save()


def told(browser: Any, source: Import, line: int, act: str, target: str, **more: str) -> Any:
    return browser.post(f"/import/{source.pk}/duplicates/", {"line": line, "act": act, "target": target, **more})


def twins(cast: dict[str, Any]) -> tuple[Company, Company]:
    galli, brambilla = Company(name="Torneria Galli", city="Milano"), Company(name="Officine Brambilla", city="Brescia")
    stored(cast, galli, brambilla)
    return galli, brambilla


def run(browser: Any, source: Import) -> Import:
    browser.post(f"/import/{source.pk}/run/", {"assign": "one", "run": "1"})
    source.refresh_from_db()
    assert source.state == "done"
    return source


def test_each_pair_is_shown_with_its_reason_and_decided(as_: Any, cast: dict[str, Any]) -> None:
    galli, brambilla = twins(cast)
    browser = as_("giulia")
    source = prepared(
        browser, "Nome;Città;Note\nOfficine Brambilla;Brescia;nuova\nTorneria Galli;Milano;\n", **TWO, c="notes"
    )
    check(browser, source)
    assert fates(source) == {"duplicate": 2}
    page = browser.get(f"/import/{source.pk}/duplicates/").content.decode()
    assert page.count('class="card pair"') == 2
    assert brambilla.number in page or "Officine Brambilla" in page
    assert 'data-key="1"' in page
    assert 'data-key="4"' not in page
    told(browser, source, 2, "update", f"company:{brambilla.pk}")
    told(browser, source, 3, "skip", f"company:{galli.pk}")
    assert fates(source) == {"update": 1, "left_out": 1}
    assert "All is decided" in browser.get(f"/import/{source.pk}/duplicates/").content.decode()
    run(browser, source)
    assert source.counts == {"read": 2, "updated": 1, "left_out": 1}
    assert {company.name: company.notes for company in Company.objects.all()} == {
        "Officine Brambilla": "nuova", "Torneria Galli": "",
    }  # fmt: skip


def test_a_decision_can_be_taken_otherwise_and_survives_leaving(as_: Any, cast: dict[str, Any]) -> None:
    galli, _brambilla = twins(cast)
    browser = as_("giulia")
    source = prepared(browser, PAIRS, **TWO)
    check(browser, source)
    told(browser, source, 3, "skip", f"company:{galli.pk}")
    check(browser, source)
    assert fates(source) == {"duplicate": 1, "left_out": 1}
    page = browser.get(f"/import/{source.pk}/duplicates/?show=decided").content.decode()
    assert page.count('class="card pair"') == 1
    told(browser, source, 3, "create", f"company:{galli.pk}", seen=str(Decision.objects.get().pk))
    assert fates(source) == {"duplicate": 1, "new": 1}
    run(browser, source)
    assert source.counts == {"read": 2, "new": 1, "possible_duplicates": 1}
    assert Company.objects.filter(name="Torneria Galli").count() == 2


def test_two_people_at_one_pair_the_second_is_told(as_: Any, cast: dict[str, Any]) -> None:
    galli, _brambilla = twins(cast)
    source = prepared(as_("giulia"), PAIRS, **TWO)
    check(as_("giulia"), source)
    told(as_("giulia"), source, 3, "skip", f"company:{galli.pk}")
    answer = as_("sara").post(
        f"/import/{source.pk}/duplicates/", {"line": 3, "act": "update", "target": f"company:{galli.pk}"},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert f"{cast['giulia']} has already decided about line 3: Leave it out." in answer.headers["HX-Trigger"]
    decision = Decision.objects.get()
    assert (decision.act, decision.user) == ("skip", cast["giulia"])


def test_what_nobody_offered_is_refused(as_: Any, cast: dict[str, Any]) -> None:
    galli, brambilla = twins(cast)
    browser = as_("giulia")
    source = prepared(browser, PAIRS, **TWO)
    check(browser, source)
    for line, act, target in (
        (3, "update", f"company:{brambilla.pk}"), (3, "explode", f"company:{galli.pk}"), (99, "skip", f"company:{galli.pk}"),
        (3, "update", "user:1"), (3, "update", ""),
    ):  # fmt: skip
        assert told(browser, source, line, act, target).status_code == 404
    assert not Decision.objects.exists()


def test_all_others_like_this_in_one_go(as_: Any, cast: dict[str, Any]) -> None:
    galli, brambilla = twins(cast)
    browser = as_("giulia")
    source = prepared(
        browser, "Nome;Città;Note\nOfficine Brambilla;Brescia;a\nTorneria Galli;Milano;b\n", **TWO, c="notes"
    )
    check(browser, source)
    browser.post(f"/import/{source.pk}/duplicates/all/", {"target": f"company:{galli.pk}", "all-act": "update"})
    page = check(browser, source)
    assert "Companies: 0 new, 2 to change, 0 left out." in page
    browser.post(f"/import/{source.pk}/duplicates/all/", {"target": "company:"})
    assert "Companies: 2 new, 0 to change, 0 left out." in check(browser, source)
    browser.post(f"/import/{source.pk}/duplicates/all/", {"target": f"company:{galli.pk}", "all-act": "update"})
    run(browser, source)
    assert source.counts == {"read": 2, "updated": 2}
    assert sorted(Company.objects.values_list("name", "notes")) == [
        ("Officine Brambilla", "a"),
        ("Torneria Galli", "b"),
    ]
    assert brambilla.pk in Company.objects.values_list("pk", flat=True)


def test_two_rows_about_one_company_become_one(as_: Any) -> None:
    browser = as_("giulia")
    file = "Nome;Città;Telefono;Note\nTorneria Galli;Milano;;uno\nGalli Torneria;Milano;02 5551234;due\n"
    source = prepared(browser, file, a="name", b="city", c="phone", d="notes")
    page = check(browser, source)
    assert fates(source) == {"new": 1, "duplicate": 1}
    assert "like line 2 of this file" in page
    told(browser, source, 3, "update", ":2")
    run(browser, source)
    assert source.counts == {"read": 2, "new": 1, "updated": 1}
    company = Company.objects.get()
    assert (company.name, company.phone, company.notes) == ("Torneria Galli", "+39025551234", "uno")


def test_a_contact_is_made_at_the_company_of_the_one_it_is_like(
    as_: Any, cast: dict[str, Any], monkeypatch: Any
) -> None:
    company = Company(name="Torneria Galli")
    stored(cast, company)
    anna = Contact(first_name="Anna", last_name="Galli", company=company, email="info@galli.it")
    stored(cast, anna)
    like = Likeness("contact", anna.pk, "Anna Galli", 0.8, False, ["same e-mail"])
    monkeypatch.setattr(
        "fedele.records.exchange.alike.likeness_of", lambda _key, records, *_more: [[like] for _one in records]
    )
    browser = as_("giulia")
    source = prepared(
        browser, "Nome;Cognome;E-mail\nPiero;Galli;info@galli.it\n", a="first_name", b="last_name", c="email"
    )
    _as(source, "contact")
    check(browser, source)
    page = browser.get(f"/import/{source.pk}/duplicates/").content.decode()
    assert "same e-mail" in page
    assert 'data-key="4"' in page
    told(browser, source, 2, "link", f"contact:{anna.pk}")
    run(browser, source)
    assert Contact.objects.get(first_name="Piero").company == company


def test_a_lead_who_is_a_known_contact_brings_that_one_up_to_date(
    as_: Any, cast: dict[str, Any], monkeypatch: Any
) -> None:
    anna = Contact(first_name="Anna", last_name="Galli", email="anna@galli.it")
    stored(cast, anna)
    like = Likeness("contact", anna.pk, "Anna Galli", 0.97, True, ["same e-mail"])
    monkeypatch.setattr(
        "fedele.records.exchange.alike.likeness_of", lambda _key, records, *_more: [[like] for _one in records]
    )
    browser = as_("giulia")
    source = prepared(
        browser, "Nome;Cognome;E-mail;Cellulare\nAnna;Galli;anna@galli.it;333 1234567\n",
        a="first_name", b="last_name", c="email", d="mobile",
    )  # fmt: skip
    _as(source, "lead")
    check(browser, source)
    told(browser, source, 2, "update", f"contact:{anna.pk}")
    assert fates(source) == {"update": 1}
    run(browser, source)
    anna.refresh_from_db()
    assert (anna.mobile, Lead.objects.count()) == ("+393331234567", 0)
    browser.post(f"/import/{source.pk}/undo/")
    anna.refresh_from_db()
    assert anna.mobile == ""


def _as(source: Import, key: str) -> None:
    """The same file as a file of people."""
    mapping = {"Nome": "first_name", "Cognome": "last_name", "E-mail": "email", "Cellulare": "mobile"}
    Import.objects.filter(pk=source.pk).update(record_type=key, provenance=0, mapping=mapping)


def test_who_was_erased_meanwhile_stops_nothing(as_: Any, cast: dict[str, Any]) -> None:
    galli, brambilla = twins(cast)
    browser = as_("giulia")
    source = prepared(
        browser, "Nome;Città;Note\nOfficine Brambilla;Brescia;a\nTorneria Galli;Milano;b\n", **TWO, c="notes"
    )
    check(browser, source)
    told(browser, source, 2, "update", f"company:{brambilla.pk}")
    told(browser, source, 3, "update", f"company:{galli.pk}")
    with act_as(cast["sara"], door="screen"):
        Company.objects.get(pk=brambilla.pk).erase()
    run(browser, source)
    assert source.counts == {"read": 2, "updated": 1, "problems": 1}
    assert "no longer there" in source.problems.get().said
    assert [company.pk for company in Company.objects.all()] == [galli.pk]


def test_the_same_rows_in_another_file_are_there_already(as_: Any) -> None:
    browser = as_("giulia")
    first = prepared(browser, PAIRS, **TWO)
    browser.post(f"/import/{first.pk}/check/", {"run": "1"})
    again = prepared(browser, "Comune;Nome\nbrescia;OFFICINE  BRAMBILLA\nRoma;Terza\n", a="city", b="name")
    Import.objects.filter(pk=again.pk).update(mapping={"Comune": "city", "Nome": "name"})
    other = prepared(browser, f"{PAIRS}Terza;Roma\n", **TWO)
    page = check(browser, other)
    assert fates(other) == {"new": 1, "unchanged": 2}
    assert f"came with import no. {first.pk}, line 3" in page
    browser.post(f"/import/{other.pk}/check/", {"run": "1"})
    assert Company.objects.count() == 3


@pytest.mark.parametrize(
    ("decide", "counts", "notes"),
    [
        ("new", {"new": 0, "updated": 0, "possible_duplicates": 1}, ["", "dal file"]),
        ("same", {"new": 0, "updated": 1, "possible_duplicates": 0}, ["dal file"]),
        ("skip", {"new": 0, "updated": 0, "possible_duplicates": 1}, [""]),
    ],
)
def test_the_command_says_what_becomes_of_them(
    bring: Any, cast: dict[str, Any], decide: str, counts: dict[str, int], notes: list[str]
) -> None:
    stored(cast, Company(name="Torneria Galli", city="Milano"))
    for dry in (True, False):
        facts = bring("company", "Nome;Città;Note\nTorneria Galli;Milano;dal file\n", dry=dry, decide=decide)
        assert {name: facts[name] for name in counts} == counts
    assert sorted(Company.objects.values_list("notes", flat=True)) == notes
