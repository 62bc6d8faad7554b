"""What is alike is proposed as groups, what was decided stays decided, what is no longer alike goes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.duplicates.queue.deciding import tell_apart
from fedele.people.duplicates.queue.grouping import LARGEST
from fedele.people.duplicates.queue.models import Proposal, ProposalGroup, State
from fedele.people.duplicates.queue.proposing import Alike, propose
from fedele.people.duplicates.queue.searching import search
from fedele.people.leads.conversion import Plan
from fedele.people.leads.models import Lead
from fedele.records.merging.joining import merge
from fedele.records.undo import undo_batch


def groups() -> list[tuple[str, int]]:
    return list(ProposalGroup.objects.order_by("-rank", "id").values_list("kinds", "size"))


def scanned() -> dict[str, int]:
    return search(lambda _number, **_counts: None)


def test_one_person_as_lead_contact_and_customer_is_one_group(trio: Any) -> None:
    assert groups() == [("company+contact+lead", 3)]
    assert {one.found_by for one in Proposal.objects.all()} == {"entry"}
    assert scanned()["new"] == 0
    assert groups() == [("company+contact+lead", 3)]


def test_equal_names_alone_are_never_certain(made: Any) -> None:
    made(Contact(first_name="Mario", last_name="Rossi"), Contact(first_name="Mario", last_name="Rossi"))
    made(Lead(first_name="Mario", last_name="Rossi"))
    scanned()
    assert not Proposal.objects.filter(is_sure=True).exists()


def test_a_contact_is_no_duplicate_of_the_company_they_work_at(trio: Any) -> None:
    company, contact, _lead = trio
    assert not Proposal.objects.filter(type_a="company", id_a=company.pk, type_b="contact", id_b=contact.pk).exists()


def test_told_apart_is_remembered_by_search_and_import(twins: Any, made: Any, giulia: Any) -> None:
    tell_apart([Proposal.objects.get().pk], giulia)
    assert groups() == []
    counts = scanned()
    assert (counts["new"], counts["decided"], groups()) == (0, 1, [])
    twins[0].website = "www.mecbs.example"
    made(twins[0], door="import")
    assert (Proposal.objects.get().state, groups()) == (State.APART, [])


def test_told_apart_in_doubt_is_asked_again_once_it_is_certain(giulia: Any, made: Any) -> None:
    first, second = Company(name="Alfa S.r.l.", city="Lecco"), Company(name="Alfa Impianti S.p.A.", city="Lecco")
    made(first), made(second)
    pair = ("company", first.pk), ("company", second.pk)
    propose([Alike(*pair, 0.7, False, [["name_alike", "", "", 80]])], "scan")
    tell_apart([Proposal.objects.get().pk], giulia)
    propose([Alike(*pair, 0.75, False)], "scan")
    assert groups() == []
    propose([Alike(*pair, 0.99, True, [["same_vat", "", "", ""]])], "scan")
    assert groups() == [("company", 2)]
    tell_apart([Proposal.objects.get().pk], giulia)
    propose([Alike(*pair, 0.999, True)], "scan")
    assert groups() == []


def test_in_the_trash_nothing_is_asked_and_out_of_it_again(twins: Any, giulia: Any, made: Any) -> None:
    made()
    twins[1].trash()
    assert (groups(), Proposal.objects.count()) == ([], 0)
    twins[1].refresh_from_db()
    twins[1].restore()
    scanned()
    assert groups() == [("company", 2)]
    twins[1].refresh_from_db()
    twins[1].erase()
    assert (groups(), Proposal.objects.count()) == ([], 0)


def test_what_is_no_longer_alike_goes(twins: Any, made: Any) -> None:
    twins[1].put({"name": "Caseificio Orobie", "city": "Albino", "phone": "", "email": "latte@orobie.example"})
    made(twins[1])
    assert groups() == []


def test_a_merge_settles_its_pair_and_comes_back_with_it(twins: Any, giulia: Any) -> None:
    with act_as(giulia):
        batch = merge(giulia, twins[0], [twins[1]])
    assert (Proposal.objects.get().state, groups()) == (State.MERGED, [])
    undo_batch(batch, giulia)
    assert (Proposal.objects.get().state, groups()) == (State.OPEN, [("company", 2)])


def test_what_was_told_apart_from_one_is_told_apart_from_what_it_became(made: Any, giulia: Any) -> None:
    names = ("Alfa", "Beta", "Gamma")
    one, two, three = (made(Company(name=f"{name} {number}")) for number, name in enumerate(names))
    propose([Alike(("company", one.pk), ("company", three.pk), 0.7, False)], "scan")
    tell_apart([Proposal.objects.get().pk], giulia)
    with act_as(giulia):
        batch = merge(giulia, two, [one], confirmed=True)
    propose([Alike(("company", two.pk), ("company", three.pk), 0.7, False)], "scan")
    assert groups() == []
    undo_batch(batch, giulia)
    propose([Alike(("company", two.pk), ("company", three.pk), 0.7, False)], "scan")
    assert groups() == [("company", 2)]


def test_a_conversion_onto_who_is_known_settles_it(trio: Any, giulia: Any) -> None:
    company, contact, lead = trio
    with act_as(giulia):
        batch = lead.convert(Plan(company=company, contact=contact, make_company=False, make_contact=False))
    assert groups() == []
    assert set(Proposal.objects.values_list("state", flat=True)) == {State.LINKED}
    assert scanned()["new"] == 0
    undo_batch(batch, giulia)
    assert groups() == [("company+contact+lead", 3)]


@pytest.mark.parametrize("count", [300])
def test_a_crowd_becomes_groups_one_can_look_through(count: int, db: Any) -> None:
    pairs = [Alike(("lead", n), ("lead", n + 1), 0.6, False) for n in range(1, count)]
    for start in range(0, len(pairs), 100):
        propose(pairs[start : start + 100], "scan")
    assert max(size for _kinds, size in groups()) == LARGEST
    held = {ref for one in Proposal.objects.open() for ref in one.refs}
    assert len(held) > count * 0.9


def test_a_group_falls_apart_when_its_middle_is_decided(made: Any, giulia: Any) -> None:
    ids = [made(Company(name=f"Officina {n}")).pk for n in range(4)]
    chain = [Alike(("company", a), ("company", b), 0.7, False) for a, b in pairwise(ids)]
    propose(chain, "scan")
    assert groups() == [("company", 4)]
    tell_apart([Proposal.objects.get(id_a=ids[1], id_b=ids[2]).pk], giulia)
    assert groups() == [("company", 2), ("company", 2)]
    propose([Alike(("company", ids[0]), ("company", ids[3]), 0.7, False)], "scan")
    assert groups() == [("company", 4)]
