"""The wizard from the file to the records, and back."""

from __future__ import annotations

from typing import Any

from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.records.exchange.models import Import
from fedele.records.exchange.tests.conftest import uploaded

LIST = (
    "Ragione sociale;P.IVA;CAP;Provincia;Segni\n"
    "Alfa S.r.l.;01234567897;25121;BS;x\nBeta S.p.A.;01234567890;25121;BS;y\nGamma;;20121;MI;z\n"
)


def test_from_a_file_to_records_and_back(as_: Any, cast: dict[str, Any]) -> None:
    browser = as_("giulia")
    step = uploaded(browser, LIST)
    source = Import.objects.get()
    assert step["Location"] == f"/import/{source.pk}/columns/"
    assert source.mapping == {
        "Ragione sociale": "name",
        "P.IVA": "vat_number",
        "CAP": "postcode",
        "Provincia": "province",
    }
    assert b"Alfa S.r.l." in browser.get(step["Location"]).content
    chosen = {
        "column-0": "name",
        "column-1": "vat_number",
        "column-2": "postcode",
        "column-3": "province",
        "column-4": "notes",
        "next": "1",
    }
    assert browser.post(step["Location"], chosen)["Location"] == f"/import/{source.pk}/check/"
    page = browser.get(f"/import/{source.pk}/check/").content.decode()
    assert "Companies: 2 new, 0 to change, 1 left out." in page
    assert "A digit is mistyped" in page
    rules = {
        "match": "update",
        "duplicates": "create",
        "create_related": "on",
        "owner": str(cast["luca"].pk),
        "run": "1",
    }
    browser.post(f"/import/{source.pk}/check/", rules)
    source.refresh_from_db()
    assert source.state == "done"
    assert source.counts == {"read": 3, "new": 2, "problems": 1}
    alfa = Company.objects.get(vat_number="01234567897")
    assert (alfa.name, alfa.notes, alfa.owner, alfa.province) == ("Alfa S.r.l.", "x", cast["luca"], "BS")
    assert Entry.objects.get(kind="company.created", record_id=alfa.pk).data == {"source": "list.csv", "line": 2}
    assert "Came with the import list.csv, line 2" in browser.get(f"/companies/{alfa.pk}/").content.decode()
    page = browser.get(f"/import/{source.pk}/result/").content.decode()
    assert "A digit is mistyped" in page
    assert "Gamma" in browser.get(f"/companies/?batch={source.batch_id}").content.decode()
    preview = browser.get(f"/import/{source.pk}/undo/").content.decode()
    assert "Go to the trash" in preview
    browser.post(f"/import/{source.pk}/undo/")
    source.refresh_from_db()
    assert source.state == "undone"
    assert not Company.objects.filter(trashed_at=None).exists()


def test_problem_rows_come_again_with_the_columns_known(as_: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, LIST)
    source = Import.objects.get()
    browser.post(
        f"/import/{source.pk}/columns/",
        {"column-0": "name", "column-1": "vat_number", "column-4": "notes", "next": "1"},
    )
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    file = b"".join(browser.get(f"/import/{source.pk}/problems/").streaming_content)
    assert "Beta S.p.A.;01234567890;25121;BS;y;3;P.IVA: A digit is mistyped" in file.decode("utf-8-sig")
    uploaded(browser, file.replace(b"01234567890", b"12345670017"), name="problems.csv")
    again = Import.objects.latest("pk")
    assert again.mapping == {"Ragione sociale": "name", "P.IVA": "vat_number", "Segni": "notes"}
    browser.post(f"/import/{again.pk}/check/", {"run": "1"})
    assert Company.objects.get(vat_number="12345670017").notes == "y"


def test_a_group_goes_back_as_a_whole(as_: Any) -> None:
    browser = as_("giulia")
    far = "".join(f"Altra {n};\n" for n in range(800))
    uploaded(browser, f"Nome;Parte di\nFiglia;Madre\n{far}Madre;Nonna\nNonna;Antenata\n")
    source = Import.objects.get()
    browser.post(f"/import/{source.pk}/columns/", {"column-0": "name", "column-1": "parent", "next": "1"})
    page = browser.get(f"/import/{source.pk}/check/").content.decode()
    assert "Companies 1" in page
    browser.post(f"/import/{source.pk}/check/", {"create_related": "on", "run": "1"})
    assert Company.objects.count() == 804
    browser.post(f"/import/{source.pk}/undo/")
    assert not Company.objects.filter(trashed_at=None).exists()
