"""A person holds roles in several companies, from one day to another."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fedele.journal.models import Entry, Link
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact


def test_a_role_is_added_shown_on_both_pages_and_ended(as_: Any, contact: Contact, giulia: Any) -> None:
    other = Company(name="Consorzio Nord", owner=giulia)
    other.save()
    browser = as_("giulia")
    answer = browser.post(
        f"/contacts/{contact.pk}/roles/new/",
        {"company": other.pk, "job": "Adviser", "decision": "influences", "since": "2026-01-31"},
    )
    assert answer.status_code == 302
    role = contact.positions.get()
    assert (role.company, role.job, role.since.isoformat()) == (other, "Adviser", "2026-01-31")
    assert "Consorzio Nord" in browser.get(f"/contacts/{contact.pk}/?panels=1").content.decode()
    page = browser.get(f"/companies/{other.pk}/?panels=1").content.decode()
    assert "Elena Rinaldi" in page and "Adviser" in page

    assert browser.post(f"/contacts/{contact.pk}/roles/{role.pk}/end/").status_code == 302
    role.refresh_from_db()
    assert role.until == timezone.localdate()
    assert browser.post(f"/contacts/{contact.pk}/roles/{role.pk}/end/").status_code == 404
    told = Entry.objects.filter(kind__in=("contact.took_role", "contact.left_role"))
    assert Link.objects.filter(entry__in=told, record_type="company", record_id=other.pk).count() == 2


def test_a_role_needs_a_company_one_may_see_and_the_right(as_: Any, contact: Contact) -> None:
    assert as_("giulia").post(f"/contacts/{contact.pk}/roles/new/", {"company": "424242"}).status_code == 422
    assert as_("giulia").post(f"/contacts/{contact.pk}/roles/new/", {"company": "x"}).status_code == 422
    assert as_("marco").post(f"/contacts/{contact.pk}/roles/new/", {"company": contact.company_id}).status_code == 403
    assert as_("eva").post(f"/contacts/{contact.pk}/roles/new/", {}).status_code == 404
    assert not contact.positions.exists()
