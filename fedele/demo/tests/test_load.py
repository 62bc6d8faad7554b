from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Count, F, Max, Min, Q, Sum
from django.utils import timezone

from fedele import demo
from fedele.access.models import User
from fedele.billing.models import Dispute, OpenItem
from fedele.calendar.models import Activity
from fedele.demo.cast import CAST, install
from fedele.demo.loading import NotEmpty
from fedele.inbox.sending.filling import filled, unfilled
from fedele.inbox.sending.models import MailTemplate
from fedele.journal.models import Entry
from fedele.knowledge.models import Document as Filed
from fedele.notices import unread_count
from fedele.people.models import Agreement, Company, Contact, Lead, Observation, PrivacyRequest, PurchasedList
from fedele.people.profiles.kinds import value_of
from fedele.records.registry import registry
from fedele.records.searching import row_of
from fedele.sales.models import Opportunity
from fedele.search import vocabulary
from fedele.search.models import Document, Word
from fedele.search.words import document

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
RECORDS = (Company, Contact, Lead, Opportunity)


@pytest.fixture
def loaded() -> dict[str, Any]:
    return demo.load(120, seed=3, today=TODAY)


def test_the_proportions_are_those_of_a_company(loaded):
    counts = [model.objects.count() for model in RECORDS]
    assert counts == [120, 360, 120, 300]
    assert [loaded[name] for name in ("companies", "contacts", "leads", "opportunities")] == counts
    assert loaded["entries"] == Entry.objects.count()


def test_every_record_passes_its_own_validation(loaded):
    for model in (*RECORDS, Observation, Agreement, OpenItem, Dispute):
        for record in model.objects.select_related("owner", "team"):
            record.full_clean()


def test_the_same_seed_and_day_give_the_same_rows():
    # Whoever works there remains, as ids are the database's own making.
    install()
    with _taken_back():
        demo.load(120, seed=3, today=TODAY)
        first = _checksum()
    demo.load(120, seed=3, today=TODAY)
    # Links and roles have ids of the database's own making; all else is the same to the last byte.
    assert _checksum() == first


