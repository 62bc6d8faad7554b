"""A program files documents as people do: the same checks, the same rights, and what is sent twice is one document."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fedele.access.keys import ApiKey
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.knowledge.documents.categories import Category
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import jpeg, newest, pdf
from fedele.knowledge.documents.versions import Version
from fedele.knowledge.files.models import StoredFile
from fedele.people.leads.models import Lead

URL = "/api/v1/documents"


@pytest.fixture
def program(cast: Any) -> Any:
    """`program("marco")`: a client with their key."""
    return lambda who: Client(
        headers={"Authorization": f"Bearer {ApiKey.make(cast[who], 'tests')[1]}", "Accept-Language": "en"}
    )


def send(client: Client, url: str, file: str, content: bytes, **more: Any) -> Any:
    return client.post(url, {"file": SimpleUploadedFile(file, content), **more})


def broken(client: Client, body: bytes, boundary: str, **more: str) -> Any:
    return client.generic("POST", URL, body, CONTENT_TYPE=f"multipart/form-data{boundary}", **more)


def test_a_file_is_sent_and_comes_back(company: Any, program: Any, giulia: Any) -> None:
    client, category = program("giulia"), Category.objects.all()[0]
    more = {
        "on": f"company:{company.pk}",
        "category": category.name.upper(),
        "description": "Signed",
        "valid_until": "2027-12-31",
    }
    answer = send(client, URL, "Contratto.pdf", pdf("Contratto"), **more)
    assert answer.status_code == 201, answer.content
    told, made = answer.json(), newest()
    assert (told["id"], told["name"], told["category"], told["description"], told["valid_until"]) == (
        made.pk, "Contratto.pdf", category.pk, "Signed", "2027-12-31",
    )  # fmt: skip
    assert (made.company, made.about_id, made.owner, made.current.number) == (company, company.pk, giulia, 1)
    entry = Entry.objects.get(record_type="document")
    assert (entry.kind, entry.actor, entry.door) == ("document.created", giulia, "api")
    file = client.get(f"{URL}/{made.pk}/file")
    assert b"".join(file.streaming_content) == pdf("Contratto")
    assert (file.headers["Content-Type"], file.headers["Content-Disposition"]) == (
        "application/pdf", 'attachment; filename="Contratto.pdf"',
    )  # fmt: skip
    assert client.get(f"{URL}/{made.pk}/file", headers={"Range": "bytes=0-3"}).status_code == 206


def test_sent_twice_it_is_one_document(company: Any, program: Any) -> None:
    client, on = program("giulia"), f"company:{company.pk}"
    answers = [send(client, URL, "a.pdf", pdf("One"), on=on) for _n in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    named = send(client, URL, "a.pdf", pdf("Two"), on=on)
    assert (named.status_code, named.json()["document"], named.json()["next_number"]) == (
        409,
        answers[0].json()["id"],
        2,
    )
    assert Document.objects.count() == 1
    assert send(client, URL, "a.pdf", pdf("Two"), on=on, **{"as": "again"}).status_code == 201
    assert Document.objects.count() == 2


def test_versions_are_added_listed_and_given(company: Any, program: Any) -> None:
    client = program("giulia")
    pk = send(client, URL, "a.pdf", pdf("One"), on=f"company:{company.pk}").json()["id"]
    answers = [send(client, f"{URL}/{pk}/versions", "b.pdf", pdf("Two"), note="Signed") for _n in range(2)]
    assert [(one.status_code, one.json()["number"], one.json()["note"]) for one in answers] == [
        (201, 2, "Signed"),
        (200, 2, "Signed"),
    ]
    listed = client.get(f"{URL}/{pk}/versions").json()["items"]
    assert [(one["number"], one["name"], one["size"], one["holds"]) for one in listed] == [
        (2, "b.pdf", len(pdf("Two")), True), (1, "a.pdf", len(pdf("One")), False),
    ]  # fmt: skip
    assert [b"".join(client.get(one["url"]).streaming_content) for one in listed] == [pdf("Two"), pdf("One")]
    assert b"".join(client.get(f"{URL}/{pk}/file").streaming_content) == pdf("Two")
    assert [client.get(f"{URL}/{pk}/versions/{n}/file").status_code for n in (0, 3, 10**9)] == [404] * 3


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("run.exe", b"MZ\x90", 422, "Files of this kind are not taken."), ("invoice.pdf", b"MZ\x90\x00", 422, "not what its name says: .pdf"),
        ("empty.pdf", b"", 422, "The file is empty."), ("big.pdf", pdf("x") + b"0" * (1 << 20), 422, "bigger than 1 MB"),
    ],
)  # fmt: skip
def test_what_the_screen_does_not_take_is_refused_at_the_field(
    company: Any, program: Any, settings: Any, name: str, content: bytes, status: int, words: str
) -> None:
    settings.UPLOAD_MAX_BYTES = 1 << 20
    client = program("giulia")
    answer = send(client, URL, name, content, on=f"company:{company.pk}")
    assert (answer.status_code, words in answer.json()["fields"]["file"][0]) == (status, True), answer.content
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("more", "status", "field"),
    [
        ({"category": "No such"}, 422, "category"), ({"valid_until": "tomorrow"}, 422, "valid_until"), ({"colour": "red"}, 422, "colour"),
        ({"name": "x" * 201}, 422, "name"), ({"description": "a\x00b"}, 422, "description"), ({"on": "company:999999"}, 404, ""),
        ({"on": "nothing"}, 404, ""), ({"on": "document:1"}, 404, ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_kept(
    db: Any, program: Any, more: dict[str, str], status: int, field: str
) -> None:
    answer = send(program("giulia"), URL, "a.pdf", pdf("a"), **more)
    assert (answer.status_code, list(answer.json()["fields"])) == (status, [field] if field else []), answer.content
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_too_big_a_declared_size_is_refused_before_it_is_read(db: Any, program: Any) -> None:
    """A-55."""
    answer = broken(program("giulia"), b"", "; boundary=x", CONTENT_LENGTH=str(10 << 30))
    assert (answer.status_code, answer.json()["detail"]) == (413, "The file is bigger than 25 MB.")


@pytest.mark.parametrize("body", [b"", b"--x\r\nhalf", b"--x\r\n\r\n\r\n--x--"])
def test_a_broken_form_is_refused_as_any_other(db: Any, program: Any, body: bytes) -> None:
    answer = broken(program("giulia"), body, "; boundary=x")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["file"]), answer.content
    nowhere = broken(program("giulia"), body, "")
    assert (nowhere.status_code, nowhere.json()["detail"]) == (400, "This form cannot be read.")


def test_json_still_makes_a_document_without_a_file(db: Any, program: Any) -> None:
    client = program("giulia")
    answer = client.post(URL, {"name": "To come"}, content_type="application/json")
    assert answer.status_code == 201
    assert client.get(f"{URL}/{answer.json()['id']}/file").status_code == 404


def test_who_does_not_see_the_record_has_no_way_to_it(program: Any, giulia: Any, cast: Any) -> None:
    with act_as(giulia, door="screen"):
        lead = Lead(last_name="Segreti", owner=giulia)
        lead.save()
    made = send(program("giulia"), URL, "a.pdf", pdf("a"), on=f"lead:{lead.pk}").json()["id"]
    seen = set()
    for who in ("giulia", "luca", "davide", "marco", "sara", "anna"):
        client, right = program(who), cast[who].rights.covers(lead)
        codes = [client.get(f"{URL}/{made}/{rest}").status_code for rest in ("file", "versions", "versions/1/file")]
        assert codes == ([200] * 3 if right else [404] * 3), who
        may = cast[who].rights.may("create", "document")
        on = send(client, URL, f"{who}.pdf", pdf(who), on=f"lead:{lead.pk}").status_code
        to = send(client, f"{URL}/{made}/versions", f"{who}.pdf", pdf(f"v {who}")).status_code
        assert (on, to) == ((201, 201) if right else (404 if may else 403, 404)), who
        seen.add(right)
    assert seen == {True, False}


def test_a_key_that_may_only_read_sends_nothing(company: Any, cast: Any) -> None:
    secret = ApiKey.make(cast["giulia"], "reads", read_only=True)[1]
    answer = send(Client(headers={"Authorization": f"Bearer {secret}"}), URL, "a.pdf", pdf("a"))
    assert (answer.status_code, Document.objects.count()) == (401, 0)


def test_a_session_needs_the_token_of_the_page(cast: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast["giulia"])
    assert (send(strict, URL, "a.pdf", pdf("a")).status_code, Document.objects.count()) == (403, 0)


def test_a_photo_loses_its_place_here_too(company: Any, program: Any) -> None:
    send(program("giulia"), URL, "photo.jpg", jpeg(place=True), on=f"company:{company.pk}")
    assert b"GPS" not in Version.objects.get().stored.file.read()
