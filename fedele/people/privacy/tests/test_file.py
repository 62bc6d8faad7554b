from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from fedele.journal.acting import act_as
from fedele.people.models import Company, Contact, Lead


@pytest.fixture
def rosa(giulia: Any) -> Contact:
    with act_as(giulia, door="screen"):
        company = Company(name="Neri & Figli", notes="Segreto di altri")
        company.save()
        contact = Contact(first_name="Rosa", last_name="Neri", email="rosa@neri.example", company=company, owner=giulia)
        contact.save()
        contact.work_at(company, job="Titolare")
        contact.note("Vuole <b>pagare</b> a 60 giorni")
        Lead(first_name="Rosa", last_name="Neri", interest="Pressa", contact=contact).save()
    return contact


def test_the_file_has_all_of_the_person_and_nothing_of_others(rosa: Contact, giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    answer = client.get(f"/privacy/contact/{rosa.pk}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="rosa-neri.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    held = json.loads(archive.read("file.json"))
    assert {key: len(rows) for key, rows in held["records"].items()} == {"contact": 1, "lead": 1}
    assert held["records"]["contact"][0]["email"] == "rosa@neri.example"
    assert [row["job"] for rows in held["related"].values() for row in rows if "job" in row] == ["Titolare"]
    assert [row["data"]["text"] for row in held["journal"] if row["kind"] == "contact.noted"] == [
        "Vuole <b>pagare</b> a 60 giorni"
    ]
    page = archive.read("file.html").decode()
    assert "&lt;b&gt;" in page
    assert "Segreto di altri" not in page + archive.read("file.json").decode()


def test_every_table_that_points_at_a_person_is_in_it(rosa: Contact) -> None:
    """Whatever a department adds later: its rows are found by the relation, not by a list kept by hand."""
    from fedele.people.privacy.holding import related
    from fedele.people.privacy.person import Person

    pointing = {
        relation.related_model
        for relation in Contact._meta.related_objects
        if relation.one_to_many and relation.related_model._meta.app_label != "journal"
    }
    found = {type(rows[0]) for _name, rows in related(Person([rosa]))}
    assert found == {type(rosa.positions.get()), Lead}
    assert found <= pointing


def test_only_who_may_export_the_person_takes_the_file_out(rosa: Contact, marco: Any, eva: Any, client: Any) -> None:
    for user, status in ((marco, 403), (eva, 404)):
        client.force_login(user)
        assert client.get(f"/privacy/contact/{rosa.pk}/file/").status_code == status
    assert client.get("/privacy/company/1/file/").status_code == 404
