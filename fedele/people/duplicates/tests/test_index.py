"""The keys follow the records through every write, and find them."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from fedele.people.duplicates import index
from fedele.people.duplicates.engine import SAME, Identity
from fedele.people.duplicates.finding import alike
from fedele.people.duplicates.models import MatchKey
from fedele.people.duplicates.scanning import scan
from fedele.people.models import Company, Contact, Lead

pytestmark = pytest.mark.django_db

MARIO = {"first_name": "Ermenegildo", "last_name": "Zanghellini", "mobile": "+393331234567", "city": "Brescia"}


def found(**known) -> list[tuple[str, int]]:
    return [(one.record_type, one.record_id) for one in alike([Identity(**known)])[0]]


def by_mobile() -> list[tuple[str, int]]:
    return found(given="E.", surname="Zangellini", phones=["333 1234567"])


def test_a_new_record_is_found_at_once_whatever_its_type():
    contact = Contact.objects.create(**MARIO)
    lead = Lead.objects.create(**MARIO)
    company = Company.objects.create(name="Officine Zanghellini srl", vat_number="01234567897")
    assert sorted(by_mobile()) == [("contact", contact.pk), ("lead", lead.pk)]
    known = Identity("organisation", company="OFFICINE ZANGHELLINI", vat="IT01234567897")
    assert [(one.record_id, one.match.verdict) for one in alike([known])[0]] == [(company.pk, SAME)]


def test_it_is_found_by_what_it_says_now():
    contact = Contact.objects.create(**MARIO)
    contact.mobile, contact.last_name, contact.city = "+393489876543", "Bonomelli", ""
    contact.save()
    assert by_mobile() == []
    assert found(given="Ermenegildo", surname="Bonomelli", phones=["3489876543"]) == [("contact", contact.pk)]


def test_bulk_changes_are_followed():
    Contact.objects.create(**MARIO)
    other = Contact.objects.create(first_name="Ugo", last_name="Zanghellini")
    Contact.objects.filter(pk=other.pk).bulk_change(mobile="+393470000001")
    assert found(given="Ugo", surname="Zanghellini", phones=["3470000001"]) == [("contact", other.pk)]


def test_the_trash_the_restored_and_the_erased():
    contact = Contact.objects.create(**MARIO)
    contact.trash()
    assert by_mobile() == []
    assert MatchKey.objects.count() == 0
    contact.restore()
    assert by_mobile() == [("contact", contact.pk)]
    contact.erase()
    assert MatchKey.objects.count() == 0


def test_a_change_of_something_else_costs_nothing(django_assert_max_num_queries):
    contact = Contact.objects.create(**MARIO)
    keys = set(MatchKey.objects.values_list("pk", flat=True))
    contact.notes = "calls back"
    contact.save()
    assert set(MatchKey.objects.values_list("pk", flat=True)) == keys
    with django_assert_max_num_queries(2):
        index.refresh([contact])


def test_many_new_ones_cost_one_statement(django_assert_num_queries):
    contacts = Contact.objects.bulk_create(
        Contact(first_name="Ugo", last_name=f"Rossi{n}", number=f"X{n}") for n in range(300)
    )
    with django_assert_num_queries(1):
        index.refresh(contacts, are_new=True)


def test_rebuilding_gives_the_same_keys():
    Contact.objects.create(**MARIO)
    Lead.objects.create(**MARIO, company_name="Acme srl")
    Company.objects.create(name="Acme srl", phone="+390303545678", website="www.acme.it")
    kept = sorted(MatchKey.objects.values_list("key", "record_type", "record_id"))
    told = []
    assert index.rebuild(told.append) == 3
    assert sorted(MatchKey.objects.values_list("key", "record_type", "record_id")) == kept
    assert told[-1] == 3


def test_an_archive_without_keys_gets_them_with_the_next_migration():
    Contact.objects.create(**MARIO)
    MatchKey.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert len(by_mobile()) == 1


def test_they_are_made_anew_by_command(capsys):
    Contact.objects.create(**MARIO)
    MatchKey.objects.all().delete()
    call_command("rebuild_duplicates")
    assert capsys.readouterr().out == "1 records\n"
    assert len(by_mobile()) == 1


def test_a_record_is_not_like_itself_nor_like_what_is_left_out():
    one, other = Contact.objects.create(**MARIO), Contact.objects.create(**MARIO)
    assert [some.record_id for some in alike([index.identity_of(one)])[0]] == [other.pk]
    assert alike([index.identity_of(one)], exclude=[("contact", other.pk)]) == [[]]


def test_what_an_import_made_itself_is_as_if_it_were_not_there():
    one, other = Contact.objects.create(**MARIO), Contact.objects.create(**MARIO)
    lead = Lead.objects.create(**MARIO)
    known = Identity(given="E.", surname="Zangellini", phones=["333 1234567"])

    def without(*spans) -> list[tuple[str, int]]:
        return sorted((some.record_type, some.record_id) for some in alike([known], apart_from=spans)[0])

    assert without(("contact", one.pk, one.pk)) == [("contact", other.pk), ("lead", lead.pk)]
    assert without(("contact", one.pk, other.pk), ("company", 1, 10**9)) == [("lead", lead.pk)]
    assert without(*[("contact", n, n) for n in range(10**6, 10**6 + 200)], ("contact", 1, other.pk)) == [
        ("lead", lead.pk)
    ]


def test_the_scan_tells_each_pair_once():
    one, other = Contact.objects.create(**MARIO), Contact.objects.create(**MARIO)
    lead = Lead.objects.create(**MARIO)
    Contact.objects.create(first_name="Mario", last_name="Rossi")
    told = []
    pairs = [pair for chunk in scan(lambda done, total: told.append((done, total))) for pair in chunk]
    refs = [("contact", one.pk), ("contact", other.pk), ("lead", lead.pk)]
    assert sorted((pair.a, pair.b) for pair in pairs) == [(refs[0], refs[1]), (refs[0], refs[2]), (refs[1], refs[2])]
    assert {pair.match.verdict for pair in pairs} == {SAME}
    assert told[-1] == (4, 4)


def test_a_key_that_hundreds_share_is_passed_over():
    Contact.objects.bulk_create(
        Contact(number=f"X{n}", first_name="Mario", last_name="Rossi", mobile=f"+3933300{n:05}") for n in range(300)
    )
    index.rebuild()
    assert [one.record_id for one in alike([Identity(given="Mario", surname="Rossi", phones=["333 0000007"])])[0]] == [
        Contact.objects.get(mobile="+393330000007").pk
    ]
