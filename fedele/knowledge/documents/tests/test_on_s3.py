"""With FEDELE_STORAGE_URL files lie in a bucket: all that is done with documents is done there, and when it is down nothing is kept."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from fedele.config import bucket, checks, environment
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import jpeg, newest, pdf, send
from fedele.knowledge.documents.versions import Version
from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.files.sweeping import sweep
from fedele.knowledge.files.tests import s3

DOWN = "The store of files does not answer. Nothing was kept; try again in a while."


@pytest.fixture(scope="module")
def server() -> Iterator[s3.Server]:
    with s3.running() as made:
        yield made


@pytest.fixture(autouse=True)
def in_the_bucket(server: s3.Server, files_of_the_test: None, use: Any) -> None:
    for name in server.objects():
        server.client().delete_object(Bucket=s3.NAME, Key=name)
    use(server.url())


@pytest.fixture
def use(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`use("s3://…")`: from here on files lie there, as the variable of the environment would have it."""

    def point(url: str, **keys: str) -> None:
        for name, value in {**s3.KEYS, "FEDELE_STORAGE_URL": url, **keys}.items():
            monkeypatch.setenv(name, value)
        settings.STORAGES = {**settings.STORAGES, "default": environment.storage(Path("unused"))}

    return point


def test_uploaded_looked_at_and_given_out_as_from_a_disk(company: Any, as_: Any, server: s3.Server) -> None:
    browser, content = as_("giulia"), pdf("Contratto", "Seconda")
    assert send(browser, company, "Contratto.pdf", content).status_code == 200
    made = newest()
    assert list(server.objects().items()) == [(made.current.stored.file.name, content)]
    assert (made.current.reading, made.current.pages) == ("read", 2)
    base = f"/documents/{made.pk}/versions/1/"
    answer = browser.get(base)
    assert b"".join(answer.streaming_content) == content
    # Through us and not from an address of the bucket.
    assert (answer.status_code, answer.headers["Content-Disposition"], answer.headers["X-Content-Type-Options"]) == (
        200, 'attachment; filename="Contratto.pdf"', "nosniff",
    )  # fmt: skip
    part = browser.get(base, headers={"Range": "bytes=1-4"})
    assert (part.status_code, b"".join(part.streaming_content), part.headers["Content-Range"]) == (
        206,
        b"PDF-",
        f"bytes 1-4/{len(content)}",
    )
    assert browser.get(f"{base}pages/2/?width=320").content.startswith(b"\x89PNG")
    assert s3.NAME not in browser.get(f"/documents/{made.pk}/").content.decode()


def test_the_same_bytes_are_one_object_and_versions_are_several(company: Any, as_: Any, server: s3.Server) -> None:
    browser = as_("giulia")
    send(browser, company, "a.pdf", pdf("One"))
    send(browser, company, "b.pdf", pdf("One"), **{"as": "again"})
    assert len(server.objects()) == 1
    send(browser, company, "b.pdf", pdf("Two"), document=newest().pk)
    send(browser, company, "photo.jpg", jpeg(place=True))
    assert sorted(server.objects()) == sorted(StoredFile.objects.values_list("file", flat=True))
    assert len(server.objects()) == 3


def test_a_big_file_goes_in_parts_and_comes_back_whole(db: Any, server: s3.Server) -> None:
    content = bytes(range(256)) * (80 << 10)
    stored = StoredFile.keep(content)
    assert stored.file.open().read() == content == server.objects()[stored.file.name]


def test_erased_it_goes_from_the_bucket(
    company: Any, as_: Any, server: s3.Server, django_capture_on_commit_callbacks: Any
) -> None:
    send(as_("giulia"), company, "a.pdf", pdf("a"))
    newest().trash()
    with django_capture_on_commit_callbacks(execute=True):
        newest().erase()
    assert server.objects() == {}


def test_an_object_without_a_row_goes_after_a_day(db: Any, server: s3.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = StoredFile.keep(pdf("a"))
    stray = default_storage.save("kept/ab/stray", ContentFile(b"half"))
    assert sweep.func() == {"rows": 0, "files": 0}
    StoredFile.objects.update(kept_at=timezone.now() + dt.timedelta(days=2))
    # The server dates what it keeps itself: two days later it is.
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=2))
    assert (stray in server.objects(), sweep.func()) == (True, {"rows": 0, "files": 1})
    assert list(server.objects()) == [kept.file.name]


def test_what_the_bucket_lost_is_said_and_mended_by_who_brings_it_again(
    company: Any, as_: Any, server: s3.Server
) -> None:
    browser = as_("giulia")
    send(browser, company, "a.pdf", pdf("a"))
    made = newest()
    server.client().delete_object(Bucket=s3.NAME, Key=made.current.stored.file.name)
    assert browser.get(f"/documents/{made.pk}/versions/1/").status_code == 404
    send(browser, company, "b.pdf", pdf("a"), **{"as": "again"})
    assert b"".join(browser.get(f"/documents/{made.pk}/versions/1/").streaming_content) == pdf("a")


