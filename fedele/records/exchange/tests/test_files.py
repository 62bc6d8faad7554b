"""The first step: files dropped or pasted, recognised, repeated; where their names come from; examples to begin with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.people.lists.models import PurchasedList
from fedele.records.exchange.housekeeping import KEPT_DAYS, discard_drafts
from fedele.records.exchange.models import Import, SavedMapping
from fedele.records.exchange.tests.conftest import uploaded
from fedele.records.models import CustomField

LEADS = "Cognome;Azienda;Tel\nRossi;Alfa;030 2001234\nNeri;Beta;030 2001235\n"


def run(browser: Any, source: Import) -> Import:
    browser.get(f"/import/{source.pk}/check/")
    browser.post(f"/import/{source.pk}/check/", {"match": "update", "create_related": "on", "run": "1"})
    return Import.objects.get(pk=source.pk)


def test_rows_pasted_from_a_spreadsheet(as_: Any) -> None:
    browser = as_("giulia")
    answer = browser.post(
        "/import/", {"as": "lead", "provenance": "none", "pasted": "Cognome\tTel\nRossi\t030 2001234\n"}
    )
    source = Import.objects.get()
    assert (answer.status_code, source.provenance) == (302, 0)
    assert run(browser, source).counts["new"] == 1
    assert Lead.objects.get().phone == "+390302001234"


def test_people_do_not_come_in_before_somebody_says_where_from(as_: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, LEADS, "lead", provenance="")
    source = Import.objects.get()
    assert source.provenance is None
    told = {"column-0": "last_name", "column-1": "company_name", "next": "1"}
    refused = browser.post(f"/import/{source.pk}/columns/", told)
    assert refused.status_code == 422
    assert "Say where these names come from" in refused.content.decode()
    assert run(browser, source).counts == {"read": 2, "problems": 2}
    assert not Lead.objects.exists()


def test_who_is_there_already_may_be_changed_without_a_list(as_: Any, cast: dict[str, Any]) -> None:
    with act_as(cast["giulia"], door="screen"):
        contact = Contact(last_name="Rossi", owner=cast["giulia"])
        contact.save()
    browser = as_("giulia")
    uploaded(browser, f"Numero;Cognome\n{contact.number};Rossini\n", "contact", provenance="")
    assert run(browser, Import.objects.get()).counts["updated"] == 1
    assert Contact.objects.get().last_name == "Rossini"


def test_a_list_made_on_the_spot_is_what_the_new_names_come_from(as_: Any, cast: dict[str, Any]) -> None:
    with act_as(cast["giulia"], door="screen"):
        known = Contact(last_name="Rossi", tax_code="RSSMRA85T10A562S", owner=cast["giulia"])
        known.save()
    browser = as_("giulia")
    content = "Cognome;Codice fiscale;Tel\nRossi;RSSMRA85T10A562S;030 2001234\nNeri;;030 2001235\n"
    answer = uploaded(
        browser, content, "contact", provenance="new",
        **{"origin-name": "Fiera 2026", "origin-kind": "fair", "origin-vendor": "Expo", "origin-cost": "250,00"},
    )  # fmt: skip
    assert answer.status_code == 302
    origin = PurchasedList.objects.get()
    assert (origin.name, origin.kind, origin.vendor, origin.owner, origin.cost) == (
        "Fiera 2026",
        "fair",
        "Expo",
        cast["giulia"],
        250,
    )
    run(browser, Import.objects.get())
    assert Contact.objects.get(last_name="Neri").origin_list == origin
    known.refresh_from_db()
    assert (known.origin_list, known.phone) == (None, "+390302001234")
    origin.refresh_from_db()
    assert origin.names == 1
    assert not Contact.objects.get(last_name="Neri").origin_allows_contact


def test_what_is_wrong_with_a_new_list_is_said_and_the_file_is_not_lost(as_: Any) -> None:
    browser = as_("giulia")
    answer = uploaded(browser, LEADS, "lead", provenance="new", **{"origin-name": "", "origin-cost": "abc"})
    assert answer.status_code == 422
    source = Import.objects.get()
    assert (source.provenance, PurchasedList.objects.count()) == (None, 0)
    assert f'action="/import/{source.pk}/columns/"' in answer.content.decode()
    told = {"column-0": "last_name", "provenance": "new", "origin-name": "Expo", "next": "1"}
    assert browser.post(f"/import/{source.pk}/columns/", told).status_code == 302
    source.refresh_from_db()
    assert source.provenance == PurchasedList.objects.get().pk


@pytest.mark.parametrize("odd", ["999999", "abc", "-1", "9" * 30, "<img src=x>"])
def test_a_list_that_does_not_exist_is_no_answer(as_: Any, odd: str) -> None:
    uploaded(as_("giulia"), LEADS, "lead", provenance=odd)
    assert Import.objects.get().provenance is None


def test_the_same_file_is_recognised_and_one_can_go_on(as_: Any, cast: dict[str, Any]) -> None:
    browser = as_("giulia")
    uploaded(browser, LEADS, "lead")
    first = run(browser, Import.objects.get())
    uploaded(browser, LEADS, "lead", name="other.csv")
    second = Import.objects.latest("pk")
    page = browser.get(f"/import/{second.pk}/columns/").content.decode()
    assert "This very file was imported on" in page
    assert f"/import/{first.pk}/result/" in page
    assert f"/import/{first.pk}/result/" not in _page_of(as_("luca"), LEADS)
    assert browser.post(f"/import/{second.pk}/columns/", {"column-0": "last_name", "next": "1"}).status_code == 302
    uploaded(browser, LEADS.replace("Neri", "Nero"), "lead")
    assert "This very file" not in browser.get(f"/import/{Import.objects.latest('pk').pk}/columns/").content.decode()


def _page_of(browser: Any, content: str) -> str:
    uploaded(browser, content, "lead")
    page: str = browser.get(f"/import/{Import.objects.latest('pk').pk}/columns/").content.decode()
    assert "This very file was imported on" in page
    return page


def test_an_import_is_repeated_with_the_next_file(as_: Any, cast: dict[str, Any]) -> None:
    with act_as(cast["giulia"], door="screen"):
        origin = PurchasedList(name="Monthly", vendor="Dati")
        origin.save()
    browser = as_("giulia")
    uploaded(browser, LEADS, "lead", provenance=str(origin.pk))
    first = Import.objects.get()
    told = {"column-0": "last_name", "column-1": "sector", "policy-1": "keep", "column-2": "phone"}
    constant = {"constant-0": "interest", "constant-text-0": "Torni", "next": "1"}
    browser.post(f"/import/{first.pk}/columns/", {**told, **constant})
    first = run(browser, first)
    assert f"/import/?again={first.pk}" in browser.get("/import/").content.decode()
    answer = uploaded(browser, LEADS.replace("Rossi", "Bianchi"), "", again=str(first.pk), provenance="")
    second = Import.objects.latest("pk")
    assert answer["Location"] == f"/import/{second.pk}/check/"
    assert (second.mapping, second.constants, second.provenance) == (first.mapping, first.constants, origin.pk)
    assert second.record_type == "lead"
    run(browser, second)
    assert Lead.objects.get(last_name="Bianchi").interest == "Torni"
    for who, key in (("luca", first.pk), ("giulia", "abc"), ("giulia", 99999), ("giulia", "9" * 30)):
        assert as_(who).get(f"/import/?again={key}").status_code == 404


def test_columns_are_saved_by_name_and_used_for_other_files(as_: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, "Uno;Due\nRossi;Alfa\n", "lead")
    source = Import.objects.get()
    told = {"column-0": "last_name", "column-1": "company_name", "case-1": "title", "policy-1": "keep"}
    saved = browser.post(f"/import/{source.pk}/columns/", {**told, "save": "1", "save_as": " Fiere \0 "})
    assert saved.status_code == 200
    kept = SavedMapping.objects.get()
    assert (kept.name, kept.user.first_name) == ("Fiere", "Giulia")
    colleague = as_("luca")
    uploaded(colleague, "DUE;X;uno\nAlfa;y;Rossi\n", "lead")
    other = Import.objects.latest("pk")
    assert "Fiere" in colleague.get(f"/import/{other.pk}/columns/").content.decode()
    colleague.post(f"/import/{other.pk}/columns/", {"use": "1", "saved": str(kept.pk)})
    other.refresh_from_db()
    assert other.mapping == {
        "uno": "last_name", "DUE": {"field": "company_name", "policy": "keep", "transform": ["title"]},
    }  # fmt: skip
    for odd in ("", "abc", "999999", "9" * 40):
        assert colleague.post(f"/import/{other.pk}/columns/", {"use": "1", "saved": odd}).status_code == 422
    unnamed = colleague.post(f"/import/{other.pk}/columns/", {"column-0": "last_name", "save": "1", "save_as": " "})
    assert "Give these columns a name" in unnamed.content.decode()


def test_the_next_file_of_a_vendor_is_known_with_other_columns(as_: Any, cast: dict[str, Any]) -> None:
    with act_as(cast["giulia"], door="screen"):
        origin = PurchasedList(name="January", vendor="Dati S.r.l.")
        origin.save()
    browser = as_("giulia")
    uploaded(browser, "Pers;Ditt\nRossi;Alfa\n", "lead", provenance=str(origin.pk))
    source = Import.objects.get()
    browser.post(f"/import/{source.pk}/columns/", {"column-0": "last_name", "column-1": "company_name", "next": "1"})
    run(browser, source)
    uploaded(browser, "Ditt;Altro;Pers\nBeta;?;Neri\n", "lead", provenance=str(origin.pk))
    other = Import.objects.latest("pk")
    assert other.mapping == {"Ditt": "company_name", "Pers": "last_name"}
    assert "as in the last file of Dati S.r.l." in browser.get(f"/import/{other.pk}/columns/").content.decode()


def test_drafts_nobody_goes_on_with_are_thrown_away_with_their_file(as_: Any) -> None:
    browser = as_("giulia")
    for _number in range(2):
        uploaded(browser, LEADS, "lead")
    old, fresh = Import.objects.order_by("pk")
    Import.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=KEPT_DAYS + 1))
    path = Path(old.file.path)
    assert path.exists()
    discard_drafts.func() if hasattr(discard_drafts, "func") else discard_drafts()
    assert [*Import.objects.all()] == [fresh]
    assert not path.exists()
    assert Path(fresh.file.path).exists()


@pytest.mark.parametrize("record_type", ["company", "contact", "lead"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_comes_in_as_it_is(as_: Any, record_type: str, file_format: str) -> None:
    CustomField.objects.create(record_type=record_type, key="size", label="Shoe size", kind="number")
    slug = {"company": "companies", "contact": "contacts", "lead": "leads"}[record_type]
    browser = as_("giulia")
    answer = browser.get(f"/import/sample/{slug}/?format={file_format}")
    content = b"".join(answer.streaming_content)
    uploaded(browser, content, record_type, f"sample.{file_format}")
    source = Import.objects.get()
    assert source.mapping["Shoe size"] == "custom.size"
    assert {*source.mapping} == {*source.open().headers}
    assert run(browser, source).counts == {"read": 2, "new": 2}


def test_an_example_is_for_who_may_make_such_records(as_: Any) -> None:
    assert as_("marco").get("/import/sample/contacts/").status_code == 404
    assert as_("giulia").get("/import/sample/nothing/").status_code == 404
    assert as_("giulia").get("/import/sample/opportunities/?format=xlsx").status_code == 200
