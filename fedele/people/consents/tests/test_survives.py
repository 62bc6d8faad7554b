"""A refusal survives what happens to records: a list brought in again, a merge and its undoing, erasing the person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fedele.journal.acting import act_as
from fedele.people.consents.contacting import contactable, may_contact
from fedele.people.consents.links import person_of as by_link
from fedele.people.consents.links import token_of
from fedele.people.consents.models import Consent
from fedele.people.consents.recording import record_answer
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.people.privacy.erasing import erase
from fedele.people.privacy.person import person_of
from fedele.records.exchange.command import import_file
from fedele.records.merging.apart import unmerge
from fedele.records.merging.joining import merge


@pytest.fixture
def twins(cast: Any) -> list[Contact]:
    """Two entries of one person with different addresses."""
    found = []
    for address in ("elena@rinaldi.example", "elena.rinaldi@post.example"):
        one = Contact(first_name="Elena", last_name="Rinaldi", email=address, owner=cast["dario"])
        one.save()
        found.append(one)
    return found


def test_a_bought_list_brought_in_again_is_refused_at_once(lead: Lead, cast: Any, tmp_path: Path) -> None:
    record_answer(lead, ["email"], "refused", source="phone")
    lead.trash()
    path = tmp_path / "list.csv"
    path.write_text("Cognome;E-mail\nTosi;PAOLO@tosi.example\nRossi;rossi@alfa.example\n")
    with act_as(cast["sara"], door="import"):
        import_file(path, "lead", {}, False, cast["sara"])
    brought = {one.last_name: one.email_marketing for one in Lead.objects.filter(trashed_at=None)}
    assert brought == {"Tosi": "no", "Rossi": ""}


def test_the_stricter_wins_a_merge(twins: list[Contact], cast: Any) -> None:
    kept, gone = twins
    record_answer(kept, ["email"], "given", purpose="marketing", source="form")
    record_answer(gone, ["email"], "refused", source="phone")
    link = token_of(gone)
    batch = merge(cast["dario"], kept, [gone], confirmed=True)
    kept = Contact.objects.get(pk=kept.pk)
    assert (may_contact(kept, "email").code, kept.email_marketing) == ("refused", "no")
    assert not contactable(Contact.objects.all(), "email").filter(pk=kept.pk).exists()
    assert by_link(link) == kept
    unmerge(batch, cast["dario"])
    assert may_contact(Contact.objects.get(pk=gone.pk), "email").code == "refused"
    assert Consent.objects.filter(record_type="contact", record_id=gone.pk).count() == 1


def test_a_consent_of_either_holds_after_a_merge(twins: list[Contact], cast: Any) -> None:
    kept, gone = twins
    record_answer(gone, ["tracking"], "given", purpose="marketing", source="form")
    merge(cast["dario"], kept, [gone], confirmed=True)
    assert may_contact(Contact.objects.get(pk=kept.pk), "tracking").code == "given"


def test_who_was_erased_still_does_not_want_to_be_contacted(
    lead: Lead, cast: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    record_answer(lead, ["email"], "refused", source="email", note="Paolo Tosi writes")
    with act_as(cast["sara"], door="screen"):
        erase(person_of("lead", lead.pk, cast["sara"]), cast["sara"])
    assert Lead.objects.get(pk=lead.pk).email == ""
    assert Consent.objects.get().note == ""
    again = Lead(last_name="Tosi", email="paolo@tosi.example")
    again.save()
    assert Lead.objects.get(pk=again.pk).email_marketing == "no"
