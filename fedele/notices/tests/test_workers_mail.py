"""The mail job under a real worker that dies, and a real server that says not now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fedele.access.models import User
from fedele.notices.models import NoticeMail
from fedele.notices.telling import tell
from fedele.notices.tests.conftest import Mailbox
from fedele.tasks.tests.conftest import until


def test_killed_while_the_server_has_the_text_it_is_not_sent_again(house: None, worker: Any, mailbox: Mailbox) -> None:
    mailbox.answers_now.clear()
    tell(User.objects.create_user("giulia@example.com"), "job.done", title="Import")
    first = worker(FEDELE_EMAIL_URL=mailbox.url)
    until(lambda: mailbox.letters)
    assert NoticeMail.objects.get().state == "sending"
    first.kill()
    first.wait()
    mailbox.answers_now.set()
    assert worker(batch=True, FEDELE_EMAIL_URL=mailbox.url).wait(30) == 0
    assert (NoticeMail.objects.get().state, len(mailbox.letters)) == ("uncertain", 1)
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_not_now_waits_half_an_hour_then_arrives_once(house: None, worker: Any, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 greylisted"]
    tell(User.objects.create_user("giulia@example.com"), "job.done", title="Import")
    assert worker(batch=True, FEDELE_EMAIL_URL=mailbox.url).wait(30) == 0
    again = DBTaskResult.objects.get(status="READY")
    assert again.run_after > timezone.now() + timedelta(minutes=23)
    assert NoticeMail.objects.get().state == "waiting"
    DBTaskResult.objects.filter(pk=again.pk).update(run_after=timezone.now())
    assert worker(batch=True, FEDELE_EMAIL_URL=mailbox.url).wait(30) == 0
    assert (NoticeMail.objects.get().state, len(mailbox.letters)) == ("sent", 1)
