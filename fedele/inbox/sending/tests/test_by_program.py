"""Mail for programs: the same messages, rights, checks and time to take back as on the screen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.access.keys import ApiKey
from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.sending.models import Writer
from fedele.knowledge.documents.tests.making import newest, pdf
from fedele.knowledge.documents.tests.making import send as put_on
from fedele.knowledge.files.models import StoredFile
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.tasks.jobs import Job


@pytest.fixture
def api(cast: Any, client: Any) -> Any:
    def call(who: str, method: str, path: str = "", key: str = "", **data: Any) -> Any:
        headers = {"Authorization": f"Bearer {ApiKey.make(getattr(cast, who), 'test')[1]}"}
        headers |= {"Idempotency-Key": key} if key else {}
        if method == "get":
            return client.get(f"/api/v1/messages{path}", data, headers=headers)
        return client.post(f"/api/v1/messages{path}", data, content_type="application/json", headers=headers)

    return call


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Job, "enqueue", lambda *_args, **_kwargs: None)


def came(box: Mailbox, who: Contact, subject: str = "Press", text: str = "It loses oil.") -> Message:
    n = Message.objects.count() + 1
    data = f"From: {who} <{who.email}>\r\nTo: {box.address}\r\nSubject: {subject}\r\nMessage-ID: <{n}@x>\r\n\r\n{text}\r\n\r\nIl giorno lun 11 mar 2024 alle ore 11:02 Giulia Bassi ha scritto:\r\n> Old\r\n"
    message = take(box, data.encode(), Place("INBOX", 1, n)).message
    assert message is not None
    return message


def subjects(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["subject"] for one in answer.json()["items"]]


def test_a_message_with_its_people_text_and_files(api: Any, elena: Contact, sales: Mailbox) -> None:
    message = came(sales, elena)
    file = Attachment.objects.create(
        message=message, file=StoredFile.keep(b"%PDF-1.4 x"), name="a.pdf", kind="application/pdf"
    )
    told = api("giulia", "get", f"/{message.pk}").json()
    assert {name: told[name] for name in ("direction", "subject", "text", "sender", "to", "company", "contact", "mailbox")} == {
        "direction": "in", "subject": "Press", "text": "It loses oil.", "company": elena.company_id, "contact": elena.pk,
        "sender": {"name": "Elena Rinaldi", "address": "elena@rinaldi.example"}, "mailbox": sales.pk,
        "to": [{"name": "", "address": "sales@aurora.example"}],
    }  # fmt: skip
    (listed,) = told["attachments"]
    assert (listed["id"], listed["name"], listed["size"]) == (file.pk, "a.pdf", 10)
    path = listed["url"].removeprefix("/api/v1/messages")
    assert b"".join(api("giulia", "get", path).streaming_content) == b"%PDF-1.4 x"
    assert api("giulia", "get", f"/{came(sales, elena).pk}/attachments/{file.pk}").status_code == 404


def test_the_filters_and_the_way_to_older_ones(api: Any, elena: Contact, sales: Mailbox, giulia: Any) -> None:
    lead = Lead.objects.create(first_name="Ada", last_name="Neri", email="ada@neri.example", owner=giulia)
    first, second, third = came(sales, elena, "One"), came(sales, elena, "Two"), came(sales, lead, "Three", "Lathe")  # type: ignore[arg-type]
    Message.objects.filter(pk=first.pk).update(at=timezone.now() - dt.timedelta(days=9), direction="out")
    asked = {
        "contact": elena.pk, "company": elena.company_id, "lead": lead.pk, "thread": second.thread_id, "mailbox": sales.pk,
        "since": str(timezone.localdate() - dt.timedelta(days=2)), "direction": "out", "q": "lathe",
    }  # fmt: skip
    assert {name: subjects(api("giulia", "get", **{name: value})) for name, value in asked.items()} == {
        "contact": ["Two", "One"], "company": ["Two", "One"], "lead": ["Three"], "thread": ["Two"],
        "mailbox": ["Three", "Two", "One"], "since": ["Three", "Two"], "direction": ["One"], "q": ["Three"],
    }  # fmt: skip
    page = api("giulia", "get", size=2).json()
    assert [one["id"] for one in page["items"]] == [third.pk, second.pk]
    assert subjects(api("giulia", "get", size=2, after=page["after"])) == ["One"]
    wrong = ({"since": "x"}, {"since": "0001-01-01"}, {"after": "x"}, {"after": "~1"}, {"size": 0}, {"direction": "up"})
    assert [api("giulia", "get", **one).status_code for one in wrong] == [400, 400, 400, 400, 422, 422]


def test_what_one_may_not_see_leaves_no_trace(
    api: Any,
    cast: Any,
    elena: Contact,
    sales: Mailbox,
    server: Any,
) -> None:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=cast.giulia)
    secret = came(own, elena, "Secret")
    Message.objects.filter(pk=secret.pk).update(is_confidential=True)
    begun = Message.objects.create(
        thread=came(sales, elena).thread, mailbox=sales, state=State.DRAFT, author=cast.giulia, subject="Begun"
    )
    assert subjects(api("luca", "get")) == ["Press"]
    assert subjects(api("luca", "get", q="secret")) == []
    assert [api("luca", "get", f"/{one.pk}").status_code for one in (secret, begun)] == [404, 404]
    assert [api("luca", "get", mailbox=own.pk).status_code, api("luca", "get", company=10**9).status_code] == [404, 404]
    assert api("luca", "post", mailbox=own.pk, to=["a@b.example"], subject="x", text="x").json()["fields"].keys() == {
        "mailbox"
    }
    assert api("luca", "post", answers=secret.pk, text="x").status_code == 404
    assert [api("eva", "get").status_code, api("eva", "post", text="x").status_code] == [403, 403]
    assert server.letters == []


def test_a_customer_one_may_not_see_is_not_named(api: Any, cast: Any, sales: Mailbox) -> None:
    lead = Lead.objects.create(first_name="Ada", last_name="Neri", email="ada@neri.example", owner=cast.sara)
    message = came(sales, lead)  # type: ignore[arg-type]
    assert Message.objects.get(pk=message.pk).lead_id == lead.pk
    assert not Lead.objects.visible_to(cast.giulia).filter(pk=lead.pk).exists()
    assert api("giulia", "get", f"/{message.pk}").json()["lead"] is None


def test_a_letter_of_a_program_leaves_as_from_the_screen(
    api: Any,
    client: Any,
    giulia: Any,
    elena: Contact,
    sales: Mailbox,
    server: Any,
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(giulia)
    put_on(client, elena.company, "offer.pdf", pdf("Offer"))
    document = newest()
    client.cookies.clear()
    answer = api(
        "giulia", "post", record_type="contact", record_id=elena.pk, subject="Our offer", text="Dear Elena", signature="",
        bcc=["archive@aurora.example"], documents=[document.pk],
    )  # fmt: skip
    told, message = answer.json(), Message.objects.get()
    assert (answer.status_code, told["id"], told["to"], told["attachments"][0]["name"]) == (
        201, message.pk, [{"name": "Elena Rinaldi", "address": "elena@rinaldi.example"}], "offer.pdf",
    )  # fmt: skip
    assert (message.state, message.author, message.contact) == (State.SENT, giulia, elena)
    assert server.letters[0].rcpt_tos == ["elena@rinaldi.example", "archive@aurora.example"]
    assert b"offer.pdf" in server.letters[0].content


def test_an_answer_goes_to_who_wrote_in_the_same_thread(
    api: Any,
    elena: Contact,
    sales: Mailbox,
    server: Any,
) -> None:
    asked = came(sales, elena)
    told = api("giulia", "post", answers=asked.pk, text="We come on Monday").json()
    assert (told["thread"], told["subject"], told["to"][0]["address"]) == (asked.thread_id, "Re: Press", elena.email)
    assert f"In-Reply-To: <{asked.message_id}>".encode() in server.letters[0].content


def test_without_a_signature_of_its_own_it_is_signed_as_on_the_screen(
    api: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    Writer.objects.create(user=giulia, signature="Giulia", signature_html="<div><b>Giulia</b></div>")
    given = {"to": ["elena@rinaldi.example"], "subject": "x", "text": "x"}
    signed = [api("giulia", "post", **given, **more).json()["signature"] for more in ({}, {"signature": ""})]
    assert (signed, Message.objects.get(signature="Giulia").signature_html) == (
        ["Giulia", ""],
        "<div><b>Giulia</b></div>",
    )


def test_asked_for_twice_it_is_sent_once(api: Any, elena: Contact, sales: Mailbox, server: Any) -> None:
    given = {"to": ["elena@rinaldi.example"], "subject": "Once", "text": "x"}
    first, again = (api("giulia", "post", key="order-17", **given) for _time in range(2))
    assert (first.status_code, again.status_code, again.json()["id"]) == (201, 200, first.json()["id"])
    assert api("giulia", "post", key="order-17", **{**given, "text": "y"}).status_code == 422
    assert api("luca", "post", key="order-17", **given).status_code == 201
    assert len(server.letters) == 2


def test_it_can_be_taken_back_while_it_waits(
    api: Any,
    elena: Contact,
    sales: Mailbox,
    server: Any,
    held: None,
) -> None:
    made = api("giulia", "post", to=["elena@rinaldi.example"], subject="No", text="x").json()
    assert (made["state"], made["leaves_at"] > made["at"]) == ("queued", True)
    assert api("luca", "post", f"/{made['id']}/stop").status_code == 404
    assert api("giulia", "post", f"/{made['id']}/stop").json()["state"] == "draft"
    assert api("giulia", "post", f"/{made['id']}/stop").status_code == 422
    assert server.letters == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"to": ["nobody"]}, "to"), ({"to": []}, "to"), ({"subject": ""}, "subject"), ({"text": "Dear {first_name}"}, "text"),
        ({"documents": [999]}, "documents"), ({"cc": ["a@b.example\nBcc: x@y.example"]}, ""), ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_field_by_field(
    api: Any,
    elena: Contact,
    sales: Mailbox,
    server: Any,
    given: dict[str, Any],
    field: str,
) -> None:
    answer = api("giulia", "post", **{"to": ["elena@rinaldi.example"], "subject": "x", "text": "x", **given})
    if field:
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
        assert server.letters == []
    else:
        # A line break is a blank: nothing is smuggled into the head, the addresses are what they are.
        assert all(b"\nBcc:" not in one.content for one in server.letters)


def test_statements_do_not_grow(api: Any, elena: Contact, sales: Mailbox) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert api("giulia", "get").status_code == 200
        return len(caught)

    came(sales, elena)
    counted()
    before = counted()
    for _n in range(12):
        Attachment.objects.create(message=came(sales, elena), file=StoredFile.keep(b"x"), name="a.pdf")
    assert counted() == before
