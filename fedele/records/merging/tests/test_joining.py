"""Several records become one: nothing is lost, everything points at what remained."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.journal.models import Entry
from fedele.notices.models import Notice
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact, Role
from fedele.people.leads.models import Lead
from fedele.records.merging.joining import Unconfirmed, merge
from fedele.records.merging.leading import survivor_of
from fedele.records.merging.models import MergedRecord
from fedele.records.merging.pointing import pointers_to
from fedele.records.models import SavedView
from fedele.records.page.timeline import timeline_of
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity
from fedele.search import find


def told(record: Any, user: Any) -> list[str]:
    return [
        f"{one.other}: {one.sentence} {one.text}".strip() for day in timeline_of(record, user).days for one in day.told
    ]


@pytest.mark.parametrize("key", ["company", "contact", "lead"])
def test_no_row_of_any_table_is_left_behind(key: str, dario: Any, cast: SimpleNamespace) -> None:
    """Whatever can point at a record is made to point at the one that goes, found by looking at the models."""
    record_type = registry.by_key(key)
    named = {"company": {"name": "Alfa"}, "contact": {"last_name": "Alfa"}, "lead": {"last_name": "Alfa"}}[key]
    one, two = (record_type.model.objects.create(owner=cast.giulia, **named) for _n in range(2))
    if key == "company":
        people = [Contact.objects.create(last_name=f"P{n}", company=two) for n in range(3)]
        Role.objects.create(contact=people[0], company=two, job="Buyer")
        Opportunity.objects.create(name="O", company=two, owner=cast.giulia)
        Lead.objects.create(last_name="L", company=two)
        Company.objects.create(name="Branch", parent=two)
    elif key == "contact":
        company = Company.objects.create(name="Beta")
        Role.objects.create(contact=two, company=company)
        Opportunity.objects.create(name="O", company=company, contact=two, owner=cast.giulia)
        Lead.objects.create(last_name="L", contact=two)
    else:
        Opportunity.objects.create(name="O", company=Company.objects.create(name="Beta"), lead=two, owner=cast.giulia)
    Notice.objects.create(user=cast.giulia, kind="test", record_type=key, record_id=two.pk)
    before = {(p.label, p.field): p.rows([one.pk, two.pk]).count() for p in pointers_to(record_type.model)}
    assert sum(before.values()) > 1

    merge(dario, one, [two])

    for pointer in pointers_to(record_type.model):
        assert pointer.rows([two.pk]).count() == 0, pointer
        assert pointer.rows([one.pk]).count() == before[pointer.label, pointer.field], pointer


def test_fields_go_by_the_suggestion_and_numbers_are_kept(family: SimpleNamespace, dario: Any) -> None:
    merge(dario, family.first, [family.second])

    one = Company.objects.get(pk=family.first.pk)
    assert (one.name, one.city, one.vat_number) == ("Rinaldi S.r.l.", "Brescia", "01234567897")
    assert one.phone in ("+390302001111", "+390302002222")
    other = {"+390302001111": "030 200 2222", "+390302002222": "030 200 1111"}[one.phone]
    notes = [entry.data["text"] for entry in Entry.objects.filter(record_id=one.pk, kind="company.noted")]
    assert any(other.replace(" ", "") in text.replace(" ", "") for text in notes), notes


def test_a_second_number_of_a_person_goes_where_there_is_room(dario: Any) -> None:
    one = Contact.objects.create(last_name="Bianchi", phone="+390302001111")
    two = Contact.objects.create(last_name="Bianchi", phone="+393331234567")

    merge(dario, one, [two], {"phone": one.pk})

    one.refresh_from_db()
    assert (one.phone, one.mobile) == ("+390302001111", "+393331234567")


def test_chosen_values_win_over_the_suggestion(family: SimpleNamespace, dario: Any) -> None:
    merge(dario, family.first, [family.second], {"name": family.second.pk, "owner": family.second.pk})

    one = Company.objects.get(pk=family.first.pk)
    assert (one.name, one.owner_id, one.team_id) == ("Rinaldi", family.second.owner_id, family.second.owner.team_id)


def test_notes_and_own_fields_come_together(dario: Any) -> None:
    from fedele.records.fields import forget_custom_fields
    from fedele.records.models import CustomField

    CustomField.objects.create(record_type="contact", key="likes", label="Likes", kind="multi", choices=["a", "b", "c"])
    CustomField.objects.create(record_type="contact", key="shoe", label="Shoe", kind="number")
    forget_custom_fields()
    one = Contact.objects.create(last_name="Verdi", notes="Prefers mornings.", custom={"likes": ["a", "b"]})
    two = Contact.objects.create(
        last_name="Verdi", notes="Knows our director.", custom={"likes": ["b", "c"], "shoe": 42}
    )

    merge(dario, one, [two])

    one.refresh_from_db()
    assert one.notes == "Prefers mornings.\n\nKnows our director."
    assert one.custom == {"likes": ["a", "b", "c"], "shoe": 42}
    forget_custom_fields()


def test_the_timeline_tells_both_stories(family: SimpleNamespace, dario: Any) -> None:
    merge(dario, family.first, [family.second])

    lines = told(Company.objects.get(pk=family.first.pk), dario)
    assert "Rinaldi: Wrote a note Note on Rinaldi" in lines
    assert ": Wrote a note Note on Rinaldi S.r.l." in lines
    assert ": Merged with Rinaldi" in lines
    assert f"Press {family.second.pk}: Opened" in lines


def test_a_note_written_by_who_had_the_page_open_is_told_too(family: SimpleNamespace, dario: Any) -> None:
    stale = Company.objects.get(pk=family.second.pk)
    merge(dario, family.first, [family.second])
    stale.note("They called again")

    assert any("They called again" in line for line in told(Company.objects.get(pk=family.first.pk), dario))


def test_what_is_stored_later_for_the_record_that_went_lands_on_what_remained(
    family: SimpleNamespace, dario: Any, cast: SimpleNamespace
) -> None:
    merge(dario, family.first, [family.second])

    contact = Contact.objects.create(last_name="Late", company_id=family.second.pk)
    role = Role.objects.create(contact=contact, company_id=family.second.pk)
    moved = Opportunity.objects.create(name="Late", company=Company.objects.create(name="Beta"), owner=cast.giulia)
    moved.company_id = family.second.pk
    moved.save()

    for row in (contact, role, moved):
        assert row.company_id == family.first.pk
        row.refresh_from_db()
        assert row.company_id == family.first.pk
    contact.put({"job": "Buyer"})
    contact.save()
    assert Contact.objects.get(pk=contact.pk).job == "Buyer"


def test_who_edits_the_record_that_went_learns_of_it(family: SimpleNamespace, dario: Any) -> None:
    stale = Company.objects.get(pk=family.second.pk)
    merge(dario, family.first, [family.second])
    stale.city = "Milano"

    with pytest.raises(Conflict):
        stale.save()


def test_it_is_found_by_its_old_names(family: SimpleNamespace, dario: Any) -> None:
    family.second.put({"name": "Zanardelli Presse"})
    family.second.save()
    merge(dario, family.first, [family.second], {"name": family.first.pk})

    for text in ("Zanardelli", family.second.number, "Rinaldi"):
        hits = [hit.record_id for hit in find(text, within={"company": None}, limit=5)]
        assert hits == [family.first.pk], text


def test_a_chain_leads_to_its_end_and_no_ring_can_be_made(dario: Any) -> None:
    a, b, c = (Company.objects.create(name=name) for name in "ABC")
    merge(dario, b, [a])
    merge(dario, c, [b])

    assert (survivor_of("company", a.pk), survivor_of("company", b.pk)) == (c.pk, c.pk)
    assert survivor_of("company", c.pk) is None
    for goal, gone in ((a, c), (b, c), (c, a)):
        with pytest.raises(Refused):
            merge(dario, goal, [gone])


def test_totals_on_boards_and_lists_are_those_of_one(dario: Any, cast: SimpleNamespace) -> None:
    from fedele.records.board.lanes import board_of
    from fedele.records.query import ListQuery

    one, two = (Lead.objects.create(last_name="Neri", owner=cast.giulia) for _n in range(2))
    merge(dario, one, [two])

    record_type = registry.by_key("lead")
    query = ListQuery.read(record_type, dario, record_type.board.only)
    columns, _summary = board_of(query, record_type.lanes(""), only="totals")
    assert [(column.lane.key, column.count) for column in columns if column.count] == [("suspect", 1)]
    assert query.count() == 1


def test_identity_data_that_differ_must_be_confirmed(dario: Any) -> None:
    one = Company.objects.create(name="Alfa", vat_number="01234567897")
    two = Company.objects.create(name="Alfa", vat_number="00743110157")

    with pytest.raises(Unconfirmed):
        merge(dario, one, [two])
    assert not MergedRecord.objects.exists()
    merge(dario, one, [two], confirmed=True)
    assert survivor_of("company", two.pk) == one.pk


def test_what_cannot_be_merged(dario: Any, cast: SimpleNamespace) -> None:
    ones = [Company.objects.create(name="Alfa") for _n in range(6)]
    contact = Contact.objects.create(last_name="Rossi")
    gone = Company.objects.create(name="Gone")
    gone.trash()

    for others in ([], [ones[0]], ones[1:], [contact], [gone], [ones[1], ones[1]]):
        with pytest.raises(Refused):
            merge(dario, ones[0], others)
    opportunities = [Opportunity.objects.create(name="O", company=ones[0], owner=cast.giulia) for _n in range(2)]
    with pytest.raises(Refused):
        merge(dario, opportunities[0], opportunities[1:])
    with pytest.raises(Conflict):
        merge(dario, ones[0], [ones[1]], versions={ones[1].pk: 7})
    assert not MergedRecord.objects.exists()
    assert Company.objects.filter(trashed_at=None).count() == 6


def test_rights_on_both_sides_are_needed(cast: SimpleNamespace) -> None:
    mine, theirs = (Company.objects.create(name="Alfa", owner=owner) for owner in (cast.giulia, cast.davide))

    with pytest.raises(PermissionDenied):
        merge(cast.giulia, mine, [theirs])
    with pytest.raises(PermissionDenied):
        merge(cast.marco, mine, [theirs])
    with pytest.raises(PermissionDenied):
        merge(cast.eva, mine, [theirs])
    merge(cast.giulia, theirs, [mine])
    assert survivor_of("company", mine.pk) == theirs.pk


def test_five_thousand_rows_in_few_statements(dario: Any, cast: SimpleNamespace) -> None:
    def statements(people: int) -> int:
        one, two = (Company.objects.create(name="Alfa", owner=cast.giulia) for _n in range(2))
        Contact.objects.bulk_create(Contact(last_name=f"P{n}", company=two) for n in range(people))
        with CaptureQueriesContext(connection) as captured:
            merge(dario, one, [two])
        assert Contact.objects.filter(company=one).count() == people
        assert Contact.objects.filter(company=two).count() == 0
        return len(captured)

    few, many = statements(10), statements(5_000)
    assert many - few <= 80, (few, many)
    assert few <= 130, few


def test_saved_views_follow(family: SimpleNamespace, dario: Any, cast: SimpleNamespace) -> None:
    def view(query: str) -> SavedView:
        return SavedView.objects.create(record_type="contact", name="x", owner=cast.giulia, query=query)

    both, one, other = (
        view(f"f=company.in:{family.second.pk},{family.first.pk}&sort=last_name"),
        view(f"f=company.in:{family.second.pk}&f=city.has:{family.second.pk}"),
        view(f"f=company.in:{family.first.pk}"),
    )
    merge(dario, family.first, [family.second])

    said = [SavedView.objects.get(pk=one.pk).query for one in (both, one, other)]
    assert said == [
        f"f=company.in:{family.first.pk}&sort=last_name",
        f"f=company.in:{family.first.pk}&f=city.has:{family.second.pk}",
        f"f=company.in:{family.first.pk}",
    ]


def test_erased_for_good_takes_along_what_was_merged(family: SimpleNamespace, dario: Any) -> None:
    merge(dario, family.first, [family.second])
    record = Company.objects.get(pk=family.first.pk)
    for opportunity in Opportunity.objects.all():
        opportunity.erase()
    record.erase()

    assert not Company.objects.filter(pk__in=[family.first.pk, family.second.pk]).exists()
    assert not MergedRecord.objects.exists()
    assert survivor_of("company", family.second.pk) is None
