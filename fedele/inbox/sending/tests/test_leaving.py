"""From the form to the bytes that leave: once, in their thread, and what is not certain is said."""

from __future__ import annotations

import datetime as dt
import email
import io
from email import policy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from fedele.calendar.activities.models import Activity
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import Direction, State
from fedele.inbox.messages.models import Attachment, Message, Report, Thread
from fedele.inbox.sending.leaving import send, settle_uncertain
from fedele.inbox.sending.models import MailTemplate
from fedele.inbox.sending.writing import take_back
from fedele.journal.models import Entry
from fedele.knowledge.documents.tests.making import jpeg
from fedele.knowledge.files.models import StoredFile
from fedele.notices.handing import Deferred
from fedele.notices.models import Notice
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.tasks.jobs import Job
from fedele.tasks.running import Run, running


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters wait for the test to run their job."""
    monkeypatch.setattr(Job, "enqueue", lambda *_args, **_kwargs: None)


def write(client: Any, on: str, **given: Any) -> Any:
    typed = {"to": "Elena <elena@rinaldi.example>", "subject": "Our offer", "text": "Dear Elena,\nhere it is.", **given}
    return client.post(f"/mail/write/?on={on}", typed, headers={"HX-Request": "true", "HX-Target": "composer-email"})


def letters(server: Any) -> list[Any]:
    return [
        email.message_from_bytes(one.content.replace(b"\r\n", b"\n"), policy=policy.default) for one in server.letters
    ]


def test_a_letter_leaves_with_the_id_it_was_stored_with(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    client.force_login(giulia)
    answer = write(client, f"contact:{elena.pk}", mailbox=sales.pk, signature="Giulia Bassi", cc="info@rinaldi.example")
    (letter,), message = letters(server), Message.objects.get()
    assert (answer.status_code, message.state, message.author) == (204, State.SENT, giulia)
    assert letter["Message-ID"] == f"<{message.message_id}>"
    assert (letter["From"], letter["To"]) == ("Officine Aurora <sales@aurora.example>", "Elena <elena@rinaldi.example>")
    assert letter.get_body(("plain",)).get_content() == "Dear Elena,\nhere it is.\n\n-- \nGiulia Bassi\n"
    assert "Dear Elena,<br>" in letter.get_body(("html",)).get_content()
    assert server.letters[0].rcpt_tos == ["elena@rinaldi.example", "info@rinaldi.example"]
    # On the timeline of the person and of the firm, and what left is kept.
    entry = Entry.objects.get(kind="contact.mail_sent")
    assert (entry.actor, entry.data["subject"]) == (giulia, "Our offer")
    assert list(entry.links.values_list("record_type", "record_id")) == [("company", elena.company_id)]
    with message.raw.file.open("rb") as kept:
        assert email.message_from_bytes(kept.read())["Message-ID"] == letter["Message-ID"]


def test_an_answer_stands_in_its_thread(client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any) -> None:
    thread = Thread.objects.create(
        subject="Question", mailbox=sales, contact=elena, count=1, waiting_since=timezone.now()
    )
    asked = Message.objects.create(
        thread=thread, mailbox=sales, state=State.FILED, contact=elena, message_id="q2@rinaldi.example",
        references=["q1@rinaldi.example"], sender="elena@rinaldi.example", sender_name="Elena Rinaldi",
        recipients={"to": [["", "sales@aurora.example"], ["Paolo", "paolo@rinaldi.example"]]},
        subject="R: Question", text="How much?\nElena",
    )  # fmt: skip
    client.force_login(giulia)
    page = client.get(f"/mail/write/?reply={asked.pk}&all=1").content.decode()
    assert 'value="Re: Question"' in page
    assert "paolo@rinaldi.example" in page
    client.post(
        f"/mail/write/?reply={asked.pk}",
        {"mailbox": sales.pk, "to": "elena@rinaldi.example", "subject": "Re: Question", "text": "Ten."},
    )
    (letter,) = letters(server)
    assert letter["In-Reply-To"] == "<q2@rinaldi.example>"
    assert letter["References"] == "<q1@rinaldi.example> <q2@rinaldi.example>"
    text = letter.get_body(("plain",)).get_content()
    assert text.startswith("Ten.\n\nOn ") and text.endswith("> How much?\n> Elena\n")
    thread.refresh_from_db()
    asked.refresh_from_db()
    assert (thread.count, thread.waiting_since, asked.answered_at is not None) == (2, None, True)
    assert Message.objects.get(direction=Direction.OUT).contact == elena


def test_passed_on_with_its_files_and_answered_from_where_it_opens(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    thread = Thread.objects.create(subject="Drawing", mailbox=sales, contact=elena, count=1)
    came = Message.objects.create(
        thread=thread, mailbox=sales, state=State.FILED, contact=elena, message_id="d@rinaldi.example",
        sender="elena@rinaldi.example", sender_name="Elena Rinaldi", subject="Drawing", text="See the file.",
        recipients={"to": [["", "sales@aurora.example"]]},
    )  # fmt: skip
    stored = StoredFile.keep(b"%PDF-1.4 drawing")
    Attachment.objects.create(message=came, file=stored, name="Pezzo.pdf", kind="application/pdf")
    client.force_login(giulia)
    opened = client.get(f"/mail/message/{came.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert [f"/mail/write/?{how}={came.pk}" in opened for how in ("reply", "forward")] == [True, True]
    form = client.get(f"/mail/write/?forward={came.pk}").content.decode()
    ticket = form.split('name="kept" value="')[1].split('"')[0]
    text = form.split('name="text" id="id_text"')[1].split(">", 1)[1].split("</textarea>")[0]
    typed = {"mailbox": sales.pk, "to": "paolo@stampi.example", "subject": "Fwd: Drawing", "text": text, "kept": ticket}
    assert client.post(f"/mail/write/?forward={came.pk}", typed).status_code == 302
    (letter,) = letters(server)
    (attached,) = letter.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("Pezzo.pdf", b"%PDF-1.4 drawing")
    assert letter.get_body(("plain",)).get_content().endswith("Subject: Drawing\n\nSee the file.\n")


def test_files_and_the_next_step_go_along(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    client.force_login(giulia)
    offer = SimpleUploadedFile("Offerta 12.pdf", b"%PDF-1.4 offer")
    program = SimpleUploadedFile("bad.exe", b"MZ program")
    refused = write(client, f"contact:{elena.pk}", mailbox=sales.pk, files=[program])
    assert (refused.status_code, "bad.exe" in refused.content.decode(), Message.objects.count()) == (422, True, 0)
    day = timezone.localdate() + dt.timedelta(days=3)
    # A mistake elsewhere does not lose the file: the form carries a ticket for it.
    wrong = write(
        client, f"contact:{elena.pk}", mailbox=sales.pk, to="nobody", files=[offer], remind_on=day.isoformat()
    )
    ticket = wrong.content.decode().split('name="kept" value="')[1].split('"')[0]
    assert (
        write(client, f"contact:{elena.pk}", mailbox=sales.pk, kept=ticket, remind_on=day.isoformat()).status_code
        == 204
    )
    (letter,) = letters(server)
    (attached,) = letter.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("Offerta 12.pdf", b"%PDF-1.4 offer")
    step = Activity.objects.get()
    assert (step.due_on, step.owner, step.contact, step.subject) == (day, giulia, elena, "No answer yet? Our offer")


def test_a_photo_leaves_without_the_place_it_was_taken_at(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    client.force_login(giulia)
    photo = SimpleUploadedFile("press.jpg", jpeg(place=True))
    assert write(client, f"contact:{elena.pk}", mailbox=sales.pk, files=[photo]).status_code == 204
    (attached,) = letters(server)[0].iter_attachments()
    with Image.open(io.BytesIO(attached.get_content())) as image:
        assert (dict(image.getexif().get_ifd(0x8825)), image.getexif()[0x010F]) == ({}, "Camera")


def test_what_stands_in_braces_is_filled_or_stops_the_letter(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    template = MailTemplate.objects.create(
        name="Thanks", subject="Thanks {first_name}", body="Dear {first_name} of {company}, {our_name} {{x}} {city}"
    )
    client.force_login(giulia)
    typed = {"template": template.pk, "text": "Hello"}
    filled = client.post(f"/mail/write/fill/?on=contact:{elena.pk}", typed).content.decode()
    assert "Thanks Elena" in filled
    assert "Hello\n\nDear Elena of Rinaldi" in filled
    refused = write(client, f"contact:{elena.pk}", mailbox=sales.pk, text="In {city} soon")
    assert (refused.status_code, "Still to be filled in: {city}" in refused.content.decode(), server.letters) == (
        422,
        True,
        [],
    )


def test_a_letter_to_nobody_in_particular_knows_who_writes(client: Any, giulia: Any, sales: Mailbox) -> None:
    template = MailTemplate.objects.create(name="Hello", subject="From {my_name}", body="{first_name}, {company}")
    client.force_login(giulia)
    filled = client.post("/mail/write/fill/", {"template": template.pk, "text": ""}).content.decode()
    assert [words in filled for words in (f"From {giulia}", "{first_name}, {company}")] == [True, True]


def test_taken_back_before_it_leaves_and_sent_later_once(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any, held: None
) -> None:
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk)
    message = Message.objects.get()
    back = client.post(f"/mail/sent/{message.pk}/stop/", headers={"HX-Request": "true"})
    assert back.headers["HX-Redirect"] == f"/mail/write/?draft={message.pk}"
    assert send.call(message.pk) == State.DRAFT
    assert "here it is." in client.get(f"/mail/write/?draft={message.pk}").content.decode()
    client.post(
        f"/mail/write/?draft={message.pk}",
        {"mailbox": sales.pk, "to": "elena@rinaldi.example", "subject": "Our offer", "text": "Better."},
    )
    (again,) = Message.objects.all()
    assert (send.call(again.pk), send.call(again.pk)) == (State.SENT, State.SENT)
    assert (len(server.letters), Thread.objects.count(), again.contact) == (1, 1, elena)
    assert not take_back(again)


def test_refused_for_now_is_tried_again_and_arrives_once(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any, held: None
) -> None:
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk)
    message, server.answers = Message.objects.get(), ["451 greylisted"]
    with running(Run(1, 5)), pytest.raises(Deferred) as deferred:
        send.func.__wrapped__(message.pk)
    message.refresh_from_db()
    assert (deferred.value.after, message.state, "451" in message.trouble) == (1800, State.QUEUED, True)
    assert send.call(message.pk) == State.SENT
    assert len(server.letters) == 1


def test_refused_for_good_is_told_to_its_author(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    server.answers = ["554 no"]
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk)
    message, notice = Message.objects.get(), Notice.objects.get(kind="mail.failed")
    assert (message.state, notice.user, notice.url) == (State.FAILED, giulia, f"/mail/{message.thread_id}/")
    assert Entry.objects.filter(kind="contact.mail_failed").count() == 1
    client.post(f"/mail/sent/{message.pk}/again/")
    message.refresh_from_db()
    # The other is the notice that it failed.
    assert (message.state, [one.rcpt_tos for one in server.letters]) == (
        State.SENT,
        [[giulia.email], ["elena@rinaldi.example"]],
    )


def test_a_lost_line_after_the_text_is_uncertain_and_not_sent_again(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    server.hang_up = True
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk)
    message = Message.objects.get()
    assert (message.state, send.call(message.pk), len(server.letters)) == (State.UNCERTAIN, State.UNCERTAIN, 1)
    client.post(f"/mail/sent/{message.pk}/arrived/")
    message.refresh_from_db()
    assert message.state == State.SENT


def test_one_bad_recipient_does_not_hold_the_others_back(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def handle_RCPT(_server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("gone@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    monkeypatch.setattr(server, "handle_RCPT", handle_RCPT, raising=False)
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk, to="elena@rinaldi.example, gone@rinaldi.example")
    report = Report.objects.get()
    assert (Message.objects.get().state, server.letters[0].rcpt_tos) == (State.SENT, ["elena@rinaldi.example"])
    assert (report.recipient, report.diagnostic) == ("gone@rinaldi.example", "550 no such person")
    assert Notice.objects.get(kind="mail.refused").data["addresses"] == "gone@rinaldi.example"


def test_a_process_that_died_while_sending_leaves_it_uncertain(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any, held: None
) -> None:
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk)
    Message.objects.update(state=State.SENDING, sent_at=timezone.now() - dt.timedelta(hours=1))
    assert settle_uncertain() == 1
    assert (Message.objects.get().state, server.letters) == (State.UNCERTAIN, [])


def test_who_may_not_sees_and_sends_nothing(
    client: Any, giulia: Any, luca: Any, eva: Any, elena: Contact, sales: Mailbox, server: Any
) -> None:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=giulia)
    client.force_login(eva)
    assert write(client, f"contact:{elena.pk}", mailbox=sales.pk).status_code == 403
    client.force_login(luca)
    refused = write(client, f"contact:{elena.pk}", mailbox=own.pk)
    assert (refused.status_code, "giulia@aurora.example" in refused.content.decode()) == (422, False)
    hidden = Company.objects.create(name="Hidden")
    Company.objects.filter(pk=hidden.pk).update(trashed_at=timezone.now())
    assert write(client, f"company:{hidden.pk}", mailbox=sales.pk).status_code in (404, 410)
    assert (Message.objects.count(), server.letters) == (0, [])


@pytest.mark.parametrize("to", ["a@b.example\nBcc: x@y.example", "Elena", "<>", "a@b"])
def test_no_header_can_be_smuggled_in(
    client: Any, giulia: Any, elena: Contact, sales: Mailbox, server: Any, to: str
) -> None:
    client.force_login(giulia)
    write(client, f"contact:{elena.pk}", mailbox=sales.pk, to=to, subject="One\r\nBcc: evil@y.example")
    assert all(
        letter["Bcc"] is None and "evil@y.example" not in one.rcpt_tos
        for letter, one in zip(letters(server), server.letters, strict=True)
    )