@contextmanager
def _taken_back():
    """The database is as empty afterwards as it was before, whatever the demo fills by now."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _checksum() -> str:
    found = hashlib.sha256()
    for model in RECORDS:
        names = [one.attname for one in model._meta.concrete_fields if one.name != "origin_list"]
        for row in model.objects.order_by("pk").values_list(*names):
            found.update(repr(row).encode())
    # Activities, documents, lists, requests and templates have ids of the database's own making, too.
    others = ("activity", "document", "purchasedlist", "privacyrequest", "mailtemplate")
    for row in Entry.objects.exclude(record_type__in=others).order_by("pk").values():
        # So have the messages they tell of.
        row["data"].pop("message", None)
        found.update(repr(row).encode())
    for row in Activity.objects.order_by("pk").values_list("subject", "due_on", "due_at", "company", "created_at"):
        found.update(repr(row).encode())
    return found.hexdigest()


def test_another_seed_gives_another_company():
    with _taken_back():
        demo.load(120, seed=3, today=TODAY)
        names = set(Company.objects.values_list("name", flat=True))
    demo.load(120, seed=4, today=TODAY)
    assert len(names) > 100
    assert len(names & set(Company.objects.values_list("name", flat=True))) < 40


def test_nothing_happens_before_it_was_created_nor_after_yesterday(loaded):
    midnight = timezone.make_aware(dt.datetime.combine(TODAY, dt.time.min))
    for model in RECORDS:
        created = dict(model.objects.values_list("pk", "created_at"))
        entries = Entry.objects.filter(record_type=model.record_type).values("record_id")
        firsts = {
            row["record_id"]: (row["first"], row["last"]) for row in entries.annotate(first=Min("at"), last=Max("at"))
        }
        assert firsts.keys() == created.keys()
        assert [key for key, (first, last) in firsts.items() if first != created[key] or last >= midnight] == []


def test_won_after_opened_and_lost_with_a_reason(loaded):
    closed = Opportunity.objects.exclude(outcome="open")
    assert closed.filter(closed_on__lt=F("created_at__date")).count() == 0
    assert closed.filter(closed_on=None).count() == 0
    assert Opportunity.objects.filter(outcome="lost", loss_reason="").count() == 0
    assert Opportunity.objects.filter(company__created_at__gt=F("created_at")).count() == 0
    assert Opportunity.objects.filter(Q(contact__created_at__gt=F("created_at"))).count() == 0
    assert Opportunity.objects.filter(outcome="won").exclude(company__kind="customer").count() == 0
    assert set(Opportunity.objects.values_list("outcome", flat=True)) == {"open", "won", "lost"}


def test_stages_agree_with_the_journal(loaded):
    for opportunity in Opportunity.objects.select_related("stage"):
        passages = opportunity.passages()
        assert passages[-1]["since"] == opportunity.stage_since
        moved = Entry.objects.filter(kind="opportunity.moved", record_id=opportunity.pk).order_by("id").last()
        assert opportunity.stage.name == (moved.data["stage"] if moved else "Qualifica")


def test_versions_count_the_changes(loaded):
    for model in RECORDS:
        of_type = Entry.objects.filter(record_type=model.record_type)
        changes = of_type.exclude(changes={}).values("record_id").annotate(count=Count("id"))
        expected = dict.fromkeys(model.objects.values_list("pk", flat=True), 1)
        expected |= {row["record_id"]: 1 + row["count"] for row in changes}
        assert dict(model.objects.values_list("pk", "version")) == expected


def test_teams_are_the_owners(loaded):
    for model in RECORDS:
        assert model.objects.exclude(owner=None).exclude(team=F("owner__team")).count() == 0
    assert Lead.objects.filter(owner=None).exists()


def test_a_conversion_hangs_together(loaded):
    opportunities = Opportunity.objects.exclude(lead=None).select_related("lead")
    assert len(opportunities) == Lead.objects.filter(stage="converted").count() > 20
    for opportunity in opportunities:
        lead = opportunity.lead
        assert (lead.company_id, lead.contact_id) == (opportunity.company_id, opportunity.contact_id)
        assert lead.created_at < lead.converted_at == opportunity.created_at
        history = set(Entry.objects.about("lead", lead.pk).filter(record_type="lead").values_list("pk", flat=True))
        for heir in (opportunity, opportunity.company, opportunity.contact):
            assert history <= set(Entry.objects.about(heir.record_type, heir.pk).values_list("pk", flat=True))


def test_entries_are_linked_as_the_product_links_them(loaded):
    for opportunity in Opportunity.objects.all()[:50]:
        for entry in Entry.objects.filter(record_type="opportunity", record_id=opportunity.pk):
            assert set(entry.links.values_list("record_type", "record_id")) == set(opportunity.timelines())


def test_numbers_go_on_where_the_demo_ends(loaded):
    assert Company.objects.order_by("-pk")[0].number == "AZ-00120"
    assert _new(Company, name="Nuova").number == "AZ-00121"
    assert _new(Contact, last_name="Nuovo").number == "CO-00361"
    assert _new(Lead, last_name="Nuovo").number == "NO-00121"
    this_year = Opportunity.objects.filter(number__startswith=f"TR-{timezone.localdate().year}-").count()
    company = Company.objects.all()[0]
    assert _new(Opportunity, name="Nuova", company=company).number.endswith(f"-{this_year + 1:04}")


def _new(model, **values):
    record = model(**values)
    record.save()
    return record


def test_opportunities_are_numbered_by_year_without_gaps(loaded):
    for year in range(TODAY.year - 3, TODAY.year + 1):
        numbers = (
            Opportunity.objects.filter(created_at__year=year)
            .order_by("created_at", "number")
            .values_list("number", flat=True)
        )
        assert list(numbers) == [f"TR-{year}-{n:04}" for n in range(1, len(numbers) + 1)]


def test_everybody_sees_what_is_theirs(loaded):
    people = {person.key: User.objects.get(email=person.email) for person in CAST}
    for model in RECORDS:
        assert model.objects.visible_to(people["dario"]).count() == model.objects.count()
        assert model.objects.visible_to(people["eva"]).count() == 0
    mine = Opportunity.objects.visible_to(people["giulia"]).filter(owner=people["giulia"], outcome="open")
    assert mine.count() >= 4
    assert 0 < Opportunity.objects.visible_to(people["luca"]).count() < Opportunity.objects.count()
    assert unread_count(people["giulia"]) == 6


def test_the_board_has_something_in_every_stage(loaded):
    lanes = Opportunity.objects.filter(outcome="open").values("stage__name").annotate(total=Sum("amount"))
    assert {lane["stage__name"] for lane in lanes} >= {"Qualifica", "Analisi dei bisogni", "Offerta", "Negoziazione"}
    assert all(3_000 <= amount <= 480_000 for amount in Opportunity.objects.values_list("amount", flat=True))


def test_records_are_found_as_if_they_had_been_typed_in(loaded):
    kept = {row[0]: row[1:] for row in Document.objects.values_list("record_type", "title", "words")}
    records = (
        *RECORDS,
        Observation,
        Agreement,
        OpenItem,
        Dispute,
        Activity,
        Filed,
        PurchasedList,
        PrivacyRequest,
        MailTemplate,
    )
    # Besides them, what stands in documents and in mail.
    assert kept.keys() == {"passage", "mail", *(model.record_type for model in records)}
    for model in records:
        record_type = registry.by_key(model.record_type)
        expected = {document(*row_of(record_type, record)[1:])[::2] for record in model.objects.all()}
        assert set(Document.objects.filter(record_type=record_type.key).values_list("title", "words")) == expected


def test_documents_are_of_what_their_customer_bought_and_was_offered(loaded):
    names = list(Filed.objects.values_list("name", flat=True))
    assert len(names) > 20 and len(set(names)) > len(names) * 0.8
    for filed in Filed.objects.exclude(company=None):
        sales = Opportunity.objects.filter(company=filed.company).values_list("name", flat=True)
        assert any(name.split(" – ")[0] in filed.name for name in sales), filed.name
        assert filed.created_at.date() < TODAY


def test_its_letters_know_the_company_they_come_from(loaded):
    giulia = User.objects.get(email__startswith="giulia@")
    to = Contact.objects.exclude(company=None).exclude(city="").first()
    texts = [filled(one.body, to, giulia) for one in MailTemplate.objects.all()]
    assert [unfilled(text) for text in texts] == [[], [], []]
    assert sum("Officine Aurora costruisce e ripara" in text for text in texts) == 1


def test_a_database_with_something_in_it_is_left_alone(loaded):
    with pytest.raises(NotEmpty):
        demo.load(120)
    assert Company.objects.count() == 120


@pytest.mark.parametrize("customers", [0, 99, 1_000_001])
def test_too_few_or_too_many_are_refused(customers):
    with pytest.raises(ValueError, match="100"):
        demo.load(customers)
    assert Company.objects.count() == 0


def test_the_vocabulary_is_that_of_a_recount(loaded):
    vocabulary.settle()
    before = dict(Word.objects.values_list("word", "documents"))
    vocabulary.recount()
    assert dict(Word.objects.values_list("word", "documents")) == before


def test_what_customers_owe_follows_from_what_they_pay(loaded):
    today = TODAY
    for item in OpenItem.objects.all():
        stored = (item.residual, item.state, item.days_late, item.days_to_pay)
        item.settle_payment()
        assert (item.residual, item.state, item.days_late, item.days_to_pay) == stored
    late = OpenItem.objects.exclude(state="settled").filter(due_on__lt=today).count()
    assert 0.01 < late / OpenItem.objects.count() < 0.2
    assert Dispute.objects.exclude(contact__company=F("company")).count() == 0


def test_what_is_known_of_customers_reads_as_it_was_written(loaded):
    for said in Observation.objects.all():
        assert said.value == value_of(said.kind, said.text)
    assert {state for (state,) in Agreement.objects.values_list("state")} == {"open", "kept", "broken"}


def test_the_queue_of_duplicates_has_work_at_once(loaded):
    groups = apps.get_model("people", "ProposalGroup").objects
    assert groups.filter(kinds="company", rank__gte=1000).count() >= 1
    assert groups.filter(kinds="company+contact+lead", rank__gte=1000).count() >= 3
