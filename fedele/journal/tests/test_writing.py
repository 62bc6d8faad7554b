"""The journal: who acts through which door, what is written, who reacts, and how it is told."""

from __future__ import annotations

from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from fedele.journal import writing
from fedele.journal.acting import DOORS, act_as, acting, gathering, sign
from fedele.journal.models import Entry
from fedele.journal.sentences import icon_of, sentence, sentence_of
from fedele.journal.writing import entry_for, on, open_batch, write, write_many
from fedele.people.companies.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def reactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test declares ends with it."""
    monkeypatch.setattr(writing, "_reactions", type(writing._reactions)(list))


def test_nobody_acts_until_somebody_does() -> None:
    now = acting()
    assert (now.user, now.door, now.batch) == (None, "system", None)
    assert now.door in DOORS


def test_acts_within_acts_keep_what_they_do_not_say(cast: SimpleNamespace) -> None:
    batch = open_batch("bulk")
    with act_as(cast.giulia, door="screen"):
        with act_as(batch=batch):
            assert (acting().user, acting().door, acting().batch) == (cast.giulia, "screen", batch)
            with act_as(cast.sara, door="import"):
                assert (acting().user, acting().door, acting().batch) == (cast.sara, "import", batch)
            assert acting().user == cast.giulia
        assert acting().batch is None
    assert acting().user is None


def test_an_act_that_fails_ends_all_the_same(cast: SimpleNamespace) -> None:
    with pytest.raises(ZeroDivisionError), act_as(cast.giulia):
        1 / 0  # noqa: B018
    assert acting().user is None


def test_whoever_shows_a_key_late_signs_to_the_end_of_the_act(cast: SimpleNamespace) -> None:
    with act_as(door="api"):
        sign(cast.luca, "api")
        assert Company.objects.create(name="Alfa") and Entry.objects.get().actor == cast.luca
    assert acting().user is None


def test_two_threads_act_for_two_people(cast: SimpleNamespace) -> None:
    seen: list[Any] = []
    with act_as(cast.giulia):
        other = Thread(target=lambda: seen.append(acting().user))
        other.start()
        other.join()
    assert seen == [None]


def test_a_request_is_signed_by_who_is_signed_in(cast: SimpleNamespace) -> None:
    client = Client()
    client.force_login(cast.luca)
    client.post("/companies/new/", {"name": "Alfa"})
    entry = Entry.objects.get(kind="company.created")
    assert (entry.actor, entry.door) == (cast.luca, "screen")


def test_reactions_run_inside_of_the_act_and_with_it_they_end(reactions: None) -> None:
    @on("company.created")
    def welcome(entry: Entry) -> None:
        entry.record.note("Welcome")

    @on("*")
    def count(entry: Entry) -> None:
        heard.append(entry.kind)

    heard: list[str] = []
    with transaction.atomic():
        company = Company.objects.create(name="Alfa")
        assert [entry.kind for entry in Entry.objects.about("company", company.pk).order_by("id")] == [
            "company.created",
            "company.noted",
        ]
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert sorted(heard) == ["company.created", "company.noted"]


def test_a_reaction_that_fails_undoes_the_act(reactions: None) -> None:
    @on("company.created")
    def refuse(entry: Entry) -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        Company.objects.create(name="Alfa")
    assert not Company.objects.exists()
    assert not Entry.objects.exists()


def test_many_entries_are_written_at_once_and_are_heard_of_when_asked(reactions: None) -> None:
    heard: list[str] = []
    on("company.greeted")(lambda entry: heard.append(entry.title))
    companies = [Company.objects.create(name=name) for name in ("Alfa", "Beta")]
    write_many([(one, entry_for(one, "greeted")) for one in companies])
    assert heard == []
    with gathering() as gathered:
        write_many([(one, entry_for(one, "greeted")) for one in companies], react=True)
    assert heard == ["Alfa", "Beta"]
    assert [entry.record_id for entry in gathered] == [one.pk for one in companies]
    assert all(entry.pk for entry in gathered)


def test_an_act_inside_of_another_gathers_for_itself() -> None:
    company = Company.objects.create(name="Alfa")
    with gathering() as outer:
        write(company, "one")
        with gathering() as inner:
            write(company, "two")
        write(company, "three")
    assert [entry.kind for entry in outer] == ["company.one", "company.three"]
    assert [entry.kind for entry in inner] == ["company.two"]


def test_what_is_told_is_told_in_the_readers_language() -> None:
    sentence("test.paid", "paid {amount} to {whom}", icon="coins")
    with translation.override("en"):
        assert sentence_of("test.paid", {"amount": "5", "currency": "EUR", "whom": "Alfa"}) == "paid €5.00 to Alfa"
        assert sentence_of("company.noted", {}) == "wrote a note"
    with translation.override("it"):
        assert sentence_of("test.paid", {"amount": "1234.5", "currency": "EUR", "whom": "Alfa"}).startswith(
            "paid 1.234,50"
        )
        assert sentence_of("company.noted", {}) != "wrote a note"


def test_what_an_entry_lacks_or_holds_too_much_of_does_no_harm() -> None:
    sentence("test.moved", "moved to {stage}")
    assert sentence_of("test.moved", {}) == "moved to …"
    assert sentence_of("test.moved", {"stage": "{0.__class__} %s"}) == "moved to {0.__class__} %s"
    assert sentence_of("test.unheard", {}) == "unheard"
    assert icon_of("test.unheard") == "circle-dot"
    assert icon_of("company.created") == "plus"
