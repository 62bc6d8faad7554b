"""What the value of a file does to the one that is there, column by column; and how cells change on the way."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.exchange.changing import title_case
from fedele.records.exchange.models import Import
from fedele.records.exchange.tests.conftest import uploaded

ALFA = "01234567897"


@pytest.fixture
def alfa(cast: dict[str, Any]) -> Company:
    with act_as(cast["sara"], door="screen"):
        company = Company(name="Alfa", vat_number=ALFA, sector="Acciaio", notes="first", province="BS", kind="supplier")
        company.save()
    return Company.objects.get()


def sent(browser: Any, content: str, fields: dict[str, str], record_type: str = "company", **more: str) -> Import:
    """The file through the wizard, with what the page of the columns was told."""
    uploaded(browser, content, record_type)
    source = Import.objects.latest("pk")
    answer = browser.post(f"/import/{source.pk}/columns/", {**fields, **more, "next": "1"})
    assert answer.status_code == 302, answer.content.decode()[:4000]
    browser.get(f"/import/{source.pk}/check/")
    browser.post(f"/import/{source.pk}/check/", {"match": "update", "create_related": "on", "run": "1"})
    source.refresh_from_db()
    return source


CASES = [
    # field, what stands in the file, policy, what stands there afterwards
    ("sector", "Legno", "", "Legno"),
    ("sector", "Legno", "overwrite", "Legno"),
    ("sector", "Legno", "keep", "Acciaio"),
    ("sector", "Legno", "empty", "Acciaio"),
    ("sector", "Legno", "append", "Acciaio; Legno"),
    ("business", "Torni", "empty", "Torni"),
    ("business", "Torni", "keep", ""),
    ("notes", "second", "append", "first\nsecond"),
    ("notes", "first", "append", "first"),
    ("kind", "customer", "keep", "supplier"),
    ("kind", "customer", "empty", "supplier"),
    ("kind", "customer", "overwrite", "customer"),
    ("kind", "customer", "append", "supplier"),
    ("province", "MI", "append", "BS"),
    ("phone", "030 2001234", "empty", "+390302001234"),
    ("key_account", "sì", "overwrite", True),
    ("key_account", "sì", "keep", False),
]


@pytest.mark.parametrize(("field", "cell", "policy", "after"), CASES)
def test_each_policy_for_each_kind(as_: Any, alfa: Company, field: str, cell: str, policy: str, after: Any) -> None:
    fields = {"column-0": "vat_number", "column-1": field, "policy-1": policy}
    source = sent(as_("giulia"), f"P.IVA;X\n{ALFA};{cell}\n", fields)
    assert source.state == "done"
    assert getattr(Company.objects.get(), field) == after


def test_the_rules_hold_where_a_column_says_nothing(as_: Any, alfa: Company) -> None:
    browser = as_("giulia")
    uploaded(browser, f"P.IVA;A;B\n{ALFA};Legno;Beta\n")
    source = Import.objects.get()
    told = {"column-0": "vat_number", "column-1": "sector", "column-2": "name", "policy-2": "overwrite", "next": "1"}
    browser.post(f"/import/{source.pk}/columns/", told)
    source.refresh_from_db()
    assert source.mapping == {"P.IVA": "vat_number", "A": "sector", "B": {"field": "name", "policy": "overwrite"}}
    source.rules = {**source.rules, "match": "empty"}
    source.save()
    browser.get(f"/import/{source.pk}/check/")
    browser.post(f"/import/{source.pk}/check/", {"match": "empty", "run": "1"})
    company = Company.objects.get()
    assert (company.sector, company.name) == ("Acciaio", "Beta")


def test_mappings_kept_in_the_short_form_still_work(as_: Any, alfa: Company, bring: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, f"P.IVA;A\n{ALFA};Legno\n")
    source = Import.objects.get()
    Import.objects.filter(pk=source.pk).update(
        mapping={"P.IVA": "vat_number", "A": {"field": "sector"}, "B": 7, "C": {}}
    )
    assert browser.get(f"/import/{source.pk}/columns/").status_code == 200
    browser.get(f"/import/{source.pk}/check/")
    browser.post(f"/import/{source.pk}/check/", {"match": "update", "run": "1"})
    assert Company.objects.get().sector == "Legno"


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("ROSSI MECCANICA DI D'ANGELO S.R.L.", "Rossi Meccanica di D'Angelo S.r.l."),
        ("maria-luisa de rossi", "Maria-Luisa De Rossi"),
        ("UNITA' LOCALE", "Unita' Locale"),
        ("via dell’artigliere 3/b", "Via Dell’artigliere 3/B"),
        ("élan più", "Élan Più"),
        ("<IMG SRC=X>", "<Img Src=X>"),
    ],
)
def test_capital_letters_as_names_are_written(text: str, titled: str) -> None:
    assert title_case(text) == titled


def test_cells_change_before_they_are_read(as_: Any) -> None:
    browser = as_("sara")
    fields = {
        "column-0": "first_name+last_name", "policy-0": "", "case-0": "title",
        "column-1": "source", "policy-1": "", "cell-1-0": "Fiera 2026", "value-1-0": "fair",
        "column-2": "@remark", "column-3": "@remark", "column-4": "phone",
        "constant-0": "sector", "constant-text-0": "Meccanica", "constant-1": "country", "constant-text-1": "IT",
    }  # fmt: skip
    content = (
        "Persona;Da;Stand;Voto;Tel\nROSSI MARIO;Fiera 2026;B12;8;(030) 2001234\nAnna De Luca;web;C3;;333-1234567\n"
    )
    source = sent(browser, content, fields, "lead")
    assert source.counts["new"] == 2, list(source.problems.all())
    first, second = Lead.objects.order_by("pk")
    assert (first.first_name, first.last_name, first.source) == ("Mario", "Rossi", "fair")
    assert (first.notes, first.phone, first.sector) == ("Stand: B12\nVoto: 8", "+390302001234", "Meccanica")
    assert (second.first_name, second.last_name, second.source) == ("Anna", "De Luca", "web")
    assert (second.notes, second.phone, second.sector) == ("Stand: C3", "+393331234567", "Meccanica")


def test_dates_of_one_column_are_read_in_its_own_order(as_: Any, cast: dict[str, Any]) -> None:
    from fedele.records.models import CustomField

    for key in ("born", "met"):
        CustomField.objects.create(record_type="contact", key=key, label=key, kind="date")
    fields = {
        "column-0": "last_name", "column-1": "custom.born", "policy-1": "", "dates-1": "mdy",
        "column-2": "custom.met", "policy-2": "", "dates-2": "dmy",
    }  # fmt: skip
    sent(as_("sara"), "Cognome;Nato;Visto\nRossi;03/04/2026;03/04/2026\n", fields, "contact")
    assert Contact.objects.get().custom == {"born": "2026-03-04", "met": "2026-04-03"}


def test_an_administrator_makes_a_field_of_a_column_and_nobody_else(as_: Any) -> None:
    content = "Cognome;Taglia scarpe\nRossi;43\n"
    uploaded(as_("giulia"), content, "contact")
    source = Import.objects.get()
    assert "@new" not in as_("giulia").get(f"/import/{source.pk}/columns/").content.decode()
    told = {"column-0": "last_name", "column-1": "@new", "next": "1"}
    assert as_("giulia").post(f"/import/{source.pk}/columns/", told).status_code == 404
    sent(as_("sara"), content, {"column-0": "last_name", "column-1": "@new"}, "contact")
    assert Contact.objects.get().custom == {"taglia_scarpe": "43"}


def test_a_field_is_not_given_twice_and_what_was_never_offered_is_not_there(as_: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, "A;B\nx;y\n", "contact")
    address = f"/import/{Import.objects.get().pk}/columns/"
    twice = browser.post(address, {"column-0": "first_name+last_name", "column-1": "last_name", "next": "1"})
    assert twice.status_code == 422
    assert "is chosen for two columns" in twice.content.decode()
    for odd in ("version", "company.owner", "company.company", "origin_list.vendor", "custom", "__class__"):
        assert browser.post(address, {"column-0": odd, "next": "1"}).status_code == 404, odd
    assert browser.post(address, {"column-0": "last_name", "constant-0": "trashed_at"}).status_code == 404
