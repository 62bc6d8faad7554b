"""Files that are not what they seem: each gets a sentence for who chose it, and nothing of it is kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.records.exchange.models import Import
from fedele.records.exchange.tests.conftest import uploaded

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.csv", "The file is empty."),
        (b"Nome;P.IVA\n", "header.csv", "There are no rows below the header: there is nothing to read."),
        (PNG, "photo.csv", "This file is an image."),
        (b"%PDF-1.7 x", "list.xlsx", "This file is a PDF document."),
        (b"<!doctype html><html></html>", "page.csv", "This file is a web page or XML."),
        (b'{"a": [1]}', "data.json", "This file is a JSON file."),
        (docx(), "letter.xlsx", "This file is a text document."),
        (b"PK\x03\x04 broken", "list.xlsx", "The file is damaged"),
        (b"SQLite format 3\0", "x.csv", "This file is a database."),
        (bytes(range(256)) * 50, "noise.csv", "This is not a text file"),
        (
            (";".join(f"c{n}" for n in range(5_000)) + "\n" + ";" * 4_999 + "x\n").encode(),
            "wide.csv",
            "The file has 5000 columns; at most 1000",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(as_: Any, content: bytes, name: str, said: str) -> None:
    answer = uploaded(as_("giulia"), content, name=name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Import.objects.exists()


def test_nothing_chosen(as_: Any) -> None:
    answer = as_("giulia").post("/import/", {"as": "company"})
    assert (answer.status_code, "Choose a file, or paste rows" in answer.content.decode()) == (422, True)


def test_too_big_is_said_before_a_byte_is_read(cast: dict[str, Any], settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 10 << 20
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast["giulia"])

    class Unread(io.BytesIO):
        def read(self, *_size: Any) -> bytes:
            raise AssertionError("the body was read")

    headers = {
        "CONTENT_LENGTH": str(2 << 30),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "wsgi.input": Unread(),
    }
    answer = browser.generic("POST", "/import/", b"", **headers)
    assert (answer.status_code, "The file is bigger than 10 MB: split it." in answer.content.decode()) == (413, True)
    # The check against forged forms is only put off.
    assert browser.post("/import/", {"as": "company", "pasted": "Nome\nAlfa"}).status_code in (403, 419)
    assert not Import.objects.exists()


def test_a_file_that_grew_beyond_what_was_declared_is_refused_too(as_: Any, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1 << 20
    answer = uploaded(as_("giulia"), b"Nome\n" + b"Alfa\n" * 250_000)
    assert (answer.status_code, "The file is bigger than 1 MB" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_encoding(bring: Any, encoding: str) -> None:
    rows = "".join(f"Società {n} però;Città {n}\r\n" for n in range(20))
    assert bring("company", f"Denominazione;Comune\r\n{rows}".encode(encoding))["new"] == 20
    assert Company.objects.filter(name="Società 7 però", city="Città 7").exists()


def test_only_the_rows_that_are_wrong_stay_out(bring: Any) -> None:
    file = (
        b'Nome;Citt\xe0;"Note\n(a capo)"\n'
        b"Alfa;Brescia;=1+1\n"
        b"Beta\x00;Milano;\n"
        b"Gamma;Roma\n"
        b"Delta;Como;una;di troppo\n"
        b'Zeta;Lodi;"due\nrighe"\n'
        b'Epsilon;"Lecco;mai chiusa\n'
    )
    done = bring("company", file, **{"Note (a capo)": "notes"})
    assert (done["read"], done["new"]) == (6, 2)
    assert [(row["line"], row["message"][:40]) for row in done["problem_rows"]] == [
        (4, "There is a NUL character in this row, wh"),
        (5, "This row has 2 values, the header has 3:"), (6, "This row has 4 values, the header has 3:"),
        (9, "A quotation mark opened in line 9 is nev"),
    ]  # fmt: skip
    assert list(Company.objects.order_by("name").values_list("name", "city", "notes")) == [
        ("Alfa", "Brescia", "=1+1"),
        ("Zeta", "Lodi", "due\nrighe"),
    ]


def test_what_cannot_be_read_to_its_end_does_not_come_in_by_half(as_: Any) -> None:
    browser = as_("giulia")
    endless = "x" * 140_000
    rows = "".join(f"Azienda {n};x\n" for n in range(6_000)) + f"Alfa;{endless}\n" * 101
    uploaded(browser, f"Nome;Note\n{rows}")
    source = Import.objects.get()
    browser.post(f"/import/{source.pk}/columns/", {"column-0": "name", "next": "1"})
    # The check of so many rows is a job; it fails, and says so where the file can be read in another way.
    assert browser.get(f"/import/{source.pk}/check/")["Location"].startswith("/progress/")
    assert browser.get(f"/import/{source.pk}/check/")["Location"] == f"/import/{source.pk}/columns/"
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    source.refresh_from_db()
    assert (source.state, source.counts) == ("failed", {})
    assert not Company.objects.exists()
    page = browser.get(f"/import/{source.pk}/result/").content.decode()
    assert "A quotation mark opened in line" in page
    assert "Try again" in page


HOSTILE = "<img src=x onerror=alert(1)>"


def test_cells_and_headers_are_shown_as_text_on_every_page(as_: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, f"Nome;{HOSTILE};P.IVA\n{HOSTILE};{HOSTILE};1\nAlfa;{HOSTILE};\n", name=f"{HOSTILE}.csv")
    source = Import.objects.get()
    pages = [browser.get("/import/"), browser.get(f"/import/{source.pk}/columns/")]
    pages.append(
        browser.post(
            f"/import/{source.pk}/columns/",
            {"column-0": "name", "column-1": "notes", "column-2": "vat_number", "encoding": HOSTILE},
        )
    )
    browser.post(
        f"/import/{source.pk}/columns/",
        {"column-0": "name", "column-1": "notes", "column-2": "vat_number", "next": "1"},
    )
    pages.append(browser.get(f"/import/{source.pk}/check/"))
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    pages += [browser.get(f"/import/{source.pk}/result/"), browser.get(f"/import/{source.pk}/undo/")]
    for page in pages:
        text = page.content.decode()
        assert "<img src=x" not in text
        assert "&lt;img src=x" in text
    problems = b"".join(browser.get(f"/import/{source.pk}/problems/").streaming_content).decode()
    assert HOSTILE in problems
    assert Entry.objects.filter(kind="list.imported").count() == 1


def test_a_header_that_is_a_formula_and_problem_rows_do_not_run(as_: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, "Nome;=cmd|x;P.IVA\n=1+1;@SUM(A1);1\n")
    source = Import.objects.get()
    browser.post(f"/import/{source.pk}/columns/", {"column-0": "name", "column-2": "vat_number", "next": "1"})
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    problems = (
        b"".join(browser.get(f"/import/{source.pk}/problems/").streaming_content).decode("utf-8-sig").splitlines()
    )
    assert problems[0].startswith("Nome;'=cmd|x;P.IVA;")
    assert problems[1].startswith("'=1+1;'@SUM(A1);1;2;P.IVA: ")


def test_a_file_read_wrongly_can_be_read_anew(as_: Any) -> None:
    browser = as_("giulia")
    uploaded(browser, "Nome|Citt\u00e0;x\nAlfa|Brescia;y\nBeta|Como;z\n")
    source = Import.objects.get()
    page = f"/import/{source.pk}/columns/"
    browser.post(page, {"delimiter": "|", "column-0": ""})
    source.refresh_from_db()
    assert (source.reading, source.mapping) == ({"delimiter": "|"}, {"Nome": "name"})
    for wrong in ({"delimiter": "||"}, {"encoding": "klingon"}, {"header_row": "999999"}):
        answer = browser.post(page, {**wrong, "column-0": "name"})
        assert answer.status_code == 422
    source.refresh_from_db()
    assert source.reading == {"delimiter": "|"}


def test_a_thousand_columns_make_no_endless_page(as_: Any) -> None:
    browser = as_("giulia")
    headers = [f"c{n}" for n in range(999)] + ["Ragione sociale"]
    uploaded(browser, ";".join(headers) + "\n" + ";".join("x" for _ in headers) + "\n")
    source = Import.objects.get()
    page = browser.get(f"/import/{source.pk}/columns/").content.decode()
    assert 'name="column-999"' in page
    assert "900 further columns are left out." in page
    assert len(page) < 600_000
