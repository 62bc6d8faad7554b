"""The refusal wins: at once, on every record with the address, whatever comes after that is not the person themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fedele.base.verbs import Refused
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.consents.contacting import contactable, may_contact
from fedele.people.consents.models import Consent, Standing, Suppression, Unchangeable
from fedele.people.consents.recording import latest, record_answer
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead


def refuse(record: Any, *channels: str, **more: Any) -> list[Consent]:
    return record_answer(record, channels, "refused", **{"source": "phone", **more})


def agree(record: Any, *channels: str, **more: Any) -> list[Consent]:
    return record_answer(record, channels, "given", **{"source": "phone", "purpose": "marketing", **more})


def make(model: Any, **values: Any) -> Any:
    record = model(**values)
    record.save()
    return model.objects.get(pk=record.pk)


@pytest.mark.parametrize("channel", ["email", "phone"])
def test_holds_at_once_on_every_record_with_the_address(giulia: Any, channel: str) -> None:
    same = {"email": "paolo@tosi.example", "phone": "+390301234567"}
    lead = make(Lead, last_name="Tosi", owner=giulia, **same)
    contact = make(Contact, last_name="Tosi", owner=giulia, **same)
    company = make(Company, name="Tosi Stampi", owner=giulia, **same)
    other = make(Lead, last_name="Rossi", email="rossi@alfa.example", phone="+390307654321")
    refuse(contact, channel)
    for record in (lead, contact, company):
        record.refresh_from_db()
        assert getattr(record, f"{channel}_marketing") == "no"
        said = may_contact(record, channel)
        assert (said.allowed, said.code) == (False, "refused" if record == contact else "by_address")
    other.refresh_from_db()
    assert getattr(other, f"{channel}_marketing") == ""


def test_a_refusal_of_one_channel_leaves_the_others(lead: Lead) -> None:
    agree(lead, "email", "tracking")
    refuse(lead, "tracking")
    assert may_contact(lead, "email").code == "given"
    assert may_contact(lead, "tracking").code == "refused"


def test_a_refusal_of_one_purpose_leaves_the_others(lead: Lead) -> None:
    agree(lead, "email")
    agree(lead, "email", purpose="partners")
    refuse(lead, "email", purpose="partners")
    assert may_contact(lead, "email", "marketing").code == "given"
    assert may_contact(lead, "email", "partners").code == "refused"
    assert may_contact(lead, "email", "care").code == "contract"


def test_by_post_the_name_at_the_address_is_known_again(giulia: Any) -> None:
    where = {"street": "Via Milano 12", "postcode": "25121"}
    lead = make(Lead, last_name="Tosi", **where)
    refuse(lead, "post")
    again = make(Lead, first_name="Paolo", last_name="TOSI", street="via milano, 12", postcode="25121")
    wife = make(Lead, last_name="Bianchi", **where)
    assert (again.post_marketing, wife.post_marketing) == ("no", "")
    assert may_contact(again, "post").code == "by_address"
    assert may_contact(wife, "post").code == "interest"


def test_an_extension_does_not_make_another_number(giulia: Any) -> None:
    lead = make(Lead, last_name="Tosi", phone="+390301234567;ext=12")
    company = make(Company, name="Tosi", phone="+390301234567")
    refuse(company, "phone")
    lead.refresh_from_db()
    assert lead.phone_marketing == "no"
    again = make(Lead, last_name="Nuovo", phone="+390301234567;ext=99")
    assert again.phone_marketing == "no"


def test_a_suppressed_address_that_comes_back_is_refused_before_anybody_uses_it(lead: Lead) -> None:
    refuse(lead, "email")
    lead.erase()
    again = make(Lead, last_name="Altro", email="paolo@tosi.example")
    assert again.email_marketing == "no"
    assert may_contact(again, "email").code == "by_address"
    assert not contactable(Lead.objects.all(), "email").exists()


def test_who_changes_to_a_suppressed_address_is_refused_and_back(lead: Lead, contact: Contact) -> None:
    refuse(lead, "email")
    contact.email = "paolo@tosi.example"
    contact.save()
    assert Contact.objects.get(pk=contact.pk).email_marketing == "no"
    contact.email = "elena@rinaldi.example"
    contact.save()
    assert Contact.objects.get(pk=contact.pk).email_marketing == ""


def test_the_refusal_goes_with_the_person_to_a_new_address(lead: Lead) -> None:
    refuse(lead, "email")
    lead.email = "paolo.tosi@new.example"
    lead.save()
    assert Lead.objects.get(pk=lead.pk).email_marketing == "no"
    assert make(Contact, last_name="Tosi", email="paolo.tosi@new.example").email_marketing == "no"
    assert make(Contact, last_name="Tosi", email="paolo@tosi.example").email_marketing == "no"


@pytest.mark.parametrize("source", ["import", "list"])
def test_a_file_gives_no_consent_against_a_refusal(lead: Lead, source: str) -> None:
    refuse(lead, "email")
    agree(lead, "email", source=source)
    assert may_contact(lead, "email").code == "refused"
    assert Lead.objects.get(pk=lead.pk).email_marketing == "no"


def test_the_person_may_think_again(lead: Lead, contact: Contact) -> None:
    refuse(lead, "email")
    agree(lead, "email", source="form")
    lead.refresh_from_db()
    assert (may_contact(lead, "email").code, lead.email_marketing) == ("given", "yes")
    assert may_contact("paolo@tosi.example", "email").code == "not_asked"
    refuse(lead, "email")
    assert may_contact(lead, "email").code == "refused"


def test_an_older_consent_found_later_ends_no_refusal(lead: Lead) -> None:
    refuse(lead, "email")
    agree(lead, "email", source="paper", at=timezone.now() - dt.timedelta(days=3))
    assert may_contact(lead, "email").code == "refused"


def test_a_consent_that_did_not_know_of_the_refusal_does_not_end_it(lead: Lead) -> None:
    shown = latest()
    refuse(lead, "email")
    row = agree(lead, "email", source="link", seen=shown)[0]
    assert not row.overrides
    assert may_contact(lead, "email").code == "refused"


def test_neither_does_one_of_another_record_with_the_same_address(lead: Lead, giulia: Any) -> None:
    shown = latest()
    same = make(Contact, last_name="Tosi", email="paolo@tosi.example", owner=giulia)
    refuse(same, "email")
    agree(lead, "email", source="link", seen=shown)
    assert may_contact(lead, "email").code == "by_address"


def test_conversion_hands_on_what_was_said(lead: Lead, giulia: Any) -> None:
    lead.phone = "+390301234567"
    lead.save()
    agree(lead, "email")
    refuse(lead, "phone")
    lead.convert()
    contact = Contact.objects.get(pk=lead.contact_id)
    assert (contact.email_marketing, contact.phone_marketing) == ("yes", "no")
    assert {row.source for row in Consent.objects.filter(record_type="contact")} == {"record"}


def test_nothing_is_ever_changed_or_deleted(lead: Lead) -> None:
    row = agree(lead, "email")[0]
    row.said = "refused"
    with pytest.raises(Unchangeable):
        row.save()
    with pytest.raises(Unchangeable):
        row.delete()
    for attempt in (
        lambda: Consent.objects.update(said="refused"),
        lambda: Consent.objects.filter(pk=row.pk).delete(),
        lambda: Consent.objects.bulk_update([row], ["said"]),
        lambda: Suppression.objects.all().delete(),
        lambda: Suppression.objects.update(refuses=False),
    ):
        with pytest.raises(Unchangeable):
            attempt()
    assert Consent.objects.get(pk=row.pk).said == "given"


@pytest.mark.parametrize(
    ("channels", "said", "more"),
    [
        ([], "refused", {}),
        (["fax"], "refused", {}),
        (["email"], "perhaps", {}),
        (["email"], "given", {}),
        (["email"], "given", {"purpose": "world"}),
        (["tracking"], "given", {"purpose": "partners"}),
        (["email"], "refused", {"at": timezone.now() + dt.timedelta(days=1)}),
    ],
)
def test_what_makes_no_sense_is_refused(lead: Lead, channels: list[str], said: str, more: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        record_answer(lead, channels, said, source="phone", **more)
    assert not Consent.objects.exists()


def test_the_journal_tells_it_once_with_all_channels(lead: Lead) -> None:
    refuse(lead, "email", "phone")
    entry = Entry.objects.get(kind="lead.declined")
    assert entry.data["channels"] == "email,phone"


def test_the_state_of_an_erased_record_is_gone_and_of_a_trashed_one_comes_back(lead: Lead) -> None:
    refuse(lead, "email")
    lead.trash()
    lead.restore()
    assert may_contact(lead, "email").code == "refused"
    lead.erase()
    assert not Standing.objects.exists()


def test_a_changed_key_of_the_server_revives_nobody(lead: Lead, settings: Any) -> None:
    refuse(lead, "email")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert make(Lead, last_name="Altro", email="paolo@tosi.example").email_marketing == "no"
