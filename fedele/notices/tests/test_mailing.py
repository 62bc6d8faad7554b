"""E-mail through a real SMTP server: what leaves, what is tried again, and what is never sent twice."""

from __future__ import annotations

import email
from datetime import timedelta
from email import policy
from typing import Any

import pytest
from django.utils import timezone

from fedele.access.models import User
from fedele.notices.digest import send_digests
from fedele.notices.handing import Deferred
from fedele.notices.mailing import send, settle_uncertain
from fedele.notices.models import Notice, NoticeMail, Preference
from fedele.notices.telling import tell
from fedele.notices.tests.conftest import Mailbox

State = NoticeMail.State


def told(user: User, title: str = "Import of fairs.csv") -> NoticeMail:
    notice = tell(user, "job.done", title=title, url="/progress/7/")
    assert notice
    assert notice.mail
    notice.mail.refresh_from_db()
    return notice.mail


def parsed(mailbox: Mailbox) -> list[Any]:
    return [email.message_from_bytes(letter.content, policy=policy.default) for letter in mailbox.letters]


def test_letter_is_text_and_html_and_says_it_is_automatic(giulia: User, mailbox: Mailbox) -> None:
    mail = told(giulia, "Fairs <b>& friends</b>")
    (letter,) = parsed(mailbox)
    assert (mail.state, mail.attempts) == (State.SENT, 1)
    assert letter["Message-ID"] == mail.message_id
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"] == "Done: Fairs <b>& friends</b>"
    assert letter["To"] == "giulia@example.com"
    text = letter.get_body(("plain",)).get_content()
    assert "Done: Fairs <b>& friends</b>" in text
    assert "/progress/7/" in text
    html = letter.get_body(("html",)).get_content()
    assert "Fairs &lt;b&gt;&amp; friends&lt;/b&gt;" in html
    assert "style" not in html
    assert Notice.objects.get().emailed_at == mail.sent_at


def test_refused_for_now_is_tried_again_and_arrives_once(giulia: User, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 greylisted"]
    with pytest.raises(Deferred) as deferred:
        _sent_by_hand(giulia)
    assert deferred.value.after == 1800
    mail = NoticeMail.objects.get()
    assert (mail.state, "451 greylisted" in mail.error) == (State.FAILED, True)
    NoticeMail.objects.update(state=State.WAITING)
    assert send.call(mail.pk) == State.SENT
    assert send.call(mail.pk) == State.SENT
    assert len(mailbox.letters) == 1


def test_refused_for_good_is_not_tried_again(giulia: User, mailbox: Mailbox) -> None:
    mailbox.answers = ["550 no such person"]
    assert told(giulia).state == State.FAILED
    assert send.call(NoticeMail.objects.get().pk) == State.FAILED
    assert mailbox.letters == []


def test_no_server_is_certainly_not_sent(giulia: User, mailbox: Mailbox, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    with pytest.raises(Deferred) as deferred:
        _sent_by_hand(giulia)
    assert deferred.value.after == 0


def test_line_lost_after_the_text_is_uncertain_and_not_sent_again(giulia: User, mailbox: Mailbox) -> None:
    mailbox.hang_up = True
    mail = told(giulia)
    assert mail.state == State.UNCERTAIN
    mailbox.hang_up = False
    assert send.call(mail.pk) == State.UNCERTAIN
    assert len(mailbox.letters) == 1


def test_found_half_sent_after_a_crash_is_not_sent_again(giulia: User, mailbox: Mailbox) -> None:
    mail = NoticeMail.objects.create(user=giulia, state=State.SENDING, sending_at=timezone.now())
    Notice.objects.create(user=giulia, kind="job.done", title="Import", mail=mail)
    assert send.call(mail.pk) == State.UNCERTAIN
    assert mailbox.letters == []
    NoticeMail.objects.update(state=State.SENDING, sending_at=timezone.now() - timedelta(hours=1))
    assert settle_uncertain() == 1


def test_each_reads_it_in_their_language(giulia: User, luca: User, mailbox: Mailbox) -> None:
    from django.utils import translation

    for user in (giulia, luca):
        told(user)
    languages = [letter.get_body(("html",)).get_content().split('lang="')[1][:2] for letter in parsed(mailbox)]
    assert languages == ["en", "it"]
    assert translation.get_language() not in (None, "")


def test_digest_holds_what_is_unread_once(giulia: User, mailbox: Mailbox) -> None:
    Preference.objects.create(user=giulia, kind="job.done", email="daily")
    first, second, third = [tell(giulia, "job.done", title=f"Job {number}") for number in (1, 2, 3)]
    assert first
    Notice.objects.filter(pk=first.pk).update(read_at=timezone.now())
    came_yesterday()
    assert mailbox.letters == []
    assert send_digests.call() == 1
    assert send_digests.call() == 0
    (letter,) = parsed(mailbox)
    text = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == "2 notices from Fedele"
    assert ["Job 1" in text, "Job 2" in text, "Job 3" in text] == [False, True, True]
    assert set(Notice.objects.exclude(emailed_at=None)) == {second, third}


def test_nothing_left_to_tell_is_not_sent(giulia: User, mailbox: Mailbox) -> None:
    Preference.objects.create(user=giulia, kind="job.done", email="daily")
    tell(giulia, "job.done", title="Job")
    came_yesterday()
    User.objects.filter(pk=giulia.pk).update(is_active=False)
    send_digests.call()
    assert (NoticeMail.objects.get().state, mailbox.letters) == (State.DROPPED, [])


def came_yesterday() -> None:
    Notice.objects.update(shown_at=timezone.now() - timedelta(days=1))


def _sent_by_hand(giulia: User) -> None:
    mail = NoticeMail.objects.create(user=giulia)
    Notice.objects.create(user=giulia, kind="job.done", title="Import", mail=mail)
    send.call(mail.pk)
