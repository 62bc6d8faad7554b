"""The dossier on paper: what the reader may see, in their words, and never a program."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.dossiers.many import make, prune
from fedele.people.dossiers.models import Bundle
from fedele.people.models import Agreement, Company, Contact
from fedele.sales.models import Opportunity
from fedele.tasks.models import Progress

HOSTILE = '#panic("x") *bold* $x^2$ `raw` @cite <label> \\ // = Title #{read("/etc/passwd")} <b>x</b> [x] _y_'


@pytest.fixture
def company(giulia: Any) -> Company:
    with act_as(giulia, door="screen"):
        company = Company(name="Alfa", owner=giulia, city="Brescia", notes="Ring twice")
        company.save()
        Opportunity(name="Press P200", company=company, owner=giulia, amount=Decimal(12500)).save()
        Agreement(company=company, subject="5 % off", owner=giulia).save()
        Contact(last_name="Rossi", company=company, owner=giulia).save()
        company.note("Call after five.")
    return company


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.replace("\u200b", "").split())


def test_what_this_reader_may_see_and_who_took_it_out(company: Company, giulia: Any, client: Client) -> None:
    client.force_login(giulia)
    answer = client.get(f"/companies/{company.pk}/dossier.pdf")
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    said = words(answer.content)
    wanted = ("Alfa", "Brescia", "Press P200", "5 % off", "Rossi", "Call after five.", "Giulia Bassi")
    assert [word for word in wanted if word not in said] == []
    assert list(Entry.objects.filter(kind="company.dossier_taken").values_list("record_id", "actor")) == [
        (company.pk, giulia.pk)
    ]


def test_nothing_one_may_not_see(company: Company, marco: Any, eva: Any, client: Client) -> None:
    client.force_login(marco)
    said = words(client.get(f"/companies/{company.pk}/dossier.pdf").content)
    assert ("Alfa" in said, "Press P200" in said, "12" in said.partition("Alfa")[2].partition("20")[0]) == (
        True,
        False,
        False,
    )
    client.force_login(eva)
    assert client.get(f"/companies/{company.pk}/dossier.pdf").status_code == 404
    assert client.get(f"/companies/{company.pk}/dossier/").status_code == 404


def test_only_what_was_ticked(company: Company, giulia: Any, client: Client) -> None:
    client.force_login(giulia)
    said = words(client.get(f"/companies/{company.pk}/dossier.pdf?part=open_agreements&part=nonsense").content)
    assert ("5 % off" in said, "Press P200" in said, "Rossi" in said) == (True, False, False)


def test_what_people_typed_is_never_a_program(company: Company, giulia: Any, client: Client) -> None:
    company.name, company.notes, company.city = HOSTILE, HOSTILE, "x" * 100
    company.save()
    company.note(f"{HOSTILE} {'w' * 10_000} \u202e😀 漢字")
    Contact(last_name=HOSTILE[:80], company=company, owner=giulia).save()
    client.force_login(giulia)
    said = words(client.get(f"/companies/{company.pk}/dossier.pdf").content)
    assert said.count('#panic("x") *bold* $x^2$ `raw` @cite <label>') >= 3


def test_a_person_and_a_lead_have_one_too(company: Company, giulia: Any, client: Client) -> None:
    client.force_login(giulia)
    person = Contact.objects.get()
    assert "Rossi" in words(client.get(f"/contacts/{person.pk}/dossier.pdf").content)
    sold = Opportunity.objects.get()
    assert client.get(f"/opportunities/{sold.pk}/dossier.pdf").status_code == 404


def test_many_in_a_zip_for_whoever_asked_and_nobody_else(
    company: Company, giulia: Any, luca: Any, client: Client
) -> None:
    other = Company(name="Beta", owner=giulia)
    other.save()
    foreign = Company(name="Gamma", owner=luca)
    foreign.save()
    client.force_login(giulia)
    ids = f"{company.pk},{other.pk},{foreign.pk}"
    assert "<strong>2 " in client.post("/companies/dossiers/", {"ids": ids}).content.decode()
    client.post("/companies/dossiers/", {"ids": ids, "go": "1"})
    bundle = Bundle.objects.get()
    make.func(Progress.objects.get().pk, bundle.pk)
    answer = client.get(f"/dossiers/{bundle.pk}/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert archive.namelist() == [f"alfa-{company.pk}.pdf", f"beta-{other.pk}.pdf"]
        assert "Press P200" in words(archive.read(archive.namelist()[0]))
    client.force_login(luca)
    assert client.get(f"/dossiers/{bundle.pk}/").status_code == 404


def test_who_may_not_take_lists_out_takes_no_dossiers_out(company: Company, marco: Any, client: Client) -> None:
    client.force_login(marco)
    assert client.post("/companies/dossiers/", {"ids": str(company.pk), "go": "1"}).status_code == 404
    assert Bundle.objects.count() == 0


def test_they_do_not_lie_about(giulia: Any) -> None:
    old, new = (
        Bundle.objects.create(user=giulia, created_at=timezone.now() - dt.timedelta(days=ago)) for ago in (3, 1)
    )
    prune.func()
    assert list(Bundle.objects.values_list("pk", flat=True)) == [new.pk] != [old.pk]
