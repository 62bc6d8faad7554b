from __future__ import annotations

from typing import Any

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Attachment, Message, Thread
from fedele.inbox.messages.telling import RECEIVED, tell_of
from fedele.journal.models import Entry
from fedele.knowledge.files.models import StoredFile
from fedele.people.contacts.models import Contact
from fedele.people.privacy.erasing import erase
from fedele.people.privacy.person import person_of


def test_of_an_erased_person_no_word_of_mail_is_left(sara: Any, giulia: Any) -> None:
    mailbox = Mailbox.objects.create(name="Sales", address="sales@aurora.example")
    elena, paolo = (
        Contact.objects.create(
            first_name=name, last_name="Rinaldi", email=f"{name.lower()}@rinaldi.example", owner=giulia
        )
        for name in ("Elena", "Paolo")
    )
    for who in (elena, paolo):
        thread = Thread.objects.create(
            subject="Secret", people=str(who), snippet="Secret", mailbox=mailbox, contact=who
        )
        message = Message.objects.create(
            thread=thread, mailbox=mailbox, state=State.FILED, contact=who, sender=who.email, subject="Secret", text="Secret", html="<p>Secret</p>",
            message_id=f"{who.pk}@x", raw=StoredFile.keep(b"Secret of " + who.email.encode()), recipients={"to": [["", "sales@aurora.example"]]},
        )  # fmt: skip
        Attachment.objects.create(message=message, file=StoredFile.keep(b"%PDF-1.4 secret"), name="Secret.pdf")
        tell_of(message, RECEIVED)
    erase(person_of("contact", elena.pk, sara), sara)
    gone, kept = Message.objects.get(contact=elena), Message.objects.get(contact=paolo)
    assert (
        gone.text,
        gone.html,
        gone.subject,
        gone.sender,
        gone.raw,
        gone.attachments.count(),
        str(gone.thread.people),
    ) == ("", "", "", "", None, 0, "")
    assert (kept.text, kept.attachments.count()) == ("Secret", 1)
    told = Entry.objects.filter(kind="contact.mail_received", record_id=elena.pk).values_list("data", flat=True)
    assert "Secret" not in str(list(told))
