from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.journal.writing import open_batch
from fedele.people.models import Company, Contact, Erasure, Lead, PrivacyRequest
from fedele.people.privacy import erasing
from fedele.people.privacy.person import person_of
from fedele.records.exchange.checked import Checked, Chunk
from fedele.records.exchange.decided import Act, Decision, Fix
from fedele.records.exchange.models import Import, Problem
from fedele.records.merging.joining import merge

WORDS = ("Zanghellini", "ermenegildo", "3479988776", "ZNGRNG")


@pytest.fixture
def list_of_erased(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "erased.jsonl"


@pytest.fixture
def known(cast: Any, list_of_erased: Path) -> Contact:
    """A lead who became a contact; a colleague wrote down the name in the notes of a company."""
    with act_as(cast.giulia, door="screen"):
        company = Company(
            name="Officine Trentine S.r.l.", notes="Referente: Ermenegildo Zanghellini, cell. 3479988776."
        )
        company.save()
        company.note("Parlato con Zanghellini Ermenegildo della pressa; Zanghellinini è un altro.")
        lead = Lead(
            first_name="Ermenegildo", last_name="Zanghellini", email="ermenegildo@trentine.example", company=company
        )
        lead.save()
        contact = Contact(
            first_name="Ermenegildo", last_name="Zanghellini", company=company, mobile="3479988776",
            email="ermenegildo@trentine.example", notes="Tifa per il Trento", owner=cast.giulia,
        )  # fmt: skip
        contact.save()
        lead.contact = contact
        lead.save()
        contact.note("Gli piace la montagna")
    return contact


def everything() -> str:
    """All texts of the database: what a thief would find."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # The index of parts of words holds no words; the words stand in the vocabulary, which is read.
            if table == "search_spelling":
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            texts += [str(row) for row in cursor.fetchall()]
    return "\n".join(texts).lower()


def test_after_it_nothing_finds_the_person(known: Contact, cast: Any) -> None:
    erasing.erase(person_of("contact", known.pk, cast.dario), cast.dario)

    found = everything()
    assert [word for word in WORDS if word.lower() in found.replace("zanghellinini", "")] == []
    known.refresh_from_db()
    assert (known.email, known.mobile, known.notes) == ("", "", "")
    assert known.last_name.endswith(str(known.number))
    company = Company.objects.get(name="Officine Trentine S.r.l.")
    assert company.notes == "Referente: ▇▇▇, cell. ▇▇▇."
    assert Entry.objects.get(kind="company.noted").data["text"].endswith("; Zanghellinini è un altro.")


def test_what_happened_stays_without_what_it_said(known: Contact, cast: Any) -> None:
    before = Entry.objects.filter(record_type="contact", record_id=known.pk).count()
    erasing.erase(person_of("contact", known.pk, cast.dario), cast.dario)
    rows = Entry.objects.filter(record_type="contact", record_id=known.pk).order_by("id")
    assert rows.count() == before + 1
    assert {(row.title, json.dumps(row.changes)) for row in rows[:before]} == {("▇▇▇", "{}")}
    assert rows[before].kind == "contact.forgotten"


def test_waits_for_a_running_import_that_holds_the_person(known: Contact, cast: Any) -> None:
    with act_as(cast.giulia, door="import"):
        batch = open_batch("import", record_type="contact")
        with act_as(batch=batch):
            known.put({"job": "Titolare"})
            known.save()
        source = Import.objects.create(
            user=cast.giulia, record_type="contact", name="fiera.csv", batch=batch, state="running",
            file=ContentFile(b"Nome;Cognome\nErmenegildo;Zanghellini\n", name="fiera.csv"),
        )  # fmt: skip
    person = person_of("contact", known.pk, cast.dario)
    with pytest.raises(Refused):
        erasing.erase(person, cast.dario)
    known.refresh_from_db()
    assert known.last_name == "Zanghellini"

    Import.objects.filter(pk=source.pk).update(state="done")
    Problem.objects.create(source=source, line=3, cells=["Ermenegildo Zanghellini", "errore"], reasons=[])
    Problem.objects.create(source=source, line=4, cells=["Altri", "errore"], reasons=[])
    erasing.erase(person, cast.dario)
    assert [row.cells for row in Problem.objects.all()] == [["▇▇▇", "errore"], ["Altri", "errore"]]


@pytest.mark.django_db(transaction=True)
def test_the_file_that_brought_them_goes_once_it_is_certain(known: Contact, cast: Any) -> None:
    with act_as(cast.giulia, door="import"):
        batch = open_batch("import", record_type="contact")
        with act_as(batch=batch):
            known.put({"job": "Titolare"})
            known.save()
        source = Import.objects.create(
            user=cast.giulia, record_type="contact", name="fiera.csv", batch=batch, state="done",
            file=ContentFile(b"Nome;Cognome\nErmenegildo;Zanghellini\n", name="fiera.csv"),
        )  # fmt: skip
    erasing.erase(person_of("contact", known.pk, cast.dario), cast.dario)
    assert not source.file.storage.exists(source.file.name)


def test_nothing_of_a_stopped_import_that_brought_them_says_who_it_was(known: Contact, cast: Any) -> None:
    """Its check stands compressed in the database: opened here, as a thief would."""
    with act_as(cast.giulia, door="import"):
        batch = open_batch("import", record_type="contact")
        with act_as(batch=batch):
            known.put({"job": "Titolare"})
            known.save()
    mine, other = (
        Import.objects.create(user=cast.giulia, record_type="contact", name="fiera.csv", batch=one, state="stopped")
        for one in (batch, None)
    )
    for source, name in ((mine, "Ermenegildo Zanghellini"), (other, "Altri")):
        match = ["contact", known.pk, name, 0.9, True, ["same name"]]
        Chunk(source=source).keep([Checked(2, "duplicate", [name, "3479988776"], matches=[match])]).save()
        Fix.objects.create(source=source, line=2, column="Nome", was=name, value=f"{name} (titolare)")
        Decision.objects.create(
            source=source, line=2, act=Act.SKIP, record_type="contact", record_id=known.pk, user=cast.giulia
        )
    erasing.erase(person_of("contact", known.pk, cast.dario), cast.dario)
    assert [row.cells for chunk in Chunk.objects.all() for row in chunk.opened] == [["Altri", "3479988776"]]
    assert [(fix.was, fix.value) for fix in Fix.objects.order_by("pk")] == [
        ("▇▇▇", "▇▇▇ (titolare)"),
        ("Altri", "Altri (titolare)"),
    ]


def test_a_restored_backup_forgets_again(known: Contact, cast: Any, list_of_erased: Path) -> None:
    before = {
        one.name: getattr(known, one.attname)
        for one in known._meta.concrete_fields
        if one.name in ("first_name", "last_name", "email")
    }
    erasing.erase(person_of("contact", known.pk, cast.dario), cast.dario)
    # As an older backup would have it.
    Erasure.objects.all().delete()
    Contact.objects.filter(pk=known.pk).update(**before)

    assert erasing.erase_again(list_of_erased) == 2
    known.refresh_from_db()
    assert known.email == ""
    assert erasing.erase_again(list_of_erased) == 0
    assert "zanghellini" not in list_of_erased.read_text().lower()


def test_the_page_shows_what_goes_and_wants_the_name_typed(known: Contact, cast: Any, client: Any) -> None:
    client.force_login(cast.giulia)
    url = f"/privacy/contact/{known.pk}/erase/"
    assert client.get(url).status_code == 403
    cast.dario.is_superuser = True
    cast.dario.save()
    client.force_login(cast.dario)
    request = PrivacyRequest(name="E. Zanghellini", kind="erasure", contact=known, identity="carta d'identità")
    with act_as(cast.dario):
        request.save()
    assert "Officine Trentine" in client.get(url).content.decode()
    assert client.post(url, {"typed": "Zanghellini"}).status_code == 422
    assert client.post(url, {"typed": "Ermenegildo Zanghellini"}).status_code == 302
    request.refresh_from_db()
    assert request.state == "done"
    assert Contact.objects.get(pk=known.pk).first_name == ""


def test_whoever_was_merged_into_the_person_goes_with_them(known: Contact, cast: Any) -> None:
    with act_as(cast.sara, door="screen"):
        twin = Contact(
            first_name="Ermenegildo", last_name="Zanghellini", email="zanghellini@casa.example", owner=cast.giulia
        )
        twin.save()
        merge(cast.sara, known, [twin])
    erasing.erase(person_of("contact", known.pk, cast.sara), cast.sara)
    assert "zanghellini@casa" not in everything()
