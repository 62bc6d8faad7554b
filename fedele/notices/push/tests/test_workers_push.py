"""Pushes and held notices under real workers: one that is killed, and two at the same time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fedele.access.models import User
from fedele.notices.holding import release
from fedele.notices.models import Notice, NoticeMail
from fedele.notices.push.devices import Push
from fedele.notices.push.tests.conftest import PushService, signed_in, subscribe
from fedele.notices.telling import tell
from fedele.notices.tests.conftest import Mailbox
from fedele.tasks.tests.conftest import until

PRIVATE = {"FEDELE_PRIVATE_ADDRESSES": "true"}


def test_killed_while_the_service_has_it_it_is_not_sent_again(house: None, worker: Any, service: PushService) -> None:
    giulia = User.objects.create_user("giulia@example.com")
    subscribe(signed_in(giulia), service)
    service.answers_now.clear()
    tell(giulia, "job.done", title="Import")
    first = worker(**PRIVATE)
    until(lambda: service.messages)
    assert Push.objects.get().state == "sending"
    first.kill()
    first.wait()
    service.answers_now.set()
    assert worker(batch=True, **PRIVATE).wait(30) == 0
    assert (Push.objects.get().state, len(service.messages)) == ("uncertain", 1)


def test_two_workers_release_what_was_held_once(house: None, worker: Any, mailbox: Mailbox) -> None:
    people = [User.objects.create_user(f"person{number}@example.com") for number in range(20)]
    past = timezone.now() - timedelta(minutes=1)
    for person in people:
        Notice.objects.create(user=person, kind="job.done", title="Import", email="now", held_until=past)
    for _minute in range(4):
        release.enqueue()
    both = [worker(batch=True, FEDELE_EMAIL_URL=mailbox.url) for _one in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert (NoticeMail.objects.filter(state="sent").count(), len(mailbox.letters)) == (20, 20)
    assert {letter.rcpt_tos[0] for letter in mailbox.letters} == {person.email for person in people}
