"""Two objects in one file: a person and their company."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.access.models import Role
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.records.exchange.models import Import
from fedele.records.exchange.tests.conftest import uploaded

ALFA, BETA, GAMMA = "01234567897", "12345670017", "02345678904"
HEADERS = "Nome;Cognome;Azienda;P.IVA azienda;Città azienda;E-mail\n"


def company(cast: dict[str, Any], name: str, **fields: Any) -> Company:
    with act_as(cast["sara"], door="screen"):
        one = Company(name=name, **fields)
        one.save()
    return one


def problems(done: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(row["line"], row["column"], row["message"]) for row in done["problem_rows"]]


def test_columns_find_the_company_they_belong_to(bring: Any) -> None:
    done = bring("contact", f"{HEADERS}Anna;Rossi;Alfa;{ALFA};Brescia;a@example.com\n", dry=True)
    assert done["mapping"] == {
        "Nome": "first_name", "Cognome": "last_name", "Azienda": "company", "P.IVA azienda": "company.vat_number",
        "Città azienda": "company.city", "E-mail": "email",
    }  # fmt: skip


def test_new_and_existing_companies_by_vat_number_and_name(bring: Any, cast: dict[str, Any]) -> None:
    there = company(cast, "Alfa S.r.l.", vat_number=ALFA)
    called = company(cast, "Delta")
    content = (
        f"{HEADERS}Anna;Rossi;ALFA;{ALFA};Brescia;a@example.com\nMarco;Neri;Alfa srl;{ALFA};Milano;m@example.com\n"
        f"Sara;Verdi;Beta;{BETA};Como;s@example.com\nLuca;Bruni;Beta;;;l@example.com\nEva;Gialli;Delta;{GAMMA};Lodi;e@example.com\n"
    )
    done = bring("contact", content)
    assert (done["new"], problems(done)) == (5, [])
    assert Company.objects.count() == 3
    there.refresh_from_db()
    assert (there.name, there.city) == ("Alfa S.r.l.", "Brescia")
    called.refresh_from_db()
    assert (called.vat_number, called.city) == (GAMMA, "Lodi")
    beta = Company.objects.get(vat_number=BETA)
    assert (beta.name, beta.city) == ("Beta", "Como")
    assert [*Contact.objects.order_by("pk").values_list("company", flat=True)] == [
        there.pk, there.pk, beta.pk, beta.pk, called.pk,
    ]  # fmt: skip
    entries = Entry.objects.filter(record_type="company", record_id=called.pk).order_by("pk")
    assert [entry.kind for entry in entries] == ["company.created", "company.changed"]
    assert entries[1].data["source"] == "list.csv"


def test_a_company_met_in_batches_far_apart_is_made_once(bring: Any) -> None:
    rows = "".join(f"P{n};Rossi{n};Alfa;{ALFA};Brescia;p{n}@example.com\n" for n in range(1100))
    done = bring("contact", HEADERS + rows)
    assert (done["read"], Company.objects.count()) == (1100, 1)
    assert Contact.objects.filter(company=Company.objects.get()).count() == 1100 - done["problems"]
    assert done["problems"] == 0


def test_namesakes_are_told_apart_by_number_place_or_person_else_asked(bring: Any, cast: dict[str, Any]) -> None:
    first = company(cast, "Alfa", city="Brescia", vat_number=ALFA)
    second = company(cast, "Alfa", city="Como")
    content = f"{HEADERS}A;Uno;Alfa;;como;a1@example.com\nB;Due;Alfa;{ALFA};;b2@example.com\nC;Tre;Alfa;{BETA};Lecco;c3@example.com\nD;Quattro;Alfa;;;d4@example.com\n"
    done = bring("contact", content)
    assert problems(done) == [(5, "Azienda", "2 records are called “Alfa”: give the number of the one you mean.")]
    assert Contact.objects.get(last_name="Uno").company == second
    assert Contact.objects.get(last_name="Due").company == first
    third = Contact.objects.get(last_name="Tre").company
    assert third is not None
    assert (third.vat_number, third.pk in (first.pk, second.pk)) == (BETA, False)


def test_by_number_and_policies_of_its_own(as_: Any, cast: dict[str, Any]) -> None:
    alfa = company(cast, "Alfa", city="Brescia", sector="Acciaio")
    browser = as_("giulia")
    uploaded(browser, f"Cognome;Codice;Settore;Citta\nRossi;{alfa.number};Legno;Milano\n", "contact")
    source = Import.objects.get()
    told = {
        "column-0": "last_name", "column-1": "company.number", "column-2": "company.sector", "policy-2": "empty",
        "column-3": "company.city", "policy-3": "overwrite", "next": "1",
    }  # fmt: skip
    assert browser.post(f"/import/{source.pk}/columns/", told).status_code == 302
    browser.get(f"/import/{source.pk}/check/")
    browser.post(f"/import/{source.pk}/check/", {"match": "update", "create_related": "on", "run": "1"})
    alfa.refresh_from_db()
    assert (alfa.sector, alfa.city) == ("Acciaio", "Milano")
    assert Contact.objects.get().company == alfa


def test_what_is_wrong_with_the_company_is_a_problem_of_the_row(bring: Any) -> None:
    content = f"{HEADERS}A;Uno;Alfa;01234567890;;a@example.com\nB;Due;;{BETA};;b@example.com\nC;Tre;;;Como;c@example.com\nD;Quattro;;;;d@example.com\n"
    done = bring("contact", content)
    found = problems(done)
    assert [line for line, _column, _message in found] == [2, 3, 4]
    assert found[0][1] == "P.IVA azienda"
    assert found[1][2] == "“name” is missing."
    assert found[2][2] == "“name” is missing."
    assert [*Contact.objects.values_list("last_name", flat=True)] == ["Quattro"]
    assert not Company.objects.exists()


@pytest.fixture
def no_companies(cast: dict[str, Any]) -> None:
    """Giulia may see companies, and neither make nor change them; of her fields the VAT number is hidden."""
    role = Role.objects.get(key="sales_rep")
    role.rights = {**role.rights, "company": {"view": "all"}}
    role.save()


def test_who_may_not_make_companies_is_not_offered_their_columns(bring: Any, cast: Any, no_companies: None) -> None:
    alfa = company(cast, "Alfa", city="Brescia")
    done = bring("contact", f"{HEADERS}A;Uno;Alfa;;Milano;a@example.com\nB;Due;Nuova;;;b@example.com\n", by="giulia")
    assert "P.IVA azienda" not in done["mapping"]
    assert problems(done) == [(3, "Azienda", "“Nuova” is not known here.")]
    alfa.refresh_from_db()
    assert (alfa.city, Contact.objects.get().company, Company.objects.count()) == ("Brescia", alfa, 1)


def test_who_may_make_but_not_change_companies_is_told(bring: Any, cast: Any, no_companies: None) -> None:
    Role.objects.filter(key="sales_rep").update(
        rights={
            "company": {"view": "all", "create": "all"},
            "contact": {"view": "all", "create": "all", "edit": "all"},
        },
        hidden={"company": ["vat_number"]},
    )
    cast["giulia"] = type(cast["giulia"]).objects.get(pk=cast["giulia"].pk)
    alfa = company(cast, "Alfa")
    content = f"{HEADERS}A;Uno;Alfa;{ALFA};Milano;a@example.com\nB;Due;Nuova;;Como;b@example.com\nC;Tre;Alfa;;;c@example.com\n"
    done = bring("contact", content, by="giulia")
    assert "P.IVA azienda" not in done["mapping"]
    assert problems(done) == [(2, "Azienda", "Alfa is already there, and you may not change it.")]
    alfa.refresh_from_db()
    assert (alfa.city, Company.objects.get(name="Nuova").city) == ("", "Como")


def test_the_companies_go_back_with_the_import(as_: Any, cast: dict[str, Any]) -> None:
    alfa = company(cast, "Alfa", vat_number=ALFA, city="Brescia")
    browser = as_("giulia")
    content = f"{HEADERS}A;Uno;Alfa;{ALFA};Milano;a@example.com\nB;Due;Nuova;{BETA};Como;b@example.com\n"
    uploaded(browser, content, "contact")
    source = Import.objects.get()
    assert "Company › City" in browser.get(f"/import/{source.pk}/columns/").content.decode()
    browser.get(f"/import/{source.pk}/check/")
    browser.post(f"/import/{source.pk}/check/", {"match": "update", "create_related": "on", "run": "1"})
    alfa.refresh_from_db()
    assert (alfa.city, Contact.objects.count()) == ("Milano", 2)
    browser.post(f"/import/{source.pk}/undo/")
    alfa.refresh_from_db()
    assert (alfa.city, alfa.is_trashed) == ("Brescia", False)
    assert [*Company.objects.filter(trashed_at=None)] == [alfa]
    assert not Contact.objects.filter(trashed_at=None).exists()


def test_a_column_of_a_company_nobody_names_is_refused(as_: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, "Cognome;Dove\nRossi;Milano\n", "contact")
    answer = browser.post(
        f"/import/{Import.objects.get().pk}/columns/",
        {"column-0": "last_name", "column-1": "company.city", "next": "1"},
    )
    assert answer.status_code == 422
    assert "No column says which company the “city” belongs to" in answer.content.decode()
