"""What becomes of a mail: whose it is, which thread it continues, who hears of it."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from typing import Any

from django.test import Client

from fedele.inbox.filing.taking import Place, take
from fedele.inbox.filing.tests.conftest import mail, sent
from fedele.inbox.mailboxes.models import Rule
from fedele.inbox.messages.models import Message
from fedele.journal.models import Entry
from fedele.knowledge.documents.tests.making import jpeg
from fedele.notices.models import Notice
from fedele.people.leads.models import Lead
from fedele.records.page.telling import tell

ELENA = "Elena Rinaldi <elena@rinaldi.example>"


def told(record: Any) -> list[str]:
    return [
        f"{entry.kind}: {entry.data['subject']}"
        for entry in Entry.objects.about(record.record_type, record.pk)
        if "subject" in entry.data
    ]


def test_a_customers_mail_is_on_both_timelines_and_their_owner_hears(
    info: Any, elena: Any, came: Any, cast: Any
) -> None:
    message = came(info, mail(ELENA, text="Quanto costa?\r\n\r\n> vecchio"))
    assert (message.state, message.contact, message.company, message.text) == (
        "filed",
        elena,
        elena.company,
        "Quanto costa?",
    )
    assert told(elena) == told(elena.company) == ["contact.mail_received: Richiesta"]
    assert [(one.user, one.kind) for one in Notice.objects.all()] == [(cast.giulia, "mail.received")]
    assert message.thread.waiting_since is not None


def test_that_mail_came_by_mail_is_not_said_twice(info: Any, elena: Any, came: Any, cast: Any) -> None:
    came(info, mail(ELENA))
    (line,) = tell(Entry.objects.filter(kind="contact.mail_received"), elena, cast.giulia)
    assert (line.sentence, line.door) == ("E-mail received: Richiesta", "")


def test_it_is_answered_from_the_timeline_by_who_may_write(
    info: Any, elena: Any, came: Any, cast: Any, client: Client
) -> None:
    message = came(info, mail(ELENA, text="Quanto costa?"))
    address, page = f"/mail/write/?reply={message.pk}", f"/contacts/{elena.pk}/"
    client.force_login(cast.giulia)
    assert address in client.get(page).content.decode()
    assert "Quanto costa?" in client.get(address).content.decode()
    role = cast.giulia.roles.get()
    role.rights = {**role.rights, "message": {**role.rights["message"], "create": "none"}}
    role.save()
    assert address not in client.get(page).content.decode()


def test_an_answer_continues_its_thread(info: Any, elena: Any, came: Any) -> None:
    ours = sent(info, elena)
    message = came(info, mail(ELENA, "Re: Offerta", extra="In-Reply-To: <offerta@aurora.example>\r\n"))
    assert message.thread == ours.thread
    assert (message.thread.count, message.thread.is_unread) == (1, True)


def test_a_colleague_of_who_was_written_to_may_answer(info: Any, elena: Any, came: Any) -> None:
    from fedele.people.contacts.models import Contact

    ours = sent(info, elena)
    piero = Contact.objects.create(last_name="Piero", email="piero@altro.example", company=elena.company)
    message = came(info, mail(piero.email, "Re: Offerta", extra="In-Reply-To: <offerta@aurora.example>\r\n"))
    assert (message.thread, message.contact) == (ours.thread, piero)


def test_another_customer_does_not_enter_a_thread_they_name(info: Any, elena: Any, bruno: Any, came: Any) -> None:
    """A-65: references of somebody else's thread begin one of one's own."""
    ours = sent(info, elena)
    message = came(info, mail(bruno.email, "Re: Offerta", extra="References: <offerta@aurora.example>\r\n"))
    assert message.thread != ours.thread
    assert (message.contact, message.company) == (bruno, bruno.company)
    assert told(elena) == []


def test_a_stranger_who_names_a_thread_waits_for_approval(info: Any, elena: Any, came: Any) -> None:
    ours = sent(info, elena)
    message = came(info, mail("ladro@evil.example", "Re: Offerta", extra="In-Reply-To: <offerta@aurora.example>\r\n"))
    assert (message.state, message.notes["why"], message.customer) == ("parked", "stranger", None)
    assert message.thread != ours.thread
    assert not Notice.objects.exists()


def test_who_was_sent_a_copy_may_answer_though_unknown(info: Any, elena: Any, came: Any) -> None:
    ours = sent(info, elena)
    ours.recipients["cc"] = [["", "tecnico@terzi.example"]]
    ours.save()
    message = came(
        info, mail("tecnico@terzi.example", "Re: Offerta", extra="In-Reply-To: <offerta@aurora.example>\r\n")
    )
    assert (message.thread, message.contact, message.state) == (ours.thread, elena, "filed")


def test_a_personal_mailbox_keeps_nothing_of_strangers(own: Any, elena: Any, came: Any) -> None:
    assert came(own, mail("medico@privato.example", "Esami")) is None
    assert came(own, mail(ELENA)).contact == elena
    assert Message.objects.count() == 1


def test_mail_of_strangers_waits_or_becomes_a_lead_as_one_wants(info: Any, came: Any, cast: Any) -> None:
    assert came(info, mail("nuovo@ditta.example", "Prima")).state == "parked"
    info.unknown = "lead"
    info.save()
    message = came(
        info,
        mail(
            "Nicola Serra <nicola@ditta.example>",
            "Seconda",
            "Ci serve una pressa.\r\n\r\n-- \r\nNicola Serra\r\nSerra Stampi S.r.l.\r\nTel. 030 2001234",
        ),
    )
    lead = Lead.objects.get()
    assert (lead.first_name, lead.last_name, lead.company_name, lead.phone) == (
        "Nicola",
        "Serra",
        "Serra Stampi S.r.l.",
        "+390302001234",
    )
    assert (lead.source, lead.interest, lead.notes) == ("email", "Seconda", "Ci serve una pressa.")
    assert (message.lead, message.state) == (lead, "filed")
    assert told(lead) == ["lead.mail_received: Seconda"]


def test_machines_make_no_leads_and_tell_nobody(info: Any, elena: Any, came: Any) -> None:
    """A-60."""
    info.unknown = "lead"
    info.save()
    for number, extra in enumerate(
        ("Auto-Submitted: auto-replied", "List-Id: <x.example>", "X-Autoreply: yes", "Precedence: auto_reply")
    ):
        assert came(info, mail("robot@ditta.example", f"Auto {number}", extra=f"{extra}\r\n")).state == "ignored"
    answer = came(info, mail(ELENA, "Assente", extra="Auto-Submitted: auto-replied\r\n"))
    assert (answer.state, answer.thread.waiting_since, answer.thread.is_unread) == ("filed", None, False)
    assert not Lead.objects.exists()
    assert not Notice.objects.exists()
    assert told(elena) == []


def test_human_mail_that_a_program_marked_is_found_again_by_a_rule(info: Any, came: Any) -> None:
    """A-63."""
    Rule.objects.create(sender="@crm-del-cliente.example", does="person")
    assert (
        came(info, mail("ordini@crm-del-cliente.example", "Ordine", extra="Auto-Submitted: auto-generated\r\n")).state
        == "parked"
    )
    Rule.objects.create(sender="spam@ditta.example", does="ignore")
    assert came(info, mail("spam@ditta.example", "Vinci")) is None


def test_mail_of_our_own_makes_no_loop(info: Any, elena: Any, came: Any) -> None:
    """A-62: from an alias of ours; between colleagues; a copy of what Fedele sent."""
    info.aliases = ["vendite@aurora.example"]
    info.save()
    assert came(info, mail("vendite@aurora.example", "Giro")) is None
    assert came(info, mail("info+x@aurora.example", "Giro 2")) is None
    ours = sent(info, elena)
    assert (
        came(
            info,
            mail("info@aurora.example", "Offerta", to="elena@rinaldi.example").replace(
                b"<Offerta@aurora.example>", b"<offerta@aurora.example>"
            ),
        )
        == ours
    )


def test_what_claims_to_be_a_colleagues_is_not_believed(info: Any, elena: Any, came: Any, cast: Any) -> None:
    """A-64: only the address that colleagues know files mail as theirs."""
    forged = came(
        info, mail(f"Giulia <{cast.giulia.email}>", "Bonifico", to="elena@rinaldi.example, info@aurora.example")
    )
    assert (forged.direction, forged.state, forged.notes["why"]) == ("in", "parked", "claims_to_be_ours")
    filed = came(
        info,
        mail(
            f"Giulia <{cast.giulia.email}>",
            "Appunti",
            to="elena@rinaldi.example",
            extra=f"Delivered-To: {info.filing_address}\r\n",
        ),
    )
    assert (filed.direction, filed.state, filed.author, filed.contact) == ("out", "sent", cast.giulia, elena)
    assert told(elena) == ["contact.mail_sent: Appunti"]


def test_the_folder_of_sent_mail_is_ours(own: Any, elena: Any, came: Any, cast: Any) -> None:
    own.sent_folder = "Sent"
    own.save()
    came(own, mail(ELENA, "Domanda", to=own.address, mid="domanda"))
    answer = mail(
        "giulia@aurora.example",
        "Re: Domanda",
        to="elena@rinaldi.example",
        extra="In-Reply-To: <domanda@rinaldi.example>\r\n",
    )
    message = came(own, answer, folder="Sent")
    assert (message.direction, message.author, message.thread.count, message.thread.waiting_since) == (
        "out",
        cast.giulia,
        2,
        None,
    )


def test_of_several_with_one_address_the_last_one_is_meant(info: Any, elena: Any, came: Any) -> None:
    from fedele.people.contacts.models import Contact

    other = Contact.objects.create(last_name="Rinaldi", email=elena.email, company=elena.company)
    assert came(info, mail(ELENA, "Uno")).contact == other
    Message.objects.update(contact=elena)
    assert came(info, mail(ELENA, "Due")).contact == elena


def test_what_a_mailbox_held_before_stands_at_its_own_time_and_is_no_news(info: Any, elena: Any) -> None:
    old = dt.datetime(2024, 3, 12, 9, 0, tzinfo=dt.UTC)
    message = take(info, mail(ELENA, "Vecchia"), Place("INBOX", 1, 1, old)).message
    assert message is not None
    assert [
        (entry.kind, entry.at) for entry in Entry.objects.about("contact", elena.pk) if "subject" in entry.data
    ] == [("contact.mail_received", old)]
    assert (message.thread.waiting_since, Notice.objects.count()) == (old, 0)


def test_a_photo_that_came_by_mail_stays_as_it_came(info: Any, came: Any, elena: Any) -> None:
    """What somebody sent is evidence of what they sent: nothing is taken out of it, not even the place of a photo."""
    photo, letter = jpeg(place=True), EmailMessage()
    letter["From"], letter["To"], letter["Subject"], letter["Message-ID"] = (
        ELENA,
        info.address,
        "Guasto",
        "<g@rinaldi.example>",
    )
    letter.set_content("In allegato la foto")
    letter.add_attachment(photo, maintype="image", subtype="jpeg", filename="guasto.jpg")
    (attached,) = came(info, letter.as_bytes()).attachments.all()
    assert attached.file.file.read() == photo
