"""The register of oppositions: nothing is released without a fresh answer, and the stricter of two answers holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fedele.base.verbs import Refused
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.consents.contacting import contactable, may_contact
from fedele.people.consents.recording import record_answer
from fedele.people.consents.register.checking import file_of, start
from fedele.people.consents.register.models import CheckedNumber, RegisterCheck, RegisterRule
from fedele.people.consents.register.releasing import Stale, release_phone_list
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.registry import registry

NUMBERS = ("+390301234561", "+390301234562", "+390301234563;ext=9", "+4989636480")


@pytest.fixture
def leads(giulia: Any) -> list[Lead]:
    found = []
    for n, phone in enumerate(NUMBERS):
        lead = Lead(last_name=f"L{n}", phone=phone, owner=giulia)
        lead.save()
        found.append(lead)
    return found


def bring(browser: Any, check: RegisterCheck, text: str, name: str = "answer.csv") -> Any:
    return browser.post(f"/privacy/register/{check.pk}/", {"file": SimpleUploadedFile(name, text.encode())})


def begin(user: Any) -> RegisterCheck:
    return start(registry.by_key("lead"), user, "", "All")


def test_a_list_is_held_back_until_its_numbers_are_checked(leads: list[Lead], cast: Any, as_: Any) -> None:
    with pytest.raises(Stale) as held:
        release_phone_list(Lead.objects.all())
    assert (held.value.count, held.value.url) == (3, "/privacy/register/")
    assert Entry.objects.get(kind="calllist.held_back").data["count"] == 3
    check = begin(cast["anna"])
    answer = bring(
        as_("anna"), check, "Numero;Iscritto;Dal\n0301234561;SI;01/02/2026\n0301234562;NO;\n0301234563;no;\n"
    )
    assert answer.status_code == 302
    released = release_phone_list(Lead.objects.all())
    assert sorted(number for _pk, number in released.numbers()) == [
        "+390301234562",
        "+390301234563;ext=9",
        "+4989636480",
    ]
    assert (released.count, released.left_out) == (3, 1)
    assert Entry.objects.get(kind="calllist.released").data == {"count": 3, "left_out": 1}
    assert may_contact(leads[0], "phone").code == "enrolled"
    assert CheckedNumber.objects.get(number=NUMBERS[0]).enrolled_on == dt.date(2026, 2, 1)


def test_an_answer_expires_after_the_days_set(leads: list[Lead], cast: Any, as_: Any) -> None:
    bring(as_("anna"), begin(cast["anna"]), "Numero,Iscritto\n0301234561,no\n0301234562,no\n0301234563,no\n")
    assert release_phone_list(Lead.objects.all()).count == 4
    CheckedNumber.objects.update(checked_at=timezone.now() - dt.timedelta(days=16))
    with pytest.raises(Stale):
        release_phone_list(Lead.objects.all())
    assert as_("anna").post("/privacy/register/rule/", {"days": "30"}).status_code == 302
    assert RegisterRule.valid_days() == 30
    assert release_phone_list(Lead.objects.all()).count == 4
    assert as_("anna").post("/privacy/register/rule/", {"days": "0"}).status_code == 422


def test_enrolment_cancels_consents_from_before_and_not_those_from_after(
    leads: list[Lead], cast: Any, as_: Any
) -> None:
    early, late = leads[0], leads[1]
    record_answer(
        early, ["phone"], "given", purpose="marketing", source="paper", at=timezone.now() - dt.timedelta(days=90)
    )
    record_answer(late, ["phone"], "given", purpose="marketing", source="paper")
    day = (timezone.localdate() - dt.timedelta(days=30)).strftime("%d/%m/%Y")
    bring(
        as_("anna"),
        begin(cast["anna"]),
        f"Numero;Iscritto;Dal\n0301234561;si;{day}\n0301234562;si;{day}\n0301234563;no;\n",
    )
    assert [may_contact(one, "phone").code for one in (early, late)] == ["enrolled", "given"]


def test_customers_with_a_running_contract_are_not_asked_about(giulia: Any) -> None:
    company = Company(name="Cliente", kind="customer", phone="+390301234561")
    company.save()
    contact = Contact(last_name="Rinaldi", company=company, mobile="+393331234567")
    contact.save()
    assert [may_contact(one, "phone").code for one in (company, contact)] == ["interest", "interest"]
    assert release_phone_list(Contact.objects.all()).count == 1


def test_the_file_has_each_number_once_as_the_register_takes_it(leads: list[Lead], cast: Any, as_: Any) -> None:
    Lead(last_name="Doppio", phone=NUMBERS[0]).save()
    record_answer(leads[1], ["phone"], "refused", source="phone")
    check = begin(cast["anna"])
    assert "".join(file_of(check)) == "0301234561\r\n0301234563\r\n"
    answer = as_("anna").get(f"/privacy/register/{check.pk}/file/")
    assert b"".join(answer.streaming_content) == b"0301234561\r\n0301234563\r\n"
    assert as_("giulia").get(f"/privacy/register/{check.pk}/file/").status_code == 403


@pytest.mark.parametrize(
    ("text", "enrolled"),
    [
        ("0301234561\n0301234562\n", {NUMBERS[0], NUMBERS[1]}),
        ("Numero;Esito\n+39 030 1234561;iscritto\n030 1234562;non iscritto\n0301234563;\n", {NUMBERS[0]}),
        ("Numero;Esito\n0301234561;NO\n0301234561;SI\n", {NUMBERS[0]}),
        ("Esito;Numero\nno;0301234563\nno;0301234561\nsì;0301234562\n", {NUMBERS[1]}),
    ],
)
def test_answers_as_they_come(leads: list[Lead], cast: Any, as_: Any, text: str, enrolled: set[str]) -> None:
    check = begin(cast["anna"])
    assert bring(as_("anna"), check, text).status_code == 302
    assert set(CheckedNumber.objects.filter(is_enrolled=True).values_list("number", flat=True)) == enrolled
    check.refresh_from_db()
    assert check.enrolled == len(enrolled)


@pytest.mark.parametrize("text", ["", "Numero;Esito\n0559999999;no\n", "nothing;here\na;b\n"])
def test_another_file_is_refused_and_nothing_stored(leads: list[Lead], cast: Any, as_: Any, text: str) -> None:
    check = begin(cast["anna"])
    assert bring(as_("anna"), check, text).status_code == 422
    assert not CheckedNumber.objects.exists()


def test_an_unanswered_number_stays_unchecked(leads: list[Lead], cast: Any, as_: Any) -> None:
    check = begin(cast["anna"])
    bring(as_("anna"), check, "Numero;Esito\n0301234561;no\n0301234562;forse\n")
    check.refresh_from_db()
    assert check.unanswered == 2
    assert [may_contact(one, "phone").code for one in leads[:3]] == ["interest", "unchecked", "unchecked"]


def test_a_list_without_numbers_is_not_checked(cast: Any, as_: Any) -> None:
    with pytest.raises(Refused):
        begin(cast["anna"])
    assert not RegisterCheck.objects.exists()
    assert as_("anna").post("/privacy/register/new/", {"of": "lead:open"}).status_code == 302
    for wrong in ("", "lead:nothing", "opportunity:all", "x:y"):
        assert as_("anna").post("/privacy/register/new/", {"of": wrong}).status_code == 404
    assert as_("giulia").post("/privacy/register/new/", {"of": "lead:open"}).status_code == 403


def test_the_numbers_to_call_come_as_a_file_or_not_at_all(leads: list[Lead], cast: Any, as_: Any) -> None:
    check, anna = begin(cast["anna"]), as_("anna")
    answer = anna.get(f"/privacy/register/{check.pk}/numbers/")
    assert (answer.status_code, answer.url) == (302, f"/privacy/register/{check.pk}/")
    bring(anna, check, "Numero;Iscritto\n0301234561;si\n0301234562;no\n0301234563;no\n")
    answer = anna.get(f"/privacy/register/{check.pk}/numbers/")
    rows = b"".join(answer.streaming_content).decode().split()
    assert rows == [f"{one.pk};{one.phone}" for one in leads[1:]]
    assert as_("giulia").get(f"/privacy/register/{check.pk}/numbers/").status_code == 403


def test_only_contactable_numbers_go_out(leads: list[Lead]) -> None:
    assert contactable(Lead.objects.all(), "phone").count() == 1  # the one abroad
    assert contactable(Lead.objects.all(), "phone", checked=False).count() == 4
