"""The same bytes are kept once, the file before its row; what nothing points at goes, and nothing else does (F-1, F-8)."""

from __future__ import annotations

import datetime as dt
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from fedele.base.tests.sharing import all_at_once
from fedele.knowledge.files.handing import handed_out
from fedele.knowledge.files.kinds import kind_of
from fedele.knowledge.files.models import NoRoom, StoredFile
from fedele.knowledge.files.sweeping import sweep

PDF = b"%PDF-1.4\n1 0 obj"


def on_disk() -> set[str]:
    root = Path(str(default_storage.location)) / "kept"  # type: ignore[attr-defined]
    return {str(one.relative_to(root.parent)) for one in root.rglob("*") if one.is_file()}


def age(days: int = 2) -> None:
    StoredFile.objects.update(kept_at=timezone.now() - dt.timedelta(days=days))


def test_the_same_content_is_one_file_under_a_name_of_ours(db: Any) -> None:
    first = StoredFile.keep(SimpleUploadedFile("../../letter.pdf", PDF))
    assert StoredFile.keep(PDF) == first
    assert StoredFile.keep(PDF + b"2") != first
    assert (first.size, first.kind) == (len(PDF), "application/pdf")
    assert len(on_disk()) == 2
    assert "letter" not in first.file.name
    assert first.file.open().read() == PDF


def test_a_big_upload_is_read_in_pieces(db: Any) -> None:
    upload = TemporaryUploadedFile("big.pdf", "application/pdf", 0, None)
    for number in range(40):
        upload.write(PDF if number == 0 else os.urandom(1 << 18))
    upload.size = upload.tell()
    upload.seek(0)
    stored = StoredFile.keep(upload)
    upload.close()
    assert stored.size == default_storage.size(stored.file.name) == len(PDF) + 39 * (1 << 18)


def test_what_nothing_points_at_goes_after_a_day(db: Any, django_capture_on_commit_callbacks: Any) -> None:
    stored = StoredFile.keep(PDF)
    assert sweep.func() == {"rows": 0, "files": 0}
    age()
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep.func() == {"rows": 1, "files": 0}
    assert not default_storage.exists(stored.file.name)


def test_being_kept_again_saves_it_from_the_sweep(db: Any) -> None:
    StoredFile.keep(PDF)
    age()
    StoredFile.keep(PDF)
    assert sweep.func() == {"rows": 0, "files": 0}


def test_a_file_without_a_row_goes_after_a_day_and_no_other(db: Any) -> None:
    kept = StoredFile.keep(PDF)
    names = [default_storage.save(f"kept/ab/{number}", SimpleUploadedFile("x", b"half")) for number in range(2)]
    old = (dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=2)).timestamp()
    for name in (names[0], kept.file.name):
        os.utime(default_storage.path(name), (old, old))
    assert sweep.func() == {"rows": 0, "files": 1}
    assert on_disk() == {names[1], kept.file.name}


def test_a_transaction_taken_back_leaves_no_row(db: Any) -> None:
    with transaction.atomic():
        StoredFile.keep(PDF)
        transaction.set_rollback(True)
    assert StoredFile.objects.count() == 0


@pytest.fixture
def no_more_room() -> Iterator[None]:
    """No file can grow beyond 4 KB: the system answers a longer write as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_keeps_nothing(db: Any, no_more_room: None) -> None:
    with pytest.raises(NoRoom):
        StoredFile.keep(PDF * 1000)
    assert StoredFile.objects.count() == 0
    assert on_disk() == set()
    assert StoredFile.keep(PDF).file.open().read() == PDF


def test_what_the_store_lost_is_mended_by_who_brings_it_again(db: Any) -> None:
    stored = StoredFile.keep(PDF)
    default_storage.delete(stored.file.name)
    assert StoredFile.keep(PDF).file.open().read() == PDF
    assert StoredFile.objects.count() == 1


def test_two_who_keep_the_same_at_once_have_one_row(shared_database: Any) -> None:
    found = all_at_once(lambda _n: StoredFile.keep(PDF * 1000).pk, 6)
    assert len(set(found)) == 1
    assert len(on_disk()) == StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "status", "content", "said"),
    [
        ("", 200, PDF, None), ("bytes=0-3", 206, PDF[:4], f"bytes 0-3/{len(PDF)}"),
        ("bytes=5-", 206, PDF[5:], f"bytes 5-{len(PDF) - 1}/{len(PDF)}"), ("bytes=-2", 206, PDF[-2:], f"bytes {len(PDF) - 2}-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=999-", 416, b"", f"bytes */{len(PDF)}"), ("bytes=0-1,4-5", 200, PDF, None), ("lines=1", 200, PDF, None),
    ],
)  # fmt: skip
def test_a_part_is_given_when_asked_for(db: Any, asked: str, status: int, content: bytes, said: str | None) -> None:
    stored = StoredFile.keep(PDF)
    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    answer: Any = handed_out(stored, "letter.pdf", request)
    given = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, given, answer.headers.get("Content-Range")) == (status, content, said)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ('"><svg onload=alert(1)>.jpg', 'attachment; filename="\\"><svg onload=alert(1)>.jpg"'),
        ("a\r\nSet-Cookie:x=1.pdf", 'attachment; filename="aSet-Cookie:x=1.pdf"'), ("..\\..\\x", 'attachment; filename="x"'),
        ("rechnung\u202efdp.exe", 'attachment; filename="rechnungfdp.exe"'), ("perché.pdf", "attachment; filename*=utf-8''perch%C3%A9.pdf"),
    ],
)  # fmt: skip
def test_hostile_names_leave_in_one_clean_header(db: Any, name: str, disposition: str) -> None:
    """A-14."""
    answer = handed_out(StoredFile.keep(b"MZ"), name)
    assert answer.headers["Content-Disposition"] == disposition
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "name", ["page.html", "drawing.svg", "feed.xml", "run.exe", "code.js", "page.xhtml", "noending"]
)
def test_what_a_browser_might_run_leaves_as_mere_bytes(db: Any, name: str) -> None:
    """A-13."""
    answer = handed_out(StoredFile.keep(b"<svg onload='x'/>"), name)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"), (b"MZ\x90", "application/x-msdownload"), (b"GIF89a/*", "image/gif"), (b"a;b\n", "text/plain"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "text/html"), (b"<svg/>", "text/html"), (b"a\x00b", "application/octet-stream"),
        (b"PK\x03\x04 broken", "application/zip"), (b"0\x80\x06\t*\x86H\x86\xf7\r\x01\x07\x02", "application/pkcs7-mime"), (b"", "text/plain"),
    ],
)  # fmt: skip
def test_a_kind_is_told_by_content(content: bytes, kind: str) -> None:
    assert kind_of(SimpleUploadedFile("x.pdf", content)) == kind
