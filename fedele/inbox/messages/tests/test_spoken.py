"""Who spoke last, by mail or otherwise."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fedele.access.models import Role
from fedele.calendar.activities.contact import last_contact_tile
from fedele.calendar.activities.logging import write_down
from fedele.calendar.briefing import spoken
from fedele.calendar.models import Activity
from fedele.inbox.messages.models import Message, Thread
from fedele.journal.acting import act_as
from fedele.people.models import Company


@pytest.fixture
def company(giulia: Any) -> Company:
    with act_as(giulia, door="screen"):
        company = Company(name="Officine Rossi S.r.l.", owner=giulia)
        company.save()
        call = write_down(company, giulia, kind="call", report="Sul preventivo", outcome="reached")
    Activity.objects.filter(pk=call.pk).update(done_at=ago(4))
    return company


def ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def mail(company: Company, days: int, **given: Any) -> Message:
    values = {"direction": "in", "state": "filed", "sender": "elena@rossi.example", "sender_name": "Elena Rossi"}
    thread = Thread.objects.create(subject="La pressa", company=company)
    values = {**values, "subject": "La pressa", "thread": thread, "company": company, "at": ago(days), **given}
    return Message.objects.create(**values)


def test_what_they_wrote_after_the_last_call_is_the_last_contact(company: Company, giulia: Any) -> None:
    mail(company, 9)
    newest = mail(company, 2)
    assert last_contact_tile(company, giulia) == [
        {"label": "Ultimo contatto", "value": "2 giorni fa", "note": "e-mail ricevuta · Elena Rossi", "level": "",
         "url": f"/mail/{newest.thread_id}/"},
    ]  # fmt: skip


def test_what_a_machine_wrote_or_is_confidential_was_no_talk(company: Company, giulia: Any) -> None:
    mail(company, 1, kind="out_of_office")
    mail(company, 1, is_confidential=True)
    mail(company, 1, direction="out", state="failed")
    mail(company, 1, state="parked")
    assert last_contact_tile(company, giulia)[0]["note"] == f"telefonata · {giulia}"


def test_who_may_read_no_mail_hears_of_none(company: Company, giulia: Any) -> None:
    mail(company, 1)
    role = Role.objects.get(key="sales_rep")
    role.rights = {key: value for key, value in role.rights.items() if key != "message"}
    role.save()
    giulia.__dict__.pop("rights", None)
    assert last_contact_tile(company, giulia)[0]["note"] == f"telefonata · {giulia}"
    assert len(spoken([company], giulia)[company.pk]) == 1


def test_the_summary_tells_calls_and_mail_in_one_row(company: Company, giulia: Any) -> None:
    mail(company, 9, direction="out", state="sent", author=giulia, subject="Offerta")
    mail(company, 2)
    told = [str(line).partition(" – ")[2] for line in spoken([company], giulia)[company.pk]]
    assert told == [
        "Elena Rossi – e-mail ricevuta: La pressa",
        f"{giulia} – telefonata – Sul preventivo",
        f"{giulia} – e-mail inviata: Offerta",
    ]
