"""Killed, cancelled, paused, failed: what is in stays in once, the rest comes when it is taken up again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from fedele.access import roles
from fedele.access.models import User
from fedele.demo.cast import install
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.records.exchange import engine
from fedele.records.exchange.models import Import
from fedele.records.exchange.receiving import usual_rules
from fedele.records.exchange.tests.conftest import word
from fedele.search.models import Document
from fedele.tasks.models import Progress
from fedele.tasks.tests.conftest import until

ROWS = 12_000


def contacts(count: int) -> str:
    rows = (
        f"{word(n, 'a')};{word(n, 'b')};{word(n, 'a')}.{word(n, 'b')}@{word(n, 'd')}.it;"
        f"{word(n % 300, 'c') if n % 997 else ''};{'1' if n % 500 == 499 else ''}\n"
        for n in range(count)
    )
    return "Nome;Cognome;E-mail;Azienda;Codice fiscale\n" + "".join(rows)


def prepared(user: Any, content: str, record_type: str = "contact") -> Import:
    source = Import(user=user, record_type=record_type, name="list.csv", rules=usual_rules(user), provenance=0)
    source.mapping = {
        "Nome": "first_name",
        "Cognome": "last_name",
        "E-mail": "email",
        "Azienda": "company",
        "Codice fiscale": "tax_code",
    }
    if record_type == "company":
        source.mapping = {"Nome": "name"}
    source.file.save("list.csv", ContentFile(content.encode()))
    return source


@pytest.fixture
def sara(house: None, settings: Any) -> Any:
    """On the database that other processes see, with files where they look for them."""
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    roles.install()
    sara = install(password="")["sara"]
    User.objects.update(language="en")
    return sara


def test_a_killed_import_goes_on_and_no_row_comes_twice(sara: Any, worker: Any) -> None:
    source = prepared(sara, contacts(ROWS))
    progress = engine.start(source)
    for kills in range(3):
        process = worker()
        goal = 2_000 * (kills + 1)
        until(lambda goal=goal: Import.objects.get().counts.get("read", 0) >= goal, 60)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        # All of a batch or nothing of it: rows, journal and index agree with what is counted.
        stored = Import.objects.get()
        assert Contact.objects.count() == stored.counts["new"]
        assert Contact.objects.count() + Company.objects.count() == Document.objects.count()
    assert worker(batch=True).wait(120) == 0
    source.refresh_from_db()
    wrong = ROWS // 500
    assert (source.state, source.counts) == ("done", {"read": ROWS, "new": ROWS - wrong, "problems": wrong})
    assert Contact.objects.values("email").distinct().count() == Contact.objects.count() == ROWS - wrong
    assert Company.objects.count() == 300
    assert Contact.objects.values("number").distinct().count() == ROWS - wrong
    assert [one.line for one in source.problems.all()] == list(range(501, ROWS + 2, 500))
    made = Entry.objects.filter(kind="contact.created")
    assert made.count() == made.values("record_id").distinct().count() == ROWS - wrong
    progress = Progress.objects.get(pk=progress.pk)
    assert (progress.state, progress.done, progress.total) == ("done", ROWS, ROWS)
    assert progress.counts == {"new": ROWS - wrong, "problems": wrong}


def test_a_killed_undo_goes_on_as_well(sara: Any, worker: Any, client: Any) -> None:
    source = prepared(sara, contacts(4_000))
    engine.start(source)
    assert worker(batch=True).wait(60) == 0
    client.force_login(sara)
    kept = Contact.objects.get(last_name=word(7, "b"))
    kept.job = "CEO"
    kept.save()
    client.post(f"/import/{source.pk}/undo/")
    process = worker()
    until(lambda: Contact.objects.filter(trashed_at=None).count() < 3_000, 60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert Import.objects.get().state == "undoing"
    assert worker(batch=True).wait(60) == 0
    assert Import.objects.get().state == "undone"
    assert [one.last_name for one in Contact.objects.filter(trashed_at=None)] == [word(7, "b")]
    # The company of the one that somebody worked on stays with them.
    assert [one.name for one in Company.objects.filter(trashed_at=None)] == [str(kept.company)]


@pytest.fixture
def before_batch(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`before_batch(2, act)`: does `act` once, after the first batch is stored and before the second is begun."""

    def arrange(number: int, act: Callable[[], Any]) -> None:
        batches = engine.batches

        def interrupted(rows: Any, after: int) -> Iterator[Any]:
            for n, some in enumerate(batches(rows, after), 1):
                if n == number:
                    monkeypatch.undo()
                    act()
                yield some

        monkeypatch.setattr(engine, "batches", interrupted)

    return arrange


@pytest.mark.parametrize("press", ["cancel", "pause"])
def test_what_was_stopped_can_go_on_or_be_taken_back(press: str, sara: Any, client: Any, before_batch: Any) -> None:
    source = prepared(sara, "Nome\n" + "".join(f"{word(n)}\n" for n in range(2_500)), "company")
    progress = engine.start(source)
    assert progress is not None
    before_batch(2, getattr(Progress.objects.get(), press))
    engine.run.func(progress.pk, source.pk)
    source.refresh_from_db()
    assert (source.state, source.counts) == ("stopped" if press == "cancel" else "running", {"read": 1000, "new": 1000})
    assert Company.objects.count() == 1000
    client.force_login(sara)
    page = client.get(f"/import/{source.pk}/result/").content.decode()
    assert f"/import/{source.pk}/go-on/" in page
    assert f"/import/{source.pk}/undo/" in page
    client.post(f"/import/{source.pk}/go-on/")
    again = Progress.objects.latest("pk")
    engine.run.func(again.pk, source.pk)
    source.refresh_from_db()
    assert (source.state, source.counts) == ("done", {"read": 2500, "new": 2500})
    assert Progress.objects.get(pk=again.pk).done == 2500
    assert Company.objects.count() == 2500


def test_what_fails_says_so_and_can_be_tried_again(sara: Any, client: Any) -> None:
    source = prepared(sara, "Nome\n" + "".join(f"{word(n)}\n" for n in range(1_500)), "company")
    progress = engine.start(source)
    assert progress is not None
    Path(source.file.path).rename(f"{source.file.path}.away")
    engine.run.func(progress.pk, source.pk)
    source.refresh_from_db()
    assert source.state == "failed"
    client.force_login(sara)
    assert "is no longer there" in client.get(f"/import/{source.pk}/result/").content.decode()
    Path(f"{source.file.path}.away").rename(source.file.path)
    client.post(f"/import/{source.pk}/go-on/")
    engine.run.func(progress.pk, source.pk)
    source.refresh_from_db()
    assert (source.state, source.counts["new"]) == ("done", 1500)


def test_it_starts_once_however_often_the_button_is_pressed(sara: Any) -> None:
    source = prepared(sara, "Nome\nAlfa\n", "company")
    assert engine.start(Import.objects.get()) is not None
    assert engine.start(source) is None
    assert Progress.objects.count() == 1


def test_two_at_one_file_do_not_bring_it_in_twice(sara: Any, before_batch: Any) -> None:
    source = prepared(sara, "Nome\n" + "".join(f"{word(n)}\n" for n in range(2_500)), "company")
    Import.objects.update(state="running")
    before_batch(2, lambda: engine.load(Import.objects.get()))
    with pytest.raises(engine.Overtaken):
        engine.load(Import.objects.get(pk=source.pk))
    assert Company.objects.count() == 2_500
    assert Import.objects.get().counts == {"read": 2500, "new": 2500}
