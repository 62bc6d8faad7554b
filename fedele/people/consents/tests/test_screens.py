"""The block on the page, the dialog that writes down, history and proofs, privacy and its rights, the API."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.access.keys import ApiKey
from fedele.journal.acting import act_as
from fedele.notices.models import Notice
from fedele.people.consents.contacting import may_contact
from fedele.people.consents.erasing import forget_details, keep_suppression
from fedele.people.consents.informing import due_on
from fedele.people.consents.models import Consent, ConsentText, Purpose
from fedele.people.consents.noticing import tell_of_due
from fedele.people.consents.purposes import forget_purposes
from fedele.people.consents.recording import latest, record_answer
from fedele.people.consents.register.models import CheckedNumber
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def said(**more: Any) -> dict[str, Any]:
    return {
        "said": "refused", "channels": ["phone"], "purpose": "", "source": "phone", "on": timezone.localdate().isoformat(),
        "seen": str(latest()), **more,
    }  # fmt: skip


def test_asked_not_to_be_called_in_two_clicks(as_: Any, lead: Lead) -> None:
    browser = as_("giulia")
    dialog = browser.get(
        f"/leads/{lead.pk}/consents/new/?channel=phone", headers={"HX-Request": "true"}
    ).content.decode()
    assert 'value="phone" checked' in dialog and f'value="{timezone.localdate().isoformat()}"' in dialog
    assert browser.post(f"/leads/{lead.pk}/consents/new/", said()).status_code == 302
    page = browser.get(f"/leads/{lead.pk}/?panels=1").content.decode()
    assert "Do not call" in page
    assert "efused by phone: phone (everything that can be refused)" in page
    row = Consent.objects.get()
    assert (row.said, row.channel, row.source, row.entered_by.email[:6]) == ("refused", "phone", "phone", "giulia")


def test_the_buttons_ask_first_when_somebody_refused(as_: Any, lead: Lead) -> None:
    browser, url = as_("giulia"), f"/leads/{lead.pk}/"
    assert 'href="mailto:paolo@tosi.example"' in browser.get(url).content.decode().split('id="facts"')[0]
    record_answer(lead, ["email"], "refused", source="phone")
    head = browser.get(url).content.decode().split('id="facts"')[0]
    assert 'href="mailto:' not in head and f'hx-get="{url}consents/before/email/"' in head
    dialog = browser.get(f"{url}consents/before/email/", headers={"HX-Request": "true"}).content.decode()
    assert "Our offers and news" in dialog and "mailto:paolo@tosi.example" in dialog
    assert browser.get(f"{url}consents/before/post/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"channels": []}, {"channels": ["fax"]}, {"said": "perhaps"}, {"said": "given"}, {"source": "import"}, {"on": ""},
        {"on": "2999-01-01"}, {"on": "1900-01-01"}, {"said": "given", "purpose": "partners", "channels": ["profiling"]},
        {"purpose": "nothing"}, {"seen": "-1"}, {"text": "987654"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_stored(as_: Any, lead: Lead, wrong: dict[str, Any]) -> None:
    assert as_("giulia").post(f"/leads/{lead.pk}/consents/new/", said(**wrong)).status_code == 422
    assert not Consent.objects.exists()


def test_a_proof_is_kept_outside_and_comes_back_as_a_file(as_: Any, lead: Lead) -> None:
    browser = as_("giulia")
    proof = SimpleUploadedFile("Modulo <firmato>.html", PDF, "text/html")
    data = said(said="given", purpose="marketing", channels=["email"], source="paper", proof=proof)
    assert browser.post(f"/leads/{lead.pk}/consents/new/", data).status_code == 302
    row = Consent.objects.get()
    assert row.proof.name.endswith(".pdf") and "Modulo" not in row.proof.name
    answer = browser.get(f"/leads/{lead.pk}/consents/{row.pk}/proof/")
    assert b"".join(answer.streaming_content) == PDF
    assert (
        answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"] == "application/octet-stream"
    )
    other = Lead(last_name="Altro")
    other.save()
    assert browser.get(f"/leads/{other.pk}/consents/{row.pk}/proof/").status_code == 404
    assert as_("eva").get(f"/leads/{lead.pk}/consents/{row.pk}/proof/").status_code == 404


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"MZ\x90\x00", b"<svg xmlns=''/>", b""])
def test_other_files_are_no_proof(as_: Any, lead: Lead, content: bytes) -> None:
    data = said(proof=SimpleUploadedFile("proof.pdf", content, "application/pdf"))
    assert as_("giulia").post(f"/leads/{lead.pk}/consents/new/", data).status_code == 422
    assert not Consent.objects.exists()


def test_the_history_shows_every_answer_with_its_text(as_: Any, lead: Lead, giulia: Any) -> None:
    text = ConsentText.write_next("newsletter", "en", "Newsletter", "I agree.")
    with act_as(giulia):
        record_answer(
            lead, ["email"], "given", purpose="marketing", source="form", text=text, note="<b>at the fair</b>"
        )
        record_answer(lead, ["email"], "withdrawn", source="email")
    html = as_("giulia").get(f"/leads/{lead.pk}/consents/").content.decode()
    assert "Newsletter, version 1" in html and "&lt;b&gt;at the fair&lt;/b&gt;" in html and "withdrawn" in html
    assert "Giulia Bassi" in html


def test_consents_need_their_right_and_the_sight_of_the_record(
    as_: Any, lead: Lead, cast: Any, contact: Contact
) -> None:
    for name in cast:
        if name in ("eva", "marco"):
            assert as_(name).get(f"/leads/{lead.pk}/consents/").status_code == 404, name
    cast["marco"].roles.first().rights.pop("consent", None)
    role = cast["marco"].roles.get()
    role.rights = {**role.rights, "consent": {}}
    role.save()
    marco = as_("marco")
    assert marco.get(f"/contacts/{contact.pk}/consents/").status_code == 403
    assert marco.post(f"/contacts/{contact.pk}/consents/new/", said()).status_code == 403
    assert 'id="consents"' not in marco.get(f"/contacts/{contact.pk}/?panels=1").content.decode()
    assert marco.get("/privacy/").status_code == 403
    assert as_("giulia").get("/privacy/").status_code == 200
    assert as_("giulia").get("/privacy/purposes/marketing/").status_code == 403
    assert not Consent.objects.exists()


def test_the_link_can_be_shown_and_made_invalid(as_: Any, lead: Lead) -> None:
    browser = as_("giulia")
    html = browser.get(f"/leads/{lead.pk}/consents/link/", headers={"HX-Request": "true"}).content.decode()
    address = html.split('data-copy="')[1].split('"')[0].partition("/p/")[2]
    assert browser.get(f"/p/{address}").status_code == 200
    assert browser.post(f"/leads/{lead.pk}/consents/revoke/").status_code == 302
    assert browser.get(f"/p/{address}").status_code == 404


def test_texts_and_purposes_are_set_up(as_: Any, lead: Lead) -> None:
    anna = as_("anna")
    given = {"key": "newsletter", "language": "it", "title": "Newsletter", "body": "Acconsento."}
    assert anna.post("/privacy/texts/new/", given).status_code == 302
    one = ConsentText.objects.get()
    assert anna.post(f"/privacy/texts/{one.pk}/", {**given, "body": "Acconsento!"}).status_code == 302
    record_answer(lead, ["email"], "given", purpose="marketing", source="form", text=ConsentText.objects.get())
    anna.post(f"/privacy/texts/{one.pk}/", {**given, "body": "Altro"})
    assert ConsentText.objects.get().body == "Acconsento!"
    assert anna.post("/privacy/texts/new/", {**given, "body": "Altro"}).status_code == 302
    assert list(ConsentText.objects.values_list("version", flat=True).order_by("version")) == [1, 2]
    assert (
        anna.post(
            "/privacy/purposes/marketing/", {"name": "Offerte", "is_active": "on", "basis_email": "interest"}
        ).status_code
        == 302
    )
    forget_purposes()
    assert Purpose.objects.get(key="marketing").bases == {"email": "interest"}
    assert may_contact(lead, "post").code == "unused"
    assert anna.post("/privacy/purposes/marketing/", {"basis_email": "nonsense"}).status_code == 422
    assert anna.get("/privacy/").status_code == 200


def test_names_from_lists_are_to_be_told_within_a_month(as_: Any, cast: Any, giulia: Any) -> None:
    lead = Lead(last_name="Comprato", source="list", owner=giulia)
    lead.save()
    Lead.objects.filter(pk=lead.pk).update(created_at=timezone.now() - dt.timedelta(days=25))
    lead.refresh_from_db()
    assert due_on(lead) == timezone.localdate() + dt.timedelta(days=3)
    tell_of_due.func()
    told = Notice.objects.filter(kind="lead.to_inform")
    assert {one.user.email.partition("@")[0] for one in told} == {"anna", "dario", "sara"}
    assert as_("giulia").post(f"/leads/{lead.pk}/do/inform/").status_code == 302
    lead.refresh_from_db()
    assert (lead.informed_on, due_on(lead)) == (timezone.localdate(), None)


def test_what_stays_after_erasing_names_nobody(lead: Lead) -> None:
    record_answer(
        lead,
        ["email"],
        "refused",
        source="paper",
        note="Paolo Tosi",
        proof=SimpleUploadedFile("x.pdf", PDF),
        evidence={"ip": "1.2.3.4"},
    )
    assert keep_suppression(lead) == 1
    forget_details(lead)
    row = Consent.objects.get()
    assert (row.note, row.proof.name, row.evidence, row.said) == ("", "", {}, "refused")
    Lead.objects.filter(pk=lead.pk).delete()
    again = Lead(last_name="Tosi", email="paolo@tosi.example")
    again.save()
    assert Lead.objects.get(pk=again.pk).email_marketing == "no"


def test_the_api_reads_and_adds_and_does_nothing_else(client: Any, cast: Any, lead: Lead) -> None:
    key = {"Authorization": f"Bearer {ApiKey.make(cast['giulia'], 'x')[1]}"}
    body = {
        "record_type": "lead",
        "record_id": lead.pk,
        "channels": ["email", "phone"],
        "said": "refused",
        "source": "email",
    }

    def send(method: str, address: str, data: Any = None, headers: Any = key) -> Any:
        return client.generic(
            method, address, json.dumps(data) if data else "", content_type="application/json", headers=headers
        )

    made = send("POST", "/api/v1/consents", body)
    assert made.status_code == 201 and [row["channel"] for row in made.json()] == ["email", "phone"]
    read = send("GET", f"/api/v1/consents?record_type=lead&record_id={lead.pk}").json()
    assert len(read["items"]) == 2
    assert {"channel": "email", "purpose": "marketing", "allowed": False, "code": "refused"} in read["may"]
    for method in ("PATCH", "PUT", "DELETE"):
        assert send(method, "/api/v1/consents", body).status_code == 405
        assert send(method, f"/api/v1/consents/{made.json()[0]['id']}", body).status_code == 404
    for wrong in (
        {"said": "x"},
        {"channels": []},
        {"source": "x"},
        {"note": "a\x00"},
        {"text": 5},
        {"at": "2026-01-01T10:00:00"},
        {"said": "given"},
        {"extra": 1},
    ):
        assert send("POST", "/api/v1/consents", {**body, **wrong}).status_code == 422, wrong
    assert send("POST", "/api/v1/consents", {**body, "record_id": 987654}).status_code == 404
    assert send("POST", "/api/v1/consents", {**body, "record_type": "opportunity"}).status_code == 404
    assert send("GET", "/api/v1/consents", headers={}).status_code == 401
    eva = {"Authorization": f"Bearer {ApiKey.make(cast['eva'], 'x')[1]}"}
    assert send("POST", "/api/v1/consents", body, eva).status_code == 403
    assert Consent.objects.count() == 2


def test_the_block_says_what_the_register_said(as_: Any, lead: Lead) -> None:
    lead.phone = "+390301234567"
    lead.save()
    page = f"/leads/{lead.pk}/"
    assert "to check" in as_("giulia").get(f"{page}?panels=1").content.decode()
    CheckedNumber.objects.create(number=lead.phone, checked_at=timezone.now())
    assert "has not refused" in as_("giulia").get(f"{page}?panels=1").content.decode()
    CheckedNumber.objects.update(is_enrolled=True)
    html = as_("giulia").get(f"{page}?panels=1").content.decode()
    assert "the number is in the register of oppositions" in html and f'hx-get="{page}consents/before/phone/"' in html


def test_the_page_costs_the_same_however_much_was_said(as_: Any, lead: Lead) -> None:
    browser = as_("giulia")
    browser.get(f"/leads/{lead.pk}/?panels=1")
    record_answer(lead, ["email"], "refused", source="phone")
    with CaptureQueriesContext(connection) as few:
        browser.get(f"/leads/{lead.pk}/?panels=1")
    for _n in range(12):
        record_answer(lead, ["email"], "refused", source="phone")
    with CaptureQueriesContext(connection) as many:
        browser.get(f"/leads/{lead.pk}/?panels=1")
    assert len(many) <= len(few) + 1  # the timeline shows more
