"""Files dropped onto a record: taken, asked about, refused in words; and who may do which."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fedele.journal.acting import act_as
from fedele.journal.models import Entry, Link
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import docx, jpeg, newest, pdf, send
from fedele.knowledge.documents.versions import Version
from fedele.knowledge.files.models import StoredFile
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead


def test_a_dropped_file_becomes_a_document_of_the_record(company: Any, as_: Any, giulia: Any) -> None:
    answer = send(as_("giulia"), company, "Contratto 2026.pdf", pdf("Contratto"))
    assert answer.status_code == 200
    made = newest()
    assert (made.name, made.company, made.about_type, made.about_id, made.owner) == (
        "Contratto 2026.pdf", company, "company", company.pk, giulia,
    )  # fmt: skip
    assert (made.kind, made.current.number, made.current.pages, made.current.reading) == ("pdf", 1, 1, "read")
    assert [entry.kind for entry in Entry.objects.filter(record_type="document")] == ["document.created"]
    assert Link.objects.filter(record_type="company", record_id=company.pk, entry__kind="document.created").count() == 1
    assert 'id="documents"' in as_("giulia").get(f"/companies/{company.pk}/?panels=1").content.decode()
    rows = as_("giulia").get(f"/documents/on/company/{company.pk}/?rows=1", headers={"HX-Request": "true"})
    assert "Contratto 2026.pdf" in rows.content.decode()


def test_the_same_file_again_is_recognised_and_added_only_when_told(company: Any, as_: Any) -> None:
    browser = as_("giulia")
    send(browser, company, "a.pdf", pdf("One"))
    answer = send(browser, company, "copy.pdf", pdf("One"))
    assert (answer.status_code, Document.objects.count()) == (409, 1)
    assert "Already here as “a.pdf”." in answer.content.decode()
    assert send(browser, company, "copy.pdf", pdf("One"), **{"as": "again"}).status_code == 200
    assert (Document.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_another_content_of_the_same_name_is_offered_as_its_next_version(company: Any, as_: Any) -> None:
    browser = as_("giulia")
    send(browser, company, "offer.pdf", pdf("One"))
    first = newest()
    answer = send(browser, company, "offer.pdf", pdf("Two"))
    assert answer.status_code == 409
    assert "Add as version 2" in answer.content.decode()
    assert send(browser, company, "offer.pdf", pdf("Two"), document=first.pk).status_code == 200
    first.refresh_from_db()
    assert (Document.objects.count(), first.current.number, first.versions.count()) == (1, 2, 2)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ\x90", "Files of this kind are not taken."), ("page.html", b"<script>", "Files of this kind"),
        ("drawing.svg", b"<svg onload='x'/>", "Files of this kind"), ("invoice.pdf", b"MZ\x90\x00", "not what its name says: .pdf"),
        ("x.png", b"GIF89a/*", "not what its name says"), ("empty.pdf", b"", "The file is empty."),
        ("notes.txt", b"a\x00b", "not what its name says"), ("page.txt", b"<html><script>", "not what its name says"),
        ("big.pdf", pdf("x") + b"0" * (1 << 20), "bigger than 1 MB"),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_said_in_words_and_kept_nowhere(
    company: Any, as_: Any, settings: Any, name: str, content: bytes, words: str
) -> None:
    """A-54."""
    settings.UPLOAD_MAX_BYTES = 1 << 20
    answer = send(as_("giulia"), company, name, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_declared_size_is_refused_before_anything_is_read(company: Any, as_: Any) -> None:
    """A-55: the body is never asked for, so ten gigabytes cost nothing."""
    browser = as_("giulia")
    answer = browser.generic(
        "POST", "/documents/upload/", b"", CONTENT_LENGTH=str(10 << 30), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 413
    assert "bigger than 25 MB" in answer.content.decode()


def test_a_thousand_files_in_one_field_are_refused(company: Any, as_: Any) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(150)]
    answer = as_("giulia").post("/documents/upload/", {"file": files, "on": f"company:{company.pk}"})
    assert answer.status_code == 400
    assert Document.objects.count() == 0


def test_several_without_javascript_go_back_to_the_record(company: Any, as_: Any) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", f"file {n}".encode()) for n in range(3)]
    answer = as_("giulia").post("/documents/upload/", {"file": files, "on": f"company:{company.pk}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/companies/{company.pk}/")
    assert Document.objects.count() == 3


def test_the_place_of_a_photo_is_not_kept_and_the_camera_is(company: Any, as_: Any, settings: Any) -> None:
    """A-59."""
    from PIL import Image

    send(as_("giulia"), company, "photo.jpg", jpeg(place=True))
    with Image.open(newest().current.stored.file.open()) as kept:
        exif = kept.getexif()
        assert (0x8825 in exif, exif[0x010F], kept.size) == (False, "Camera", (20, 10))
    settings.KEEP_PHOTO_PLACES = True
    send(as_("giulia"), company, "second.jpg", jpeg(place=True))
    with Image.open(newest().current.stored.file.open()) as kept:
        assert 0x8825 in kept.getexif()


def test_who_does_not_see_the_record_sees_no_document_of_it(as_: Any, giulia: Any, cast: Any) -> None:
    with act_as(giulia, door="screen"):
        lead = Lead(last_name="Segreti", company_name="Segreta S.r.l.", owner=giulia)
        lead.save()
    send(as_("giulia"), lead, "riservato.pdf", pdf("Riservatezza"))
    made = newest()
    seen = {}
    for who in ("giulia", "luca", "davide", "marco", "eva", "sara", "anna"):
        browser, right = as_(who), cast[who].rights.covers(lead)
        codes = [
            browser.get(f"/documents/{made.pk}/{rest}").status_code
            for rest in ("", "versions/1/", "versions/1/look/", "versions/1/pages/1/")
        ]
        listed = made.pk in Document.objects.visible_to(cast[who]).values_list("pk", flat=True)
        found = "riservato.pdf" in browser.get("/palette/", {"q": "Riservatezza"}).content.decode()
        seen[who] = right
        assert codes == ([200] * 4 if right else [404] * 4), who
        assert (listed, found) == (right, right), who
        allowed = 403 if not cast[who].rights.may("create", "document") else 404
        assert send(browser, lead, f"{who}.pdf", pdf(who)).status_code == (200 if right else allowed)
    assert set(seen.values()) == {True, False}


def test_a_document_follows_its_record_to_another_owner(as_: Any, giulia: Any, cast: Any) -> None:
    with act_as(giulia, door="screen"):
        lead = Lead(last_name="Segreti", owner=giulia)
        lead.save()
    send(as_("giulia"), lead, "a.pdf", pdf("a"))
    assert not Document.objects.visible_to(cast["davide"]).exists()
    lead.refresh_from_db()
    lead.put({"owner": cast["davide"]})
    lead.save()
    assert Document.objects.visible_to(cast["davide"]).count() == 1
    assert Document.objects.visible_to(giulia).count() == int(giulia.rights.covers(lead))
    Lead.objects.filter(pk=lead.pk).bulk_change(owner=giulia)
    assert Document.objects.visible_to(giulia).count() == 1


def test_the_company_shows_what_lies_on_its_people(company: Any, as_: Any, giulia: Any) -> None:
    with act_as(giulia, door="screen"):
        contact = Contact(last_name="Rossi", company=company, owner=giulia)
        contact.save()
    send(as_("giulia"), contact, "badge.jpg", jpeg())
    made = newest()
    assert (made.about_type, made.contact, made.company) == ("contact", contact, company)
    assert "badge.jpg" in as_("giulia").get(f"/documents/on/company/{company.pk}/").content.decode()


def test_erased_its_bytes_go_unless_somebody_else_has_them(
    company: Any, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    send(as_("giulia"), company, "a.pdf", pdf("a"))
    send(as_("giulia"), company, "b.pdf", pdf("a"), **{"as": "again"})
    for left in (1, 0):
        made = newest()
        made.trash()
        assert StoredFile.objects.count() == 1
        with django_capture_on_commit_callbacks(execute=True):
            made.erase()
        assert StoredFile.objects.count() == left
    assert Version.objects.count() == 0


def test_words_inside_are_found_and_shown_around(company: Any, as_: Any) -> None:
    browser = as_("giulia")
    send(browser, company, "scheda.pdf", pdf("Pagina uno", "Sostituire la guarnizione ogni anno"))
    for asked in ("guarnizione", "guarnizioni", "GUARNIZ"):
        html = browser.get("/palette/", {"q": asked}).content.decode()
        assert ("scheda.pdf" in html, "Sostituire la guarnizione ogni anno" in html) == (True, True), asked
        listed = browser.get("/documents/", {"q": asked, "edited": "1"}).content.decode()
        assert '<small class="said-there">Sostituire la guarnizione ogni anno</small>' in listed, asked
    by_name = browser.get("/documents/", {"q": "scheda", "edited": "1"}).content.decode()
    assert "scheda.pdf" in by_name and "said-there" not in by_name
    send(browser, company, "x.docx", docx("Pressione di esercizio"), document=newest().pk)
    assert "scheda.pdf" not in browser.get("/palette/", {"q": "guarnizione"}).content.decode()
    assert "scheda.pdf" in browser.get("/palette/", {"q": "esercizio"}).content.decode()
    newest().trash()
    assert "scheda.pdf" not in browser.get("/palette/", {"q": "esercizio"}).content.decode()


def test_an_earlier_version_holds_again_and_undo_takes_that_back(company: Any, as_: Any) -> None:
    browser = as_("giulia")
    send(browser, company, "a.pdf", pdf("primula"))
    send(browser, company, "a.pdf", pdf("secondino"), document=newest().pk)
    made = newest()
    assert browser.post(f"/documents/{made.pk}/versions/1/choose/").status_code == 302
    assert newest().current.number == 1
    assert "a.pdf" in browser.get("/palette/", {"q": "primula"}).content.decode()
    entry = Entry.objects.get(kind="document.version_chosen")
    assert browser.post(f"/undo/{entry.pk}/").status_code == 302
    assert newest().current.number == 2
    assert b"".join(browser.get(f"/documents/{made.pk}/versions/1/").streaming_content) == pdf("primula")


def test_all_documents_of_a_record_in_one_archive(company: Any, as_: Any) -> None:
    import io
    import zipfile

    browser = as_("giulia")
    for n in range(3):
        send(browser, company, "a.txt", f"file {n}".encode(), **{"as": "again"})
    answer = browser.get(f"/documents/on/company/{company.pk}/archive/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "a.txt": b"file 2", "a (2).txt": b"file 1", "a (3).txt": b"file 0",
        }  # fmt: skip
    assert as_("marco").get(f"/documents/on/company/{company.pk}/archive/").status_code == 403
