"""Mail one had better not believe, and mail that came back: an invoice with new bank details, an address that is no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email.utils import format_datetime

from django.utils import timezone

from fedele.demo.cast import DOMAIN
from fedele.people.contacts.models import Contact

#: The server that looks at senders for the demo company.
SERVER = f"mx.{DOMAIN}"
LAMIERE = "Lamiere Emiliane S.p.A."
_BANK = (
    "Buongiorno,\n\nvi informiamo che abbiamo cambiato banca. Vi preghiamo di pagare le prossime fatture su questo IBAN:\n"
    "LT60 1010 0123 4567 8901\n\nGrazie\n{name}\n{company}"
)
_LETTER = (
    "Buongiorno,\n\nle mando il programma del corso per gli operatori della piegatrice, due mezze giornate.\n"
    "Le date le concordiamo quando vuole.\n\nCordiali saluti\nGiulia Bassi"
)
_REPORT = (
    "From: Mail Delivery System <MAILER-DAEMON@{server}>\nTo: giulia.bassi@{domain}\n"
    "Subject: Undelivered Mail Returned to Sender\nDate: {date}\n"
    "Message-ID: <rimbalzo-1@{server}>\nReturn-Path: <>\nMIME-Version: 1.0\n"
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"\n\n'
    "--=_b\nContent-Type: text/plain\n\nThis is the mail system at host {server}.\nYour message could not be delivered.\n"
    "--=_b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; {server}\n\n"
    "Final-Recipient: rfc822; {to}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n"
    "--=_b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <corso-1@{domain}>\n--=_b--\n"
)


def doubtful(today: dt.date, sent_folder: str) -> Iterator[tuple[str, str, bytes, dt.datetime]]:
    """(mailbox, folder, mail, when it came)"""
    people = list(Contact.objects.filter(company__name=LAMIERE).exclude(email="").order_by("pk"))
    if not people:
        return
    first, last = people[0], people[-1]
    at = _at(today, 1, "16:47")
    results = f"Authentication-Results: {SERVER}; spf=fail smtp.mailfrom=mailer.example; dkim=none; dmarc=fail\n"
    text = _BANK.format(name=first, company=LAMIERE)
    yield "info", "INBOX", _mail(first, "info", "Nuove coordinate bancarie", text, at, results), at
    if last.pk != first.pk:
        at = _at(today, 4, "11:20")
        yield "giulia", sent_folder, _letter(last, at), at
        at += dt.timedelta(minutes=2)
        told = {"server": SERVER, "domain": DOMAIN, "to": last.email, "date": format_datetime(at)}
        yield "giulia", "INBOX", _REPORT.format(**told).encode(), at


def _mail(sender: Contact, box: str, subject: str, text: str, at: dt.datetime, more: str) -> bytes:
    head = f"From: {sender} <{sender.email}>\nTo: {box}@{DOMAIN}\nSubject: {subject}\nDate: {format_datetime(at)}\n"
    head += f"Message-ID: <banca-1@{sender.email.rpartition('@')[2]}>\nContent-Type: text/plain; charset=utf-8\n"
    return f"{more}{head}\n{text}\n".encode()


def _letter(to: Contact, at: dt.datetime) -> bytes:
    head = f"From: Giulia Bassi <giulia.bassi@{DOMAIN}>\nTo: {to} <{to.email}>\nSubject: Corso per gli operatori\n"
    head += f"Date: {format_datetime(at)}\nMessage-ID: <corso-1@{DOMAIN}>\nContent-Type: text/plain; charset=utf-8\n"
    return f"{head}\n{_LETTER}\n".encode()


def _at(today: dt.date, ago: int, clock: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=ago), dt.time.fromisoformat(clock)))
