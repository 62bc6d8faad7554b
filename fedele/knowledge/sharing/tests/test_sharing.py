"""What comes from the phone's Share: it waits, finds its place, and is nobody else's."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from fedele.journal.models import Entry
from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import jpeg
from fedele.knowledge.sharing.models import Shared, SharedFile
from fedele.people.companies.models import Company

CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Verdi;Anna;;;\r\nFN:Anna Verdi\r\nORG:Verdi S.r.l.\r\nEMAIL:anna@verdi.example\r\n"
    "TEL;TYPE=CELL:+393331234567\r\nEND:VCARD\r\n"
)


def photo() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(stream, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", stream.getvalue(), "image/jpeg")


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def signed_in(user: Any) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    return client


@pytest.fixture
def company(giulia: Any) -> Company:
    one = Company(name="Rinaldi", owner=giulia, team=giulia.team)
    one.save()
    return one


def test_a_photo_and_a_text_find_their_place_in_one_act(giulia: Any, company: Company) -> None:
    phone = signed_in(giulia)
    phone.post("/share/", {"title": "Pressa", "text": "Pressa", "url": "https://x.example/1", "files": [photo()]})
    assert "IMG_1.jpg" in phone.get("/share/?q=Rinaldi").content.decode()
    answer = phone.post("/share/keep/", {"on": f"company:{company.pk}"})
    assert answer.url == f"/companies/{company.pk}/"
    document = Document.objects.get()
    assert (document.company, document.name.startswith("IMG_1")) == (company, True)
    assert Entry.objects.get(kind="company.noted").data["text"] == "Pressa\nhttps://x.example/1"
    assert not Shared.objects.exists()


def test_a_shared_photo_has_lost_its_place_before_it_waits(giulia: Any, company: Company) -> None:
    phone = signed_in(giulia)
    phone.post("/share/", {"files": [SimpleUploadedFile("IMG_2.jpg", jpeg(place=True), "image/jpeg")]})
    waits = SharedFile.objects.get().stored
    phone.post("/share/keep/", {"on": f"company:{company.pk}"})
    assert Document.objects.get().current.stored == waits
    with Image.open(waits.file) as image:
        assert (dict(image.getexif().get_ifd(0x8825)), image.getexif()[0x010F]) == ({}, "Camera")


def test_the_phone_has_no_token_and_places_need_one(giulia: Any, company: Company) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(giulia)
    assert strict.post("/share/", {"text": "x"}).status_code == 302
    assert strict.post("/share/keep/", {"on": f"company:{company.pk}"}).status_code in (403, 419)
    assert Shared.objects.count() == 1


def test_a_card_fills_the_form_of_a_new_person(giulia: Any) -> None:
    phone = signed_in(giulia)
    phone.post("/share/", {"files": [SimpleUploadedFile("anna.vcf", CARD.encode(), "text/vcard")]})
    page = phone.get("/share/").content.decode()
    address = page.split('href="/leads/new/?')[1].split('"')[0].replace("&amp;", "&")
    form = phone.get(f"/leads/new/?{address}").content.decode()
    assert [value in form for value in ("Verdi S.r.l.", "anna@verdi.example", 'value="Anna"')] == [True] * 3


@pytest.mark.parametrize("name", ["page.html", "run.exe", "empty.pdf"])
def test_what_is_not_fit_is_said_and_not_kept(giulia: Any, name: str) -> None:
    phone = signed_in(giulia)
    content = b"" if name == "empty.pdf" else b"<script>alert(1)</script>"
    page = phone.post("/share/", {"files": [SimpleUploadedFile(name, content)]}, follow=True)
    assert (name in page.content.decode(), Shared.objects.count()) == (True, 0)


def test_what_waits_is_its_owners_and_a_hidden_record_is_no_place(giulia: Any, eva: Any, company: Company) -> None:
    signed_in(giulia).post("/share/", {"text": "Segreto"})
    stranger = signed_in(eva)
    assert "Segreto" not in stranger.get("/share/").content.decode()
    stranger.post("/share/", {"text": "Mio"})
    assert stranger.post("/share/keep/", {"on": f"company:{company.pk}"}).status_code == 404
    assert Shared.objects.count() == 2


def test_after_a_day_it_is_gone(giulia: Any) -> None:
    phone = signed_in(giulia)
    phone.post("/share/", {"text": "Alt"})
    Shared.objects.update(at=timezone.now() - dt.timedelta(days=1))
    assert "Alt" not in phone.get("/share/").content.decode()
    phone.post("/share/", {"text": "Neu"})
    assert [one.text for one in Shared.objects.all()] == ["Neu"]
