"""Reading mail: who sees which, what stands where, and what one does with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import Direction, State
from fedele.inbox.messages.models import Attachment, Message, Thread
from fedele.inbox.messages.telling import RECEIVED, tell_of
from fedele.knowledge.files.models import StoredFile
from fedele.notices.models import Notice
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def sales(db: Any) -> Mailbox:
    return Mailbox.objects.create(name="Sales", address="sales@aurora.example")


@pytest.fixture
def elena(giulia: Any) -> Contact:
    return Contact.objects.create(
        first_name="Elena",
        last_name="Rinaldi",
        company=Company.objects.create(name="Rinaldi", owner=giulia),
        owner=giulia,
    )


def received(mailbox: Mailbox, contact: Contact | None = None, subject: str = "Question", **given: Any) -> Message:
    now = timezone.now()
    company = given.pop("company", contact.company if contact else None)
    places = {"contact": contact, "company": company}
    thread = Thread.objects.create(
        subject=subject, mailbox=mailbox, people="Elena Rinaldi", snippet="How much?", count=1, last_at=now, waiting_since=now, is_unread=True,
        is_parked=company is None, is_confidential=given.get("is_confidential", False), **places,
    )  # fmt: skip
    given.setdefault("message_id", f"{thread.pk}@rinaldi.example")
    values = {"text": "How much?", "sender": "elena@rinaldi.example", "sender_name": "Elena Rinaldi", **places, **given}
    message = Message.objects.create(
        thread=thread,
        mailbox=mailbox,
        state=State.FILED,
        subject=subject,
        recipients={"to": [["", mailbox.address]]},
        **values,
    )
    tell_of(message, RECEIVED)
    return message


def test_it_stands_on_the_timeline_and_opens_there(client: Any, giulia: Any, elena: Contact, sales: Mailbox) -> None:
    message = received(sales, elena, quoted="> old", signature="Elena")
    client.force_login(giulia)
    assert "E-mail received: Question" in client.get(f"/companies/{elena.company_id}/").content.decode()
    opened = client.get(f"/mail/message/{message.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "How much?" in opened and "What it answers to" in opened


def test_the_thread_is_read_by_those_of_its_mailbox_only(client: Any, giulia: Any, luca: Any, elena: Contact) -> None:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=giulia)
    thread = received(own, elena).thread
    client.force_login(luca)
    assert client.get(f"/mail/{thread.pk}/").status_code == 200
    thread.refresh_from_db()
    assert thread.is_unread
    client.force_login(giulia)
    client.get(f"/mail/{thread.pk}/")
    thread.refresh_from_db()
    assert not thread.is_unread


def test_confidential_and_parked_mail_of_a_colleague_leaves_no_trace(
    client: Any, giulia: Any, luca: Any, sara: Any, eva: Any, elena: Contact
) -> None:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=giulia)
    secret, parked = received(own, elena, "Salary secret", is_confidential=True), received(own, None, "Private secret")
    file = Attachment.objects.create(message=secret, file=StoredFile.keep(PNG), name="secret.png")
    for who in (luca, sara, eva):
        client.force_login(who)
        pages = [f"/mail/?view={view}" for view in ("waiting", "mine", "parked", "all")] + [
            "/mail/?view=all&q=secret",
            f"/companies/{elena.company_id}/",
        ]
        assert not [
            page
            for page in pages
            if "secret" in client.get(page).content.decode().replace('value="secret"', "").replace("q=secret", "")
        ]
        for one in (secret, parked):
            gone = [
                f"/mail/{one.thread_id}/",
                f"/mail/message/{one.pk}/",
                f"/mail/message/{one.pk}/html/",
                f"/mail/message/{one.pk}/pictures/",
                f"/mail/message/{one.pk}/original/",
                f"/mail/write/?reply={one.pk}",
            ]
            assert {client.get(page).status_code for page in gone} <= {404, 403}
        assert client.get(f"/mail/attachment/{file.pk}/").status_code == 404
        assert client.post(f"/mail/{secret.thread_id}/change/", {"what": "open"}).status_code == 404
    client.force_login(giulia)
    assert "Salary secret" in client.get("/mail/?view=mine").content.decode()


def test_given_to_a_colleague_who_is_told(client: Any, giulia: Any, luca: Any, elena: Contact, sales: Mailbox) -> None:
    thread = received(sales, elena).thread
    client.force_login(giulia)
    client.post(f"/mail/{thread.pk}/change/", {"what": "assign", "to": luca.pk})
    thread.refresh_from_db()
    assert (thread.assigned_to, Notice.objects.get().kind, Notice.objects.get().user) == (luca, "mail.assigned", luca)
    client.post(f"/mail/{thread.pk}/change/", {"what": "answered"})
    thread.refresh_from_db()
    assert thread.waiting_since is None
    assert client.post(f"/mail/{thread.pk}/change/", {"what": "is_confidential"}).status_code == 404


def test_files_leave_as_downloads_and_only_pictures_are_drawn(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox
) -> None:
    message = received(sales, elena, html='<p>Look</p><img src="cid:logo@x"><img src="https://track.example/a.gif">')
    drawn = Attachment.objects.create(
        message=message, file=StoredFile.keep(PNG), name="logo.png", cid="logo@x", is_inline=True
    )
    page = Attachment.objects.create(
        message=message,
        file=StoredFile.keep(b"<svg onload=alert(1)>"),
        name='a".svg',
        kind="image/svg+xml",
        cid="bad@x",
    )
    client.force_login(giulia)
    shown = client.get(f"/mail/message/{message.pk}/html/").content.decode()
    assert f'src="/mail/attachment/{drawn.pk}/picture/"' in shown and "track.example" not in shown
    picture = client.get(f"/mail/attachment/{drawn.pk}/picture/")
    assert (picture.headers["Content-Type"], picture.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert client.get(f"/mail/attachment/{page.pk}/picture/").status_code == 404
    assert client.get(f"/mail/attachment/{page.pk}/").headers["Content-Disposition"].startswith("attachment")
    asked = client.get(f"/mail/message/{message.pk}/pictures/")
    assert "track.example" in asked.content.decode()
    assert "img-src 'self' data: blob: https: http:" in asked.headers["Content-Security-Policy"]
    assert (
        "https:"
        not in client.get(f"/mail/{message.thread_id}/")
        .headers["Content-Security-Policy"]
        .split("img-src")[1]
        .split(";")[0]
    )


def test_statements_do_not_grow(client: Any, giulia: Any, elena: Contact, sales: Mailbox) -> None:
    client.force_login(giulia)

    def counted(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    first = received(sales, elena)
    Attachment.objects.create(message=first, file=StoredFile.keep(PNG), name="a.png")
    before = counted("/mail/?view=all"), counted(f"/mail/{first.thread_id}/")
    for n in range(12):
        received(sales, elena, f"Question {n}")
        more = Message.objects.create(
            thread=first.thread,
            mailbox=sales,
            contact=elena,
            company=elena.company,
            state=State.SENT,
            direction=Direction.OUT,
            text=f"{n}",
            author=giulia,
        )
        Attachment.objects.create(message=more, file=StoredFile.keep(PNG), name="a.png")
    assert (counted("/mail/?view=all"), counted(f"/mail/{first.thread_id}/")) == before


def test_page_by_page_without_a_gap(client: Any, giulia: Any, elena: Contact, sales: Mailbox) -> None:
    for n in range(45):
        thread = received(sales, elena, f"No {n:02}").thread
        Thread.objects.filter(pk=thread.pk).update(last_at=timezone.now() - dt.timedelta(minutes=n // 3))
    client.force_login(giulia)
    first = client.get("/mail/?view=all").content.decode()
    older = first.split('class="older" hx-get="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(older, headers={"HX-Request": "true"}).content.decode()
    seen = (
        [f"No {n:02}" for n in range(45) if f"No {n:02}" in first],
        [f"No {n:02}" for n in range(45) if f"No {n:02}" in second],
    )
    assert (len(seen[0]), sorted(seen[0] + seen[1])) == (40, [f"No {n:02}" for n in range(45)])


def test_who_answers_is_chosen_among_those_who_read_mail(
    client: Any, giulia: Any, luca: Any, eva: Any, elena: Contact, sales: Mailbox
) -> None:
    thread = received(sales, elena).thread
    client.force_login(giulia)
    chosen = client.get(f"/mail/{thread.pk}/").content.decode().partition('id="assign-to"')[2].partition("</select>")[0]
    assert [f'value="{one.pk}"' in chosen for one in (giulia, luca, eva)] == [True, True, False]