@contextmanager
def hanging_up() -> Iterator[str]:
    """A server that takes some of what it is sent and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    one = server.accept()[0]
                except OSError:
                    return
                with one:
                    one.recv(1 << 10)

        threading.Thread(target=answer, daemon=True).start()
        yield f"s3://{s3.NAME}?endpoint_url=http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def not_there() -> Iterator[str]:
    yield f"s3://{s3.NAME}?endpoint_url=http://127.0.0.1:{s3.free_port()}"


@pytest.mark.parametrize("wrong", [not_there, hanging_up])
def test_a_store_that_is_down_is_said_and_nothing_is_kept(company: Any, as_: Any, use: Any, wrong: Any) -> None:
    browser = as_("giulia")
    send(browser, company, "before.pdf", pdf("before"))
    made = newest()
    with wrong() as url:
        use(url)
        answer = send(browser, company, "a.pdf", pdf("a"))
        assert (answer.status_code, DOWN in answer.content.decode()) == (503, True)
        assert (Document.objects.count(), Version.objects.count(), StoredFile.objects.count()) == (1, 1, 1)
        page = browser.get(f"/documents/{made.pk}/versions/1/")
        assert (page.status_code, "Files cannot be reached at the moment" in page.content.decode()) == (503, True)
        assert browser.get(f"/documents/{made.pk}/").status_code == 200


def test_check_says_what_is_in_the_way(server: s3.Server, use: Any) -> None:
    assert [one.line for one in checks.of_store()] == []
    use(server.url("nobodys-bucket"))
    assert [one.line for one in checks.of_store()] == [
        "error: FEDELE_STORAGE_URL: names the bucket nobodys-bucket, which is not there."
    ]
    with not_there() as url:
        use(url)
        assert [one.line for one in checks.of_store()] == [
            "error: FEDELE_STORAGE_URL: does not answer (EndpointConnectionError)."
        ]


def test_check_says_that_keys_are_wrong(use: Any) -> None:
    """On a server of its own, which asks for keys from now on and would ask everybody."""
    with s3.running() as strict:
        strict.guard(0)
        use(strict.url(), AWS_ACCESS_KEY_ID="AKIAWRONG", AWS_SECRET_ACCESS_KEY="wrong")
        (found,) = checks.of_store()
    assert found.sentence == (
        "is refused (403): look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and whether they may list, read, write and delete in fedele-tests."
    )


def test_the_check_leaves_nothing_behind(server: s3.Server) -> None:
    assert (checks.of_store(), server.objects()) == ([], {})


@pytest.mark.django_db(transaction=True)
def test_while_a_file_travels_nobody_waits_to_write(
    company: Any, as_: Any, server: s3.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite a transaction keeps all others from writing: none is open while the bucket is given a file."""
    asked: list[tuple[str, bool]] = []
    save = bucket.Bucket._save

    def watched(store: Any, name: str, content: Any) -> str:
        asked.append((name, connection.in_atomic_block))
        return save(store, name, content)

    monkeypatch.setattr(bucket.Bucket, "_save", watched)
    browser = as_("giulia")
    assert send(browser, company, "a.pdf", pdf("One")).status_code == 200
    send(browser, company, "a.pdf", pdf("Two"), document=newest().pk)
    browser.post("/share/", {"files": SimpleUploadedFile("b.pdf", pdf("Three"))})
    browser.post(
        f"/conversations/company/{company.pk}/say/", {"text": "Look", "files": SimpleUploadedFile("c.pdf", pdf("Four"))}
    )
    assert [inside for _name, inside in asked] == [False] * 4
    assert sorted(name for name, _inside in asked) == sorted(StoredFile.objects.values_list("file", flat=True))


@pytest.mark.django_db(transaction=True)
def test_what_travelled_and_got_no_row_goes_after_a_day(
    company: Any, as_: Any, server: s3.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else stored the last version allowed in between: the file has come, nothing points at it."""
    browser = as_("giulia")
    send(browser, company, "a.pdf", pdf("One"))
    monkeypatch.setattr("fedele.knowledge.documents.versions.MOST", 1)
    assert send(browser, company, "a.pdf", pdf("Two"), document=newest().pk).status_code == 422
    assert (len(server.objects()), sweep.func()) == (2, {"rows": 0, "files": 0})
    StoredFile.objects.update(kept_at=timezone.now() - dt.timedelta(days=2))
    assert sweep.func() == {"rows": 1, "files": 0}
    assert list(server.objects()) == [newest().current.stored.file.name]
