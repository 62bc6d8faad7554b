"""Who may bring what in, for whom, and take what out."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from fedele.access.models import Role
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.leads.models import Lead
from fedele.records.exchange.models import Import
from fedele.records.exchange.tests.conftest import uploaded


def exported(browser: Client, address: str) -> list[dict[str, str]]:
    text = b"".join(browser.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_only_types_one_may_make_are_offered(as_: Any) -> None:
    page = as_("giulia").get("/import/").content.decode()
    assert 'value="company"' in page
    technician = as_("marco").get("/import/")
    assert technician.status_code == 404 or 'value="company"' not in technician.content.decode()
    assert as_("eva").get("/import/").status_code == 404
    assert uploaded(as_("chiara"), "Nome\nAlfa\n", "opportunity").status_code == 404
    assert not Import.objects.exists()


def test_what_others_bring_in_is_not_there(as_: Any) -> None:
    uploaded(as_("giulia"), "Nome\nAlfa\n")
    source = Import.objects.get()
    for step in ("columns", "check", "result", "problems", "undo"):
        assert as_("luca").get(f"/import/{source.pk}/{step}/").status_code == 404
    for step in ("columns", "check", "discard", "undo", "go-on"):
        assert as_("luca").post(f"/import/{source.pk}/{step}/", {"run": "1"}).status_code == 404
    assert "list.csv" not in as_("luca").get("/import/").content.decode()
    assert as_("sara").get(f"/import/{source.pk}/columns/").status_code == 200
    assert as_("sara").get("/import/9999999999/columns/").status_code == 404


def test_records_are_made_only_for_whom_one_may_make_them(as_: Any, bring: Any, cast: dict[str, Any]) -> None:
    Role.objects.filter(key="sales_rep").update(
        rights={"company": {"view": "all", "create": "all"}, "lead": {"view": "team", "create": "own"}}
    )
    assert bring("company", f"Nome;Owner\nAlfa;{cast['luca'].email}\n", by="giulia")["new"] == 1
    assert Company.objects.get().owner == cast["luca"]
    cast["giulia"] = type(cast["giulia"]).objects.get(pk=cast["giulia"].pk)
    done = bring(
        "lead", f"Cognome;Owner\nRossi;{cast['luca'].email}\nNeri;{cast['giulia'].email}\nVerdi;\n", by="giulia"
    )
    assert done["problem_rows"] == [
        {"line": 2, "column": "Owner", "message": "You may not create records for this person."}
    ]
    assert set(Lead.objects.values_list("owner", flat=True)) == {cast["giulia"].pk}
    browser = as_("giulia")
    uploaded(browser, "Cognome\nBlu\n", "lead")
    source = Import.objects.latest("pk")
    browser.get(f"/import/{source.pk}/check/")
    page = browser.get(f"/import/{source.pk}/run/").content.decode()
    assert f'<option value="{cast["giulia"].pk}"' in page
    assert f'<option value="{cast["luca"].pk}"' not in page
    assert 'value="nobody"' not in page
    browser.post(f"/import/{source.pk}/run/", {"owner": str(cast["luca"].pk), "run": "1"})
    assert Lead.objects.get(last_name="Blu").owner == cast["giulia"]


@pytest.fixture
def hidden_vat(cast: dict[str, Any]) -> None:
    role = Role.objects.get(key="sales_rep")
    role.hidden = {"company": ["vat_number"]}
    role.save()


def test_hidden_fields_are_neither_offered_nor_taken_nor_given(
    as_: Any, bring: Any, cast: dict[str, Any], hidden_vat: None
) -> None:
    bring("company", "Nome;P.IVA;Owner\nAlfa;01234567897;" + cast["giulia"].email + "\n")
    browser = as_("giulia")
    uploaded(browser, "Nome;Partita IVA\nBeta;12345670017\n")
    source = Import.objects.latest("pk")
    assert source.mapping == {"Nome": "name"}
    assert 'value="vat_number"' not in browser.get(f"/import/{source.pk}/columns/").content.decode()
    assert (
        browser.post(
            f"/import/{source.pk}/columns/", {"column-0": "name", "column-1": "vat_number", "next": "1"}
        ).status_code
        == 404
    )
    (row,) = exported(browser, "/companies/export/")
    assert "01234567897" not in str(row)
    assert "VAT number" not in row


def test_export_obeys_its_own_right_and_what_one_sees(as_: Any, cast: dict[str, Any]) -> None:
    with act_as(cast["sara"], door="screen"):
        for person in ("giulia", "luca"):
            Company(name=f"Of {person}", owner=cast[person], team=cast[person].team).save()
    assert [row["name"] for row in exported(as_("giulia"), "/companies/export/")] == ["Of giulia"]
    assert len(exported(as_("sara"), "/companies/export/")) == 2
    assert [row["name"] for row in exported(as_("sara"), "/companies/export/?f=name.has:luca")] == ["Of luca"]
    luca = Company.objects.get(name="Of luca")
    browser = as_("giulia")
    posted = browser.post("/companies/export/", {"ids": str(luca.pk)})
    assert "Of luca" not in b"".join(posted.streaming_content).decode()
    assert as_("marco").get("/companies/export/").status_code == 404
    assert as_("eva").get("/companies/export/").status_code == 404
    assert as_("sara").get("/nothing/export/").status_code == 404
    told = Entry.objects.filter(kind="list.exported").order_by("pk")
    assert told[0].actor == cast["giulia"]
    assert told[2].data["query"] == "f=name.has%3Aluca"
