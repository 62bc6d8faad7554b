"""How fast mail is filed: 1,000 mails of customers and strangers from a real IMAP server, and the fetcher killed on the way."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time

from fedele.inbox.fetching.tests.server import PASSWORD, USER, Server, imap_server
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message
from fedele.people.contacts.models import Contact

MAILS, KILLED_AFTER = 1000, 300


def measure() -> dict[str, object]:
    """Figures by name; raises when a mail is lost or doubled."""
    with imap_server() as server:
        box = Mailbox(
            name="Bench", address="bench@officineaurora.example", imap_host="127.0.0.1", imap_port=server.port
        )
        box.imap_user, box.imap_security, box.since = USER, "plain", dt.date(2020, 1, 1)
        box.imap_password = PASSWORD
        box.save()
        _deliver(server)
        before, began = Message.objects.count(), time.monotonic()
        first = _reader()
        while Message.objects.count() < before + KILLED_AFTER and time.monotonic() - began < 120:
            time.sleep(0.1)
        first.kill()
        first.wait()
        if _reader().wait(600):
            raise AssertionError("the second reader failed")
        seconds = time.monotonic() - began
        found = Message.objects.filter(mailbox=box).values("message_id").distinct().count()
        if (Message.objects.count() - before, found) != (MAILS, MAILS):
            raise AssertionError("a mail was lost or doubled")
    return {"1,000 mails filed, fetcher killed once (s)": round(seconds, 1)}


def _deliver(server: Server) -> None:
    known = list(Contact.objects.exclude(email="").values_list("email", flat=True).distinct()[: MAILS // 2])
    for number in range(MAILS):
        sender = known[number // 2 % len(known)] if number % 2 and known else f"someone{number}@elsewhere.example"
        head = f"From: {sender}\r\nTo: bench@officineaurora.example\r\nSubject: Mail {number}\r\n"
        head += f"Message-ID: <{number}@bench.example>\r\nDate: Tue, 12 Mar 2024 10:00:00 +0100\r\n"
        server.deliver(f"{head}\r\nBuongiorno,\r\nrichiesta numero {number}.\r\n".encode())


def _reader() -> subprocess.Popen:
    code = (
        "import django; django.setup()\nfrom fedele.inbox.fetching.reading import read_mailbox\n"
        "from fedele.inbox.mailboxes.models import Mailbox\nread_mailbox(Mailbox.objects.get(name='Bench'))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "DJANGO_SETTINGS_MODULE": "fedele.config.settings"}
    )
