"""Documents of a dispute: what is taken, how it is kept, how it leaves, and who may do which (A-54)."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fedele.billing.disputes.models import DisputeFile
from fedele.journal.models import Entry
from fedele.knowledge.files.accepting import LONGEST_NAME, readable

PDF = b"%PDF-1.4\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def office(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), text)
    return file.getvalue()


def send(browser: Any, dispute: Any, name: str, content: bytes) -> Any:
    return browser.post(f"/disputes/{dispute.pk}/files/add/", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", PDF), ("photo.PNG", PNG), ("list.csv", b"a;b\n1;2\n"), ("report.docx", office(word__document_xml="<x/>")),
        ("shell.php.pdf", PDF),
    ],
)  # fmt: skip
def test_is_kept_under_our_own_name_and_leaves_as_a_download(
    dispute: Any, as_: Any, settings: Any, name: str, content: bytes
) -> None:
    browser = as_("giulia")
    assert send(browser, dispute, name, content).status_code == 302
    kept = DisputeFile.objects.get()
    assert kept.name == name
    assert Path(kept.file.name).parent.name == "disputes"
    assert "." not in Path(kept.file.name).name
    answer = browser.get(f"/disputes/{dispute.pk}/files/{kept.pk}/")
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "text/html" not in answer.headers["Content-Type"]
    assert Entry.objects.get(kind="dispute.file_added").data == {"name": name}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ\x90"), ("invoice.pdf", b"MZ\x90\x00"), ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='x'/>"), ("code.js", b"x"), ("shell.php", b"<?php"), (".htaccess", b"x"),
        ("picture.gif", b"GIF89a/*"), ("x.png", b"GIF89a"), ("notes.txt", b"a\x00b"), ("noending", PDF), ("letter.pdf.", b"x"),
        ("sheet.xlsx", office(word__document_xml="<x/>")), ("sheet.xlsx", b"PK\x03\x04 broken"),
        ("macro.docx", office(word__document_xml="<x/>", word__vbaProject_bin="x")), ("empty.pdf", b""),
        ("big.pdf", PDF + b"0" * (1 << 20)),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_or_can_run_is_refused(
    dispute: Any, as_: Any, settings: Any, name: str, content: bytes
) -> None:
    settings.UPLOAD_MAX_BYTES = 1 << 20
    browser = as_("giulia")
    assert send(browser, dispute, name, content).status_code in (302, 400)
    assert not DisputeFile.objects.exists()
    assert not Entry.objects.filter(kind="dispute.file_added").exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\temp\\a.pdf", "a.pdf"), ("a\u202egpj.pdf", "agpj.pdf"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"), ("NUL\x00.pdf", "NUL.pdf"), ("a.pdf . ", "a.pdf"),
        (unicodedata.normalize("NFD", "perché.pdf"), "perché.pdf"),
    ],
)  # fmt: skip
def test_names_are_made_fit_to_be_read(name: str, shown: str) -> None:
    assert readable(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert readable("x" * 300 + ".pdf") == "x" * (LONGEST_NAME - 4) + ".pdf"


def test_who_does_not_see_the_dispute_has_no_file_of_it(dispute: Any, as_: Any, cast: Any) -> None:
    send(as_("giulia"), dispute, "letter.pdf", PDF)
    url = f"/disputes/{dispute.pk}/files/{DisputeFile.objects.get().pk}/"
    for who, status in (("chiara", 200), ("marco", 404), ("eva", 404), ("davide", 200)):
        assert as_(who).get(url).status_code == status, who
    assert send(as_("chiara"), dispute, "letter.pdf", PDF).status_code == 403
    assert as_("chiara").post(f"{url}remove/").status_code == 403
    assert DisputeFile.objects.filter(removed_at=None).count() == 1


def test_taken_away_it_is_gone_for_everybody(dispute: Any, as_: Any) -> None:
    browser = as_("giulia")
    send(browser, dispute, "letter.pdf", PDF)
    url = f"/disputes/{dispute.pk}/files/{DisputeFile.objects.get().pk}/"
    assert browser.post(f"{url}remove/").status_code == 302
    assert browser.get(url).status_code == 404
    assert browser.post(f"{url}remove/").status_code == 404
    assert (
        "letter.pdf"
        not in browser.get(f"/disputes/{dispute.pk}/?panels=1")
        .content.decode()
        .split("Documents")[1]
        .split("</section>")[0]
    )
