"""The list of mail narrowed: each filter by itself, together, in the address; nothing of what one may not see."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.jobs import make_findable
from fedele.inbox.messages.kinds import Direction, State
from fedele.inbox.messages.models import Attachment, Message, Thread
from fedele.knowledge.files.models import StoredFile
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.search.models import Document

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def info(db: Any) -> Mailbox:
    return Mailbox.objects.create(name="Info", address="info@aurora.example")


@pytest.fixture
def people(giulia: Any) -> dict[str, Contact]:
    return {
        name: Contact.objects.create(
            first_name=first, last_name=name, email=f"{first}@{name}.example".lower(), owner=giulia,
            company=Company.objects.create(name=f"{name} S.r.l.", owner=giulia),
        )
        for first, name in (("Elena", "Rinaldi"), ("Giorgio", "Colombo"))
    }  # fmt: skip


def came(box: Mailbox, who: Contact, subject: str, text: str = "Buongiorno") -> Message:
    n = Message.objects.count() + 1
    data = (
        f"From: {who} <{who.email}>\r\nTo: {box.address}\r\nSubject: {subject}\r\nMessage-ID: <{n}@x>\r\n\r\n{text}\r\n"
    )
    message = take(box, data.encode(), Place("INBOX", 1, n)).message
    assert message is not None
    return message


@pytest.fixture
def listed(client: Any, giulia: Any) -> Any:
    """The subjects on the page."""
    client.force_login(giulia)

    def asked(address: str) -> set[str]:
        html = client.get(f"/mail/?view=all&{address}").content.decode()
        rows = html.partition('id="mail-rows"')[2].partition("</ul>")[0]
        return {subject for subject in ("Press", "Lathe", "Invoice") if subject in rows}

    return asked


@pytest.fixture
def mail(info: Mailbox, people: dict[str, Contact], giulia: Any) -> dict[str, Message]:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=giulia)
    found = {
        "Press": came(info, people["Rinaldi"], "Press", "The press loses oil at its head."),
        "Lathe": came(own, people["Colombo"], "Lathe", "Twelve weeks are too many."),
        "Invoice": came(info, people["Colombo"], "Invoice", "Six hours, we signed four."),
    }
    Attachment.objects.create(message=found["Invoice"], file=StoredFile.keep(b"%PDF-1.4"), name="hours.pdf")
    Attachment.objects.create(message=found["Press"], file=StoredFile.keep(b"x"), name="logo.png", is_inline=True)
    long_ago = timezone.now() - dt.timedelta(days=800)
    Thread.objects.filter(pk=found["Lathe"].thread_id).update(last_at=long_ago)
    return found


def test_each_filter_by_itself_and_together(listed: Any, mail: Any, info: Mailbox, people: Any) -> None:
    today, colombo = timezone.localdate(), people["Colombo"]
    asked = {
        "": {"Press", "Lathe", "Invoice"},
        f"mailbox={info.pk}": {"Press", "Invoice"},
        "sender=colombo": {"Lathe", "Invoice"},
        "sender=giorgio@colombo.example&q=signed": {"Invoice"},
        "to=giulia@aurora.example": {"Lathe"},
        "to=colombo": set(),
        f"company={colombo.company_id}": {"Lathe", "Invoice"},
        f"contact={people['Rinaldi'].pk}": {"Press"},
        "attached=on": {"Invoice"},
        "period=today": {"Press", "Invoice"},
        f"until={today - dt.timedelta(days=700)}": {"Lathe"},
        f"since={today}&until={today}": {"Press", "Invoice"},
        "q=weeks": {"Lathe"},
        f"q=hours&mailbox={info.pk}&sender=Colombo": {"Invoice"},
    }
    assert {address: listed(address) for address in asked} == asked


def test_words_around_stand_in_the_line_that_leads_there(client: Any, giulia: Any, mail: Any) -> None:
    client.force_login(giulia)
    html = client.get("/mail/?view=all&q=heads").content.decode()
    assert f'href="/mail/{mail["Press"].thread_id}/?at={mail["Press"].pk}#message-{mail["Press"].pk}"' in html
    assert "The press loses oil at its head." in html


def test_what_is_no_value_is_set_aside_and_shown(client: Any, giulia: Any, luca: Any, mail: Any) -> None:
    private = Mailbox.objects.create(name="Luca secret", address="luca@aurora.example", owner=luca)
    client.force_login(giulia)
    for wrong in (
        "since=yesterday",
        "until=0001-01-01",
        "period=never",
        f"mailbox={private.pk}",
        "company=x",
        "lead=9" * 9,
    ):
        answer = client.get(f"/mail/?view=all&{wrong}")
        html = answer.content.decode()
        assert (answer.status_code, 'class="chip on gone"' in html, "Luca secret" in html) == (200, True, False), wrong


def test_the_way_to_older_ones_keeps_the_filters(client: Any, giulia: Any, info: Mailbox, people: Any) -> None:
    for n in range(42):
        came(info, people["Rinaldi"], f"Press {n}", "Oil")
    client.force_login(giulia)
    html = client.get(f"/mail/?view=all&q=oil&sender=rinaldi&mailbox={info.pk}").content.decode()
    older = html.split('class="older" hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert older.startswith(f"/mail/?view=all&q=oil&mailbox={info.pk}&sender=rinaldi&before=")
    assert client.get(older).content.decode().count("data-notice") == 2


def test_waiting_for_a_reply_until_they_write(listed: Any, client: Any, mail: Any, info: Mailbox, people: Any) -> None:
    message = mail["Press"]
    assert listed("view=awaited") == set()
    message.thread.refresh_from_db()
    message.thread.await_answer(timezone.now())
    assert (listed("view=awaited"), listed("view=waiting")) == ({"Press"}, {"Invoice", "Lathe"})
    answer = f"From: e <{people['Rinaldi'].email}>\r\nTo: {info.address}\r\nSubject: Re: Press\r\nMessage-ID: <a@x>\r\nIn-Reply-To: <{message.message_id}>\r\n\r\nYes\r\n"
    take(info, answer.encode(), Place("INBOX", 1, 99))
    assert (listed("view=awaited"), listed("view=waiting")) == (set(), {"Press", "Invoice", "Lathe"})
    message.thread.await_answer(timezone.now())
    client.post(f"/mail/{message.thread_id}/change/", {"what": "answered"})
    assert listed("view=awaited") == set()


def test_sent_is_what_i_or_my_mailboxes_sent(listed: Any, mail: Any, giulia: Any, luca: Any) -> None:
    def sent(which: str, **given: Any) -> None:
        Message.objects.create(thread=mail[which].thread, direction=Direction.OUT, state=State.SENT, **given)

    sent("Press", author=giulia)
    sent("Lathe", mailbox=mail["Lathe"].mailbox, author=luca)
    sent("Invoice", author=luca)
    assert listed("view=sent") == {"Press", "Lathe"}


def test_statements_do_not_grow_with_what_is_found(client: Any, giulia: Any, info: Mailbox, people: Any) -> None:
    client.force_login(giulia)
    came(info, people["Rinaldi"], "Press", "Oil")

    def counted() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get("/mail/?view=all&q=oil&sender=rinaldi&attached=")
        return len(caught)

    counted()
    before = counted()
    for n in range(15):
        came(info, people["Rinaldi"], f"Press {n}", "Oil")
    # The first search after new words were written adds up how often each is used.
    counted()
    assert counted() <= before


def test_mail_of_before_is_made_findable(listed: Any, mail: Any) -> None:
    Document.objects.filter(record_type="mail").delete()
    assert listed("q=weeks") == set()
    make_findable.call(0)
    assert listed("q=weeks") == {"Lathe"}
